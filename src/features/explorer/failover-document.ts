import * as vscode from 'vscode';
import { documentSchemes } from '../../contributions.ts';
import { type FailoverStory, formatDuration } from '../../core/index.ts';
import { translated } from '../../platform/translation.ts';

/** Columns after which a sentence goes on in the next line: a scheduler's is long, and documents do not wrap. */
const width = 100;

/** A sentence over as many lines as it takes; all but the first are indented as far as `start` is long. */
function wrapped(start: string, text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && start.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, index) => (index === 0 ? start : ' '.repeat(start.length)) + one);
}

/** The story of a node that was lost as a page to read: what happened when, and what became of each pod. */
function pageOf({ node, headline, outcome, reason, steps, pods }: FailoverStory): string {
  const [first] = steps;
  const since = (at: number): string => `+${formatDuration(at - (first?.at ?? at))}`;
  return [
    translated(headline),
    ...(reason === null ? [] : [reason]),
    '',
    ...outcome.map((line) => `  ${translated(line)}`),
    '',
    ...steps.map(({ at, text }) => `${since(at).padStart(8)}  ${translated(text)}`),
    '',
    vscode.l10n.t('Pods of {0}', node),
    ...pods.flatMap(({ pod, text }) => [
      `  ${pod.namespace} / ${pod.name}`,
      ...wrapped('    → ', translated(text)),
    ]),
    '',
  ].join('\n');
}

/** Shows failovers in read-only documents that are kept up to date while they are open. */
export class FailoverDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #story: (context: string, node: string) => FailoverStory | null;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly #pages = new Map<string, string>();

  readonly onDidChange = this.#changed.event;

  constructor(story: (context: string, node: string) => FailoverStory | null) {
    this.#story = story;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(documentSchemes.failover, this);
  }

  async open(context: string, node: string): Promise<void> {
    const path = `/${vscode.l10n.t('Failover of {0}', node)}`;
    const query = JSON.stringify([context, node]);
    const uri = vscode.Uri.from({ scheme: documentSchemes.failover, path, query });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  /** Stories may have gone on. */
  refresh(): void {
    for (const { uri, isClosed } of vscode.workspace.textDocuments) {
      if (isClosed || uri.scheme !== documentSchemes.failover) continue;
      if (this.#pages.get(uri.toString()) !== this.#page(uri)) this.#changed.fire(uri);
    }
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const page = this.#page(uri);
    this.#pages.set(uri.toString(), page);
    return page;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #page({ query }: vscode.Uri): string {
    const [context = '', node = ''] = JSON.parse(query) as readonly string[];
    const story = this.#story(context, node);
    return story === null
      ? vscode.l10n.t('Nothing is known of a failover of {0} any more: the cluster was disconnected.', node)
      : pageOf(story);
  }
}
