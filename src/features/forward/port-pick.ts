import * as vscode from 'vscode';
import type { PortChoice } from '../../cluster/index.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { parsePorts, type PortPair, portWords } from './words.ts';

export interface ChosenPort extends PortPair {
  /** Name of the port; null where it has none, or where the number was typed. */
  readonly name: string | null;
}

interface PortItem extends vscode.QuickPickItem {
  readonly chosen?: ChosenPort;
}

/** Asks for a port: one of those declared, or any that is typed. null when the person turns away. */
export function pickPort(title: string, ports: readonly PortChoice[]): Promise<ChosenPort | null> {
  const pick = vscode.window.createQuickPick<PortItem>();
  pick.title = title;
  pick.placeholder =
    ports.length === 0
      ? vscode.l10n.t('It declares no port: type one, or local:remote (9000:8080)')
      : vscode.l10n.t('Choose a port, or type one, or local:remote (9000:8080)');
  pick.matchOnDescription = true;
  const listed = ports.map((port): PortItem => ({
    label: String(port.port),
    description: withoutIcons(portWords(port).join(' · ')),
    iconPath: new vscode.ThemeIcon('plug'),
    chosen: { local: null, remote: port.port, name: port.name },
  }));
  const render = (): void => {
    pick.items = [...listed, ...typedItem(pick.value, ports)];
  };
  render();
  return new Promise<ChosenPort | null>((resolve) => {
    pick.onDidChangeValue(render);
    pick.onDidHide(() => resolve(null));
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0]?.chosen;
      if (chosen !== undefined) resolve(chosen);
    });
    pick.show();
  }).finally(() => pick.dispose());
}

/** The row of what was typed, unless it says what a listed row says. */
function typedItem(text: string, ports: readonly PortChoice[]): readonly PortItem[] {
  const typed = parsePorts(text);
  if (typed === null) {
    if (text.trim() === '' || ports.some((port) => portWords(port).join(' ').includes(text.trim())))
      return [];
    const label = vscode.l10n.t('{0} is no port: type a number from 1 to 65535', text);
    return [{ label, iconPath: new vscode.ThemeIcon('warning'), alwaysShow: true }];
  }
  const declared = ports.find(({ port }) => port === typed.remote);
  if (declared !== undefined && typed.local === null) return [];
  const label = typed.local === null ? String(typed.remote) : `${typed.local}:${typed.remote}`;
  return [
    {
      label,
      description: vscode.l10n.t('as typed'),
      iconPath: new vscode.ThemeIcon('edit'),
      alwaysShow: true,
      chosen: { ...typed, name: declared?.name ?? null },
    },
  ];
}
