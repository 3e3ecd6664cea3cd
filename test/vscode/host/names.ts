import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { endOf, fileAt, openWritten, until, write } from './editor.ts';

const config = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: names
data:
  LEVEL: info
`;

const workload = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: counter
  namespace: names
spec:
  selector: { matchLabels: { app: counter } }
  template:
    metadata:
      labels: { app: counter }
    spec:
      containers:
        - name: main
          image: counter:1
          env:
            - name: LEVEL
              valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } }
      volumes:
        - name: files
          configMap: { name: "settings" }
`;

const around = `apiVersion: v1
kind: Service
metadata: { name: counter, namespace: names }
spec:
  selector: { app: counter }
  ports: [{ port: 80 }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: counter-scaler, namespace: names }
spec:
  maxReplicas: 3
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: counter }
`;

const kustomization = `resources:
  - config.yaml
  - workload.yaml
`;

describe('names over several files', () => {
  let configMap: vscode.TextDocument;
  let deployment: vscode.TextDocument;
  let others: vscode.TextDocument;

  before(async () => {
    await write('names/kustomization.yaml', kustomization);
    await write('names/unopened.yaml', workload.replaceAll('counter', 'worker'));
    configMap = await openWritten('names/config.yaml', config);
    deployment = await openWritten('names/workload.yaml', workload);
    others = await openWritten('names/around.yaml', around);
  });

  after(() => vscode.workspace.fs.delete(fileAt('names'), { recursive: true }));

  it('a key of a ConfigMap leads to where it is written', async () => {
    assert.deepEqual(await definitions(deployment, 'key: LEVEL'), ['config.yaml:7 LEVEL']);
  });

  it('a Service leads to its workload', async () => {
    assert.deepEqual(await definitions(others, '{ app'), ['workload.yaml:4 counter']);
  });

  it('an autoscaler leads to its target', async () => {
    assert.deepEqual(await definitions(others, 'Deployment, name: counter'), ['workload.yaml:4 counter']);
  });

  it('a ConfigMap is known by all that refers to it', async () => {
    const ask = (): Thenable<vscode.Location[]> =>
      vscode.commands.executeCommand(
        'vscode.executeReferenceProvider',
        configMap.uri,
        endOf(configMap, 'name: settings'),
      );
    // Files that have just been written are heard of a moment later.
    const found = await until(async () => {
      const locations = await ask();
      return locations.some(({ uri }) => nameOf(uri) === 'unopened.yaml') ? locations : undefined;
    });
    assert.deepEqual(await placesOf(found), [
      'config.yaml:4 settings',
      'unopened.yaml:17 settings',
      'unopened.yaml:20 "settings"',
      'workload.yaml:17 settings',
      'workload.yaml:20 "settings"',
    ]);
  });

  it('a kustomization links to its files', async () => {
    const { document } = await vscode.window.showTextDocument(fileAt('names/kustomization.yaml'));
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.deepEqual(
      links.map(({ range, target }) => [document.getText(range), target?.path]),
      [
        ['config.yaml', configMap.uri.path],
        ['workload.yaml', deployment.uri.path],
      ],
    );
  });

  it('a file is outlined, and its objects are found by name', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      others.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['Service/counter', 'HorizontalPodAutoscaler/counter-scaler'],
    );
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'counter-scaler',
    );
    assert.deepEqual(
      found.map(({ name, location }) => [name, location.uri.path, location.range.start.line]),
      [['HorizontalPodAutoscaler/counter-scaler', others.uri.path, 9]],
    );
  });

  it('what is no name says so', async () => {
    await assert.rejects(rename(configMap, 'kind', 'options'), /no name here/);
  });

  it('a ConfigMap gets another name in all files at once, also where it is in no editor', async () => {
    await assert.rejects(rename(configMap, 'name: settings', 'Not A Name'), /Not A Name/);
    const edit = await rename(deployment, 'name: settings', 'options');
    assert.deepEqual(
      edit
        .entries()
        .map(([uri, edits]) => `${nameOf(uri)} ${edits.length}`)
        .sort(),
      ['config.yaml 1', 'unopened.yaml 2', 'workload.yaml 2'],
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(configMap.getText(), config.replace('settings', 'options'));
    assert.equal(deployment.getText(), workload.replaceAll('settings', 'options'));
    const unopened = await vscode.workspace.openTextDocument(fileAt('names/unopened.yaml'));
    assert.match(unopened.getText(), /configMap: \{ name: "options" \}/);
    assert.ok(await vscode.workspace.saveAll());
  });
});

function rename(document: vscode.TextDocument, at: string, name: string): Promise<vscode.WorkspaceEdit> {
  return Promise.resolve(
    vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      endOf(document, at),
      name,
    ),
  );
}

async function definitions(document: vscode.TextDocument, at: string): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    endOf(document, at),
  );
  return placesOf(
    found.map((one) =>
      'targetUri' in one
        ? new vscode.Location(one.targetUri, one.targetSelectionRange ?? one.targetRange)
        : one,
    ),
  );
}

/** `file:line text` of each, sorted. */
async function placesOf(locations: readonly vscode.Location[]): Promise<readonly string[]> {
  const places = await Promise.all(
    locations.map(async ({ uri, range }) => {
      const document = await vscode.workspace.openTextDocument(uri);
      return `${nameOf(uri)}:${range.start.line + 1} ${document.getText(range)}`;
    }),
  );
  return places.sort();
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
