import * as vscode from 'vscode';
import type { Dependents, KubeObject, Propagation, Session } from '../../cluster/index.ts';
import { commands } from '../../contributions.ts';
import type { Activities, Activity } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { CancelledError, isCancellation } from '../../platform/failure.ts';
import { nameOf, type ObjectTarget, placeOf } from '../../platform/objects.ts';
import { confirmByName, confirmProtected } from '../../platform/protection.ts';
import { translated } from '../../platform/translation.ts';
import { HeldWatch } from './held-watch.ts';

const outcomeMs = 10_000;

/** An object as it was when the person was asked. */
interface Candidate {
  readonly target: ObjectTarget;
  readonly seen: KubeObject;
}

interface Candidates {
  readonly all: readonly Candidate[];
  readonly dependents: Dependents;
}

interface Way {
  readonly propagation: Propagation;
  readonly gracePeriodSeconds?: number;
}

/** What the person decided. */
interface Asked {
  readonly way: Way;
  readonly candidates: readonly Candidate[];
}

export interface DeletionOptions {
  readonly activities: Activities;
  readonly table: CommandTable;
  readonly showYaml: (target: ObjectTarget) => unknown;
}

/** Deletes objects: names what goes with them, asks how, and follows them until they are gone. */
export class Deletion {
  readonly #options: DeletionOptions;

  constructor(options: DeletionOptions) {
    this.#options = options;
  }

  async run(session: Session, targets: readonly [ObjectTarget, ...ObjectTarget[]]): Promise<void> {
    const [{ context }] = targets;
    const title = titleOf(targets);
    const read = readCandidates(session, targets);
    const grave = targets.filter(isGrave);
    const way = grave.length > 0 ? await askName(title, grave, read) : await askWay(title, targets, read);
    await confirmProtected(context, title);
    await this.#options.activities.run(title, 'trash', (activity) =>
      this.#delete(session, way.candidates, way.way, activity),
    );
  }

  async #delete(
    session: Session,
    candidates: readonly Candidate[],
    way: Way,
    activity: Activity,
  ): Promise<void> {
    const { deleteObject, untilGone } = await import('../../cluster/index.ts');
    let gone = 0;
    let held: string | null = null;
    const say = (): void => {
      const count = `${gone}/${candidates.length}`;
      activity.update(held === null ? count : `${count} · ${held}`);
    };
    const failures: unknown[] = [];
    const one = async ({ target, seen }: Candidate): Promise<void> => {
      const { uid } = seen.metadata as { uid: string };
      await deleteObject(session, target, { ...way, seen, signal: activity.signal });
      const watch = new HeldWatch(target, this.#options.showYaml);
      try {
        await untilGone(
          session,
          { ...target, uid },
          {
            signal: activity.signal,
            onHeld: (by) => {
              held = by === null ? null : `${target.name}: ${translated(by)}`;
              watch.note(by);
              say();
            },
          },
        );
      } finally {
        watch.dispose();
      }
      gone += 1;
      held = null;
      say();
    };
    say();
    await Promise.all(
      candidates.map((candidate) => one(candidate).catch((error: unknown) => failures.push(error))),
    );
    tellOutcome(candidates, gone, activity.signal.aborted);
    const told = failures.find((error) => !isCancellation(error));
    if (told !== undefined) this.#options.table.report(commands.deleteObjects, told);
  }
}

function tellOutcome(candidates: readonly Candidate[], gone: number, cancelled: boolean): void {
  const [first] = candidates;
  if (first === undefined || gone + Number(cancelled) === 0) return;
  const { target } = first;
  const words = cancelled
    ? vscode.l10n.t('{0} of {1} deleted; the cluster goes on with the rest', gone, candidates.length)
    : candidates.length === 1
      ? vscode.l10n.t('{0} deleted from {1}', nameOf(target), placeOf(target))
      : vscode.l10n.t('{0} of {1} deleted from {2}', gone, candidates.length, placeOf(target));
  vscode.window.setStatusBarMessage(`$(${cancelled ? 'info' : 'check'}) ${words}`, outcomeMs);
}

/** `Delete Deployment web (dev / shop)`, `Delete 3 Pods (dev / shop)`, `Delete 3 objects (dev)`. */
function titleOf(targets: readonly [ObjectTarget, ...ObjectTarget[]]): string {
  const [first, ...others] = targets;
  const sameNamespace = others.every(({ namespace }) => namespace === first.namespace);
  const place = sameNamespace ? placeOf(first) : first.context;
  if (others.length === 0) return vscode.l10n.t('Delete {0} ({1})', nameOf(first), place);
  return others.every(({ kind }) => kind === first.kind)
    ? vscode.l10n.t('Delete {0} objects of kind {1} ({2})', targets.length, first.kind, place)
    : vscode.l10n.t('Delete {0} objects ({1})', targets.length, place);
}

async function readCandidates(session: Session, targets: readonly ObjectTarget[]): Promise<Candidates> {
  const { dependentsOf, readObject } = await import('../../cluster/index.ts');
  const all = await inTurns(targets, async (target) => ({ target, seen: await readObject(session, target) }));
  return {
    all,
    dependents: await dependentsOf(
      session,
      all.map(({ seen }) => seen),
    ),
  };
}

