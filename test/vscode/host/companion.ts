import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

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
const schema = { properties: { spec: { properties: { replicas: { type: 'integer' } } } } };

describe('beside the language server of redhat.vscode-yaml', () => {
  let folder: string;
  let other: LanguageClient;
  let document: vscode.TextDocument;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elastic-companion-'));
    const file = vscode.Uri.file(join(folder, 'schema.json'));
    await writeFile(file.fsPath, JSON.stringify(schema));
    const server = process.env['ELASTIC_TEST_YAML_SERVER'] ?? '';
    const settings = { validate: true, schemas: { [file.toString()]: '*' }, schemaStore: { enable: false } };
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

  it('and told by us again when it goes', async () => {
    await other.stop();
    await told(['ours 7', 'ours 8', 'ours 16']);
  });

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
