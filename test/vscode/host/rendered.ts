import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** A copy of test/fixtures: the person who runs the tests keeps theirs as they are. */
const fixtures = process.env['ELASTIC_TEST_FIXTURES'] ?? '';

function file(path: string): vscode.Uri {
  return vscode.Uri.file(join(fixtures, path));
}

/** `line code` of what was found in rendered output. */
function told(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'elastic rendered')
    .map(
      ({ code, range }) => `${range.start.line + 1} ${typeof code === 'object' ? code.value : String(code)}`,
    )
    .sort();
}

describe('rendered output', () => {
  const worker = file('kustomize/overlays/production/worker-operations.yaml');

  it('is checked by command, and findings stand where they were written', async () => {
    const overlay = file('kustomize/overlays/production/kustomization.yaml');
    await vscode.commands.executeCommand('elastic.lintRendered', overlay);
    assert.deepEqual(told(worker), ['16 request-above-limit', '20 label-invalid', '3 quantity-invalid']);
    const [finding] = vscode.languages
      .getDiagnostics(file('kustomize/base/web.yaml'))
      .filter(({ message }) => message.includes('Memory request 256Mi'));
    assert.match(finding?.message ?? '', /^In the rendered output: /);
    const [related] = finding?.relatedInformation ?? [];
    assert.equal(related?.location.uri.path, file('kustomize/overlays/production/limits.yaml').path);
  });

  it('is told no longer of a file that has changed', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(worker, new vscode.Position(0, 0), '# changed\n');
    await vscode.workspace.openTextDocument(worker);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(told(worker), []);
    assert.ok(told(file('kustomize/base/web.yaml')).length > 0);
  });

  it('takes what was changed and not saved into account, and moves what it says', async () => {
    const overlay = file('kustomize/overlays/production/kustomization.yaml');
    await vscode.commands.executeCommand('elastic.lintRendered', overlay);
    assert.deepEqual(told(worker), ['17 request-above-limit', '21 label-invalid', '4 quantity-invalid']);
  });

  it('of a chart is told of its templates', async () => {
    await vscode.commands.executeCommand('elastic.lintRendered', file('helm/mistakes/Chart.yaml'));
    assert.deepEqual(told(file('helm/mistakes/templates/_pod.tpl')), ['10 field-unknown', '4 field-unknown']);
  });

  it('that cannot be had has its reason shown where the program saw it', async () => {
    const template = file('helm/mistakes/templates/web.yaml');
    const document = await vscode.workspace.openTextDocument(template);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(template, document.positionAt(0), '# {{ fail "out of stock" }}\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    // The sentence is shown as a notification as well, which nobody closes here.
    await vscode.commands.executeCommand('elastic.lintRendered', file('helm/mistakes/Chart.yaml'));
    const [finding] = vscode.languages
      .getDiagnostics(template)
      .filter(({ source }) => source === 'elastic rendered');
    assert.equal(finding?.range.start.line, 0);
    assert.match(finding.message, /^helm cannot render .*out of stock/);
  });
});