/** Requests at a time. */
const concurrency = 12;

/** Does work for each item, some at a time; the answers stand in the order of the items. Rejects with the first failure. */
async function inTurns<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = [...items.entries()];
  const turn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      answers[next[0]] = await work(next[1]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, turn));
  return answers;
}

/** Kinds that take more with them than anybody sees on the page; `null` where what is counted says it all. */
const graveKinds: ReadonlyMap<string, (() => string) | null> = new Map([
  ['Namespace', null],
  ['CustomResourceDefinition', null],
  ['Node', () => vscode.l10n.t('The pods of the node are removed too, without waiting for them.')],
  ['PersistentVolume', () => vscode.l10n.t('Its data may be lost; while a claim holds it, it stays.')],
]);

function isGrave({ kind, namespace }: ObjectTarget): boolean {
  return namespace === null && graveKinds.has(kind);
}

/** Says what goes along, a kind on a line, and wants the name typed: in any context. */
async function askName(
  title: string,
  grave: readonly ObjectTarget[],
  read: Promise<Candidates>,
): Promise<Asked> {
  const progress = { location: vscode.ProgressLocation.Window, title };
  const { all, dependents } = await vscode.window.withProgress(progress, () => read);
  const go = vscode.l10n.t('Delete…');
  const detail = lossesOf(grave, dependents).join('\n');
  const choice = await vscode.window.showWarningMessage(`${title}?`, { modal: true, detail }, go);
  if (choice !== go) throw new CancelledError();
  const wanted = grave.map(({ name }) => name).join(', ');
  const prompt = vscode.l10n.t('This cannot be undone. Type {0} to delete.', wanted);
  await confirmByName(title, prompt, wanted);
  return { way: { propagation: 'Background' }, candidates: all };
}

/** One line for each kind that goes along, then what no count tells. */
function lossesOf(grave: readonly ObjectTarget[], dependents: Dependents): readonly string[] {
  const words = dependentsWords(dependents);
  const warnings = [...new Set(grave.map(({ kind }) => kind))].flatMap(
    (kind) => graveKinds.get(kind)?.() ?? [],
  );
  const counted =
    words.length === 0 ? [] : [vscode.l10n.t('With it go:'), ...words.map((word) => `• ${word}`)];
  const lines = [...counted, ...warnings];
  return lines.length === 0 ? [vscode.l10n.t('Nothing else goes with it.')] : lines;
}

type Item = vscode.QuickPickItem & { readonly way: Way };

/** Asks how to delete, saying what it means. The pick is there at once; it waits for the facts. */
async function askWay(
  title: string,
  targets: readonly ObjectTarget[],
  read: Promise<Candidates>,
): Promise<Asked> {
  const names = targets.map(({ name }) => name).join(', ');
  const chosen = await vscode.window.showQuickPick<Item>(
    read.then((candidates) => waysOf(candidates)),
    { title, placeHolder: vscode.l10n.t('Delete {0}? Escape keeps it.', names) },
  );
  if (chosen === undefined) throw new CancelledError();
  return { way: chosen.way, candidates: (await read).all };
}

function waysOf({ all: candidates, dependents: counted }: Candidates): Item[] {
  const dependents = dependentsWords(counted).join(', ');
  const owns = dependents !== '';
  const items: Item[] = [
    {
      label: vscode.l10n.t('Delete'),
      iconPath: new vscode.ThemeIcon('trash'),
      detail: owns
        ? vscode.l10n.t('With it go {0}.', dependents)
        : vscode.l10n.t('Nothing else goes with it.'),
      way: { propagation: 'Background' },
    },
  ];
  const kinds = new Set(candidates.map(({ target }) => target.kind));
  if (owns) {
    items.push(
      {
        label: vscode.l10n.t('Delete what it owns first'),
        iconPath: new vscode.ThemeIcon('list-tree'),
        detail: vscode.l10n.t('It stays until {0} are gone.', dependents),
        way: { propagation: 'Foreground' },
      },
      {
        label: vscode.l10n.t('Delete it alone'),
        iconPath: new vscode.ThemeIcon('debug-disconnect'),
        detail: vscode.l10n.t('{0} stay and belong to nobody.', dependents),
        way: { propagation: 'Orphan' },
      },
    );
  }
  if ([...kinds].every((kind) => kind === 'Pod')) {
    items.push({
      label: vscode.l10n.t('Delete at once'),
      iconPath: new vscode.ThemeIcon('zap'),
      detail: vscode.l10n.t('Does not wait for its containers to end; on a lost node they may still run.'),
      way: { propagation: 'Background', gracePeriodSeconds: 0 },
    });
  }
  return items;
}

/** `1 ReplicaSet`, `3 Pods`; none when nothing is known to go along. */
function dependentsWords({ counts, complete }: Dependents): readonly string[] {
  const words = counts.map(({ kind, count }) => vscode.l10n.t('{0} × {1}', count, kind));
  return complete ? words : [...words, vscode.l10n.t('what you may not list')];
}
