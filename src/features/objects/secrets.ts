import * as vscode from 'vscode';
import type { KubeObject, Session } from '../../cluster/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { nameOf, type ObjectTarget, placeOf } from '../../platform/objects.ts';

/** A value that was shown is hidden again after so long, and leaves the clipboard. */
const shownMs = 30_000;
const clipboardMs = 60_000;

interface Item extends vscode.QuickPickItem {
  readonly key: string;
}

/** Values of a Secret, masked until a key is chosen and again after a while. Nothing of them is logged or kept. */
export async function revealSecret(session: Session, target: ObjectTarget): Promise<void> {
  const { readObject } = await import('../../cluster/index.ts');
  const secret = await readObject(session, target);
  const owned = new Disposables();
  const pick = owned.own(vscode.window.createQuickPick<Item>());
  const copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('copy'),
    tooltip: vscode.l10n.t('Copy the value; the clipboard forgets it after a minute'),
  };
  let shown = target.key ?? null;
  let timer: NodeJS.Timeout | undefined;
  const render = (): void => {
    clearTimeout(timer);
    const active = shown ?? pick.activeItems[0]?.key ?? target.key;
    pick.items = Object.entries(dataOf(secret)).map(([key, value]) =>
      itemOf(key, value, key === shown, copy),
    );
    const kept = pick.items.filter(({ key }) => key === active);
    if (kept.length > 0) pick.activeItems = kept;
    if (shown === null) return;
    timer = setTimeout(() => {
      shown = null;
      render();
    }, shownMs);
  };
  pick.title = vscode.l10n.t('Values of {0} ({1})', nameOf(target), placeOf(target));
  pick.placeholder = vscode.l10n.t('Choose a key to show its value for half a minute');
  pick.keepScrollPosition = true;
  await new Promise<void>((resolve) => {
    owned.own(pick.onDidHide(() => resolve()));
    owned.own(
      pick.onDidAccept(() => {
        const key = pick.activeItems[0]?.key ?? null;
        shown = key === shown ? null : key;
        render();
      }),
    );
    owned.own(
      pick.onDidTriggerItemButton(({ item }) => {
        void copyForAWhile(decoded(dataOf(secret)[item.key] ?? ''));
        pick.hide();
      }),
    );
    render();
    pick.show();
  }).finally(() => {
    clearTimeout(timer);
    owned.dispose();
  });
}

function itemOf(key: string, value: string, shown: boolean, copy: vscode.QuickInputButton): Item {
  const bytes = Buffer.from(value, 'base64');
  return {
    key,
    label: key,
    description: vscode.l10n.t('{0} bytes', bytes.length),
    detail: shown ? withoutIcons(readable(bytes)) : '••••••••',
    alwaysShow: true,
    iconPath: new vscode.ThemeIcon(shown ? 'eye' : 'key'),
    buttons: [copy],
  };
}

/** One line, as a quick pick shows it; what is no text is told so. */
function readable(bytes: Buffer): string {
  const text = bytes.toString();
  if (text.includes('\uFFFD')) return vscode.l10n.t('binary: copy it as base64');
  const line = text.replace(/\r?\n/g, ' ⏎ ');
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

/** What is no text stays base64. */
function decoded(value: string): string {
  const text = Buffer.from(value, 'base64').toString();
  return text.includes('\uFFFD') ? value : text;
}

function dataOf(secret: KubeObject): Readonly<Record<string, string>> {
  return (secret.data ?? {}) as Readonly<Record<string, string>>;
}

async function copyForAWhile(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: the clipboard forgets it after a minute'), 10_000);
  setTimeout(() => {
    void vscode.env.clipboard
      .readText()
      .then((now) => (now === text ? vscode.env.clipboard.writeText('') : undefined));
  }, clipboardMs);
}
