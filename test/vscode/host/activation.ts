import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { note } from './notes.ts';

interface Contributions {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  const extension = vscode.extensions.getExtension('elastic-containers.elastic-containers');
  const loaded = (bundle: string): boolean =>
    Object.keys(require.cache).some((file) => file.endsWith(`/dist/${bundle}.cjs`));

  it('waits for a manifest or a Dockerfile', () => {
    assert.ok(extension);
    assert.equal(extension.isActive, false);
    assert.ok(!loaded('extension'));
  });

  it('loads the front door, not the client and not the code that speaks to clusters', async () => {
    assert.ok(extension);
    const started = performance.now();
    const activated = extension.activate();
    await activated;
    note(
      `active after ${(performance.now() - started).toFixed(0)} ms, beside all else that starts (see npm run bench)`,
    );
    assert.ok(extension.isActive);
    assert.ok(loaded('extension'));
    assert.ok(!loaded('cluster'));
  });

  it('reaches for no cluster when a manifest is opened', async () => {
    const manifest = await openManifest();
    while (vscode.languages.getDiagnostics(manifest.uri).length === 0) await pause(20);
    assert.ok(loaded('client'));
    assert.ok(!loaded('cluster'));
  });

  it('asks for nothing where a menu lost the row it was opened on', async () => {
    await vscode.commands.executeCommand('elastic.filterTree', undefined, undefined);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('answers every command it contributes, whether or not there is anything to do', async () => {
    assert.ok(extension);
    const { contributes } = extension.packageJSON as Contributions;
    const known = new Set(await vscode.commands.getCommands(true));
    for (const { command } of contributes.commands) {
      assert.ok(known.has(command), `${command} is not registered`);
      await answered(command);
    }
  }).timeout(120_000);
});

/** Runs a command and turns away from whatever it asks; it must come to an end and must not fail. */
async function answered(command: string): Promise<void> {
  let settled = false;
  const run = Promise.resolve(vscode.commands.executeCommand(command)).finally(() => {
    settled = true;
  });
  for (let attempt = 0; attempt < 50 && !settled; attempt++) {
    await Promise.race([run, pause(200)]);
    if (!settled) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }
  assert.ok(settled, `${command} did not come to an end`);
  await run;
}

async function openManifest(): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, 'k8s/cart.yaml');
  await vscode.window.showTextDocument(uri);
  return vscode.workspace.openTextDocument(uri);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
