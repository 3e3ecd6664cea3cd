import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A manifest whose `¦` marks a place, opened in an editor. */
async function opened(marked: string): Promise<{ uri: vscode.Uri; position: vscode.Position }> {
  const offset = marked.indexOf('¦');
  const document = await vscode.workspace.openTextDocument({
    language: 'yaml',
    content: marked.replace('¦', ''),
  });
  await vscode.window.showTextDocument(document);
  return { uri: document.uri, position: document.positionAt(offset) };
}

/** What is proposed, as soon as the server answers. */
async function proposals(marked: string): Promise<readonly vscode.CompletionItem[]> {
  const { uri, position } = await opened(marked);
  return ours(() =>
    vscode.commands
      .executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        position,
        undefined,
        200,
      )
      .then(({ items }) => items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)),
  );
}

/** Asks until there is an answer: the server may still be starting. The runner's time limit ends what never comes. */
async function ours<T>(ask: () => Thenable<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const found = await ask();
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function nameOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n';

describe('help while writing', () => {
  it('proposes fields with their documentation', async () => {
    const items = await proposals(`${pod}spec:\n  ¦\n`);
    const containers = items.find((item) => nameOf(item) === 'containers');
    assert.ok(containers !== undefined, items.map(nameOf).join());
    assert.ok(containers.insertText instanceof vscode.SnippetString);
    const documentation = containers.documentation;
    assert.ok(documentation instanceof vscode.MarkdownString);
    assert.match(documentation.value, /List of containers/);
  });

  it('keeps the indentation of what it inserts', async () => {
    const items = await proposals(`${pod}spec:\n  volumes:\n    - name: a\n  ¦\n`);
    const item = items.find((one) => nameOf(one) === 'containers');
    assert.ok(item?.insertText instanceof vscode.SnippetString);
    assert.equal(item.keepWhitespace, true);
    assert.match(item.insertText.value, /^containers:\n {4}- name: \$1\n {6}image: \$2$/);
  });

  it('proposes whole objects in an empty file', async () => {
    const labels = (await proposals('¦')).map(nameOf);
    for (const label of ['Deployment', 'Service', 'apiVersion', 'kind'])
      assert.ok(labels.includes(label), label);
  });

  it('proposes names of the workspace', async () => {
    const other = await opened('¦apiVersion: v1\nkind: Secret\nmetadata: { name: from-the-host }\n');
    assert.ok(other.uri.scheme === 'untitled');
    const items = await proposals(`${pod}spec:\n  imagePullSecrets:\n    - name: ¦\n`);
    assert.ok(items.some((item) => nameOf(item) === 'from-the-host'));
  });

  it('explains fields and amounts', async () => {
    const { uri, position } = await opened(
      `${pod}spec:\n  containers:\n    - resources: { limits: { cpu: 50¦0m } }\n`,
    );
    const hovers = await ours(() =>
      vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position),
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
    assert.ok(
      texts.some((text) => text.includes('`500m` = 0.5 CPU')),
      texts.join(),
    );
  });

  it('outlines a file, and finds objects by name', async () => {
    const { uri } = await opened(`¦${pod}spec:\n  containers:\n    - name: main\n      image: web:1\n`);
    const symbols = await ours(() =>
      vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri),
    );
    const found = symbols.find(({ name }) => name === 'Pod/web');
    assert.deepEqual(
      found?.children.map(({ name, detail }) => [name, detail]),
      [['main', 'web:1']],
    );
    const everywhere = await ours(() =>
      vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'Pod/web',
      ),
    );
    assert.ok(everywhere.some(({ name }) => name === 'Pod/web'));
  });
});
