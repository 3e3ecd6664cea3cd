import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
import { until, write } from './editor.ts';

/** Line 7 has a key for the second time, line 8 the wrong kind of value, line 16 what only we know. */
const faulty = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  paused: true
  paused: true
  replicas: many
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: example.com/web:1
          resources: { requests: { cpu: 1 m, memory: 64Mi }, limits: { memory: 64Mi } }
`;

/** What a schema for manifests says of the part that matters here. */
const schema = {
  properties: {
    spec: { properties: { replicas: { type: 'integer', description: 'How many, says the other.' } } },
  },
};

/** The other extension comes from a gallery: its language server is real here, and of itself no more than its name. */
function pretendInstalled(): void {
  const { getExtension } = vscode.extensions;
  const pretended = { id: 'redhat.vscode-yaml', isActive: true } as vscode.Extension<unknown>;
  Object.assign(vscode.extensions, {
    getExtension: (id: string) => (id === pretended.id ? pretended : getExtension(id)),
  });
  after(() => void Object.assign(vscode.extensions, { getExtension }));
}

describe('beside the language server of redhat.vscode-yaml', () => {
  let folder: string;
  let other: LanguageClient;
  let document: vscode.TextDocument;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elastic-companion-'));
    const file = vscode.Uri.file(join(folder, 'kubernetes.json'));
    await writeFile(file.fsPath, JSON.stringify(schema));
    const server = process.env['ELASTIC_TEST_YAML_SERVER'] ?? '';
    const settings = {
      validate: true,
      hover: true,
      completion: true,
      schemas: { [file.toString()]: '*' },
      schemaStore: { enable: false },
    };
    other = new LanguageClient(
      'yaml',
      { command: process.env['ELASTIC_NODE'] ?? 'node', args: [server, '--stdio'] },
      {
        documentSelector: [{ language: 'yaml' }],
        middleware: {
          workspace: {
            configuration: ({ items }) => items.map(({ section }) => (section === 'yaml' ? settings : {})),
          },
        },
      },
    );
    document = await vscode.workspace.openTextDocument({ language: 'yaml', content: faulty });
    await vscode.window.showTextDocument(document);
  });

  after(async () => {
    await other.dispose();
    await rm(folder, { recursive: true });
  });

  it('we tell everything while it is not there', async () => {
    await told(['ours 7', 'ours 8', 'ours 16']);
  });

  it('what it tells as well is told once, and what only we know stays', async () => {
    await other.start();
    await told(['theirs 7', 'theirs 8', 'ours 16']);
  });

  it('fixes are offered all the same', async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      document.lineAt(15).range,
    );
    assert.ok(actions.some(({ kind }) => kind?.contains(vscode.CodeActionKind.QuickFix)));
  });

  /** Of Kubernetes' own words about the field. */
  const ours = /desired pods/;
  const theirs = /How many, says the other/;

  it('fields are told of by both while nobody knows that it has a schema', async () => {
    const text = await hovered(8, 'replicas');
    assert.match(text, ours);
    assert.match(text, theirs);
  });

  it('fields are told of by it alone once it has a schema of Kubernetes, and the rest by us', async () => {
    pretendInstalled();
    await givenTo('*.json');
    assert.match(await hovered(8, 'replicas'), ours);
    await givenTo('**/*');
    const text = await hovered(8, 'replicas');
    assert.doesNotMatch(text, ours);
    assert.match(text, theirs);
    assert.match(text, /Quality of service/);
    assert.match(await hovered(16, '64Mi'), /`64Mi`/);
    const names = await completions('  rep¦');
    assert.equal(names.filter((name) => name === 'replicas').length, 1, names.join());
    assert.ok(
      (await completions('  template:\n    spec:\n      ¦')).includes(
        'containers (with resources and a port)',
      ),
    );
    await givenTo(null);
    assert.match(await hovered(8, 'replicas'), ours);
  });

  it('and told by us again when it goes', async () => {
    await other.stop();
    await told(['ours 7', 'ours 8', 'ours 16']);
  });

  /** Has a person give the schema to files. Past the editor: it takes no setting that no extension brings. */
  async function givenTo(glob: string | null): Promise<void> {
    const address = vscode.Uri.file(join(folder, 'kubernetes.json')).toString();
    const settings = glob === null ? {} : { 'yaml.schemas': { [address]: glob } };
    await write('.vscode/settings.json', JSON.stringify(settings));
    const known = (): unknown =>
      vscode.workspace.getConfiguration('yaml', document).get<object>('schemas', {});
    const expected = settings['yaml.schemas'] ?? {};
    await until(() => (JSON.stringify(known()) === JSON.stringify(expected) ? true : undefined));
  }

  /** What is told of a word on a line, whoever does. */
  async function hovered(line: number, word: string): Promise<string> {
    const position = new vscode.Position(line - 1, document.lineAt(line - 1).text.indexOf(word) + 1);
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return found
      .flatMap(({ contents }) =>
        contents.map((content) => (typeof content === 'string' ? content : content.value)),
      )
      .join('\n');
  }

  /** Names of what is proposed at the `¦` in a Deployment's spec. */
  async function completions(marked: string): Promise<readonly string[]> {
    const text = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n${marked}`;
    const written = await vscode.workspace.openTextDocument({
      language: 'yaml',
      content: text.replace('¦', ''),
    });
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      written.uri,
      written.positionAt(text.indexOf('¦')),
    );
    return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  /** Waits until exactly these are told, each by whom and on which line, in the order of the text. */
  async function told(expected: readonly string[]): Promise<void> {
    const end = Date.now() + 20_000;
    for (;;) {
      const found = vscode.languages
        .getDiagnostics(document.uri)
        .map(({ source, range }) => ({
          who: source === 'elastic' ? 'ours' : 'theirs',
          line: range.start.line + 1,
        }))
        .sort((one, another) => one.line - another.line)
        .map(({ who, line }) => `${who} ${line}`);
      if (found.join() === expected.join()) return;
      if (Date.now() > end) assert.deepEqual(found, expected);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
