import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomes, codeOf, fileAt, openWritten, replace, told, until, write } from './editor.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: example.com/web:1
      resources: { requests: { cpu: 100m, memory: 64Mi } }
`;

/** Version 1.32 does not serve it any more. */
const flow = `apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: { name: all }
spec:
  priorityLevelConfiguration: { name: exempt }
`;

/** Told of the pod by the preset strict alone, among others. */
const strict = '6 pod-security-restricted';

describe('settings', () => {
  let web: vscode.TextDocument;

  before(async () => {
    web = await openWritten('settings/web.yaml', pod);
    await becomes(web.uri, ['8 memory-limit-missing']);
  });

  after(async () => {
    await vscode.workspace.fs.delete(fileAt('settings'), { recursive: true });
  });

  afterEach(async () => {
    for (const key of ['preset', 'rules', 'kubernetesVersion']) await set(key, undefined);
  });

  it('choose another preset without a reload', async () => {
    await set('preset', 'server-only');
    await becomes(web.uri, []);
    await set('preset', 'strict');
    await until(() => (told(web.uri).includes(strict) ? true : undefined));
    await set('preset', undefined);
    await becomes(web.uri, ['8 memory-limit-missing']);
  });

  it('change how much a rule matters', async () => {
    await set('rules', { 'memory-limit-missing': 'error' });
    await until(() => (severityOf(web) === vscode.DiagnosticSeverity.Error ? true : undefined));
    await set('rules', { 'memory-limit-missing': 'off' });
    await becomes(web.uri, []);
  });

  it('choose another version of Kubernetes', async () => {
    const { uri } = await openWritten('settings/flow.yaml', flow);
    await becomes(uri, ['1 api-version-removed']);
    await set('kubernetesVersion', '1.31');
    await becomes(uri, ['1 api-version-deprecated']);
    await set('kubernetesVersion', undefined);
    await becomes(uri, ['1 api-version-removed']);
  });

  it('of the workspace file count as soon as it is there, and until it goes', async () => {
    const agreed = await write('settings/.elastic.yaml', 'preset: strict\n');
    await until(() => (told(web.uri).includes(strict) ? true : undefined));
    await set('preset', 'server-only');
    await becomes(web.uri, []);
    await set('preset', undefined);
    await until(() => (told(web.uri).includes(strict) ? true : undefined));
    await vscode.workspace.fs.delete(agreed);
    await becomes(web.uri, ['8 memory-limit-missing']);
  });

  it('of the workspace file count while it is written', async () => {
    const agreed = await openWritten('settings/.elastic.yaml', 'rules: { memory-limit-missing: off }\n');
    await becomes(web.uri, []);
    await replace(agreed, 'off', 'info');
    await becomes(web.uri, ['8 memory-limit-missing']);
    assert.equal(severityOf(web), vscode.DiagnosticSeverity.Information);
    await agreed.save();
  });

  it('that make no sense are told where they are written, and count for nothing', async () => {
    const agreed = await openWritten(
      'settings/.elastic.yaml',
      'preset: harsh\nrules: { no-such-rule: off }\n',
    );
    await until(() => (told(agreed.uri).length === 2 ? true : undefined));
    await becomes(web.uri, ['8 memory-limit-missing']);
    const own = { preset: 'harsh', kubernetesVersion: '1.99', rules: { 'memory-limit-missing': 'loud' } };
    const text = JSON.stringify(
      Object.fromEntries(Object.entries(own).map(([key, value]) => [`elastic.checks.${key}`, value])),
      null,
      2,
    );
    const { uri } = await openWritten('.vscode/settings.json', text);
    const lines = await until(() => {
      const found = vscode.languages.getDiagnostics(uri).map(({ range }) => range.start.line);
      return found.length === 3 ? found : undefined;
    });
    assert.deepEqual(lines.sort(), [1, 2, 4]);
    assert.deepEqual(told(web.uri), ['8 memory-limit-missing']);
    // What an editor holds is in the way of whoever changes settings after this.
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

function severityOf({ uri }: vscode.TextDocument): vscode.DiagnosticSeverity | undefined {
  const found = vscode.languages.getDiagnostics(uri);
  return found.find((one) => codeOf(one) === 'memory-limit-missing')?.severity;
}

async function set(key: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration('elastic.checks');
  await settings.update(key, value, vscode.ConfigurationTarget.Workspace);
}
