import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { rules } from '../../../src/core/rules/index.ts';

/** A manifest for each of some rules, of every kind, in which nothing else is wrong; `«»` marks what is underlined. */
const samples: Readonly<Record<string, string>> = {
  'yaml-syntax': pod(`nodeName: «"one»`),
  'duplicate-key': pod('nodeName: one\n  «nodeName»: two'),
  'kind-unknown': 'apiVersion: v1\nkind: «configmap»\nmetadata: { name: web }\n',
  'field-misplaced': pod('    «volumes»: [{ name: data, emptyDir: {} }]'),
  'quantity-invalid': pod('volumes: [{ name: data, emptyDir: { sizeLimit: «500Mb» } }]'),
  'quantity-unusual': pod('volumes: [{ name: data, emptyDir: { sizeLimit: «Mi» } }]'),
  'request-above-limit': pod('resources: { requests: { cpu: «2» }, limits: { cpu: 1 } }'),
  'requests-missing': pod('').replace(/name: one\n.*\n.*/, 'name: «one»\n      image: one:1'),
  'memory-millibytes': pod('volumes: [{ name: data, emptyDir: { sizeLimit: «128m» } }]'),
};

describe('rules in the editor', () => {
  it('are rules there are', () => {
    for (const code of Object.keys(samples))
      assert.ok(
        rules.some((rule) => rule.code === code),
        code,
      );
  });

  for (const [code, sample] of Object.entries(samples)) {
    it(`${code}: one diagnostic, at the right place`, async () => {
      const [before = '', marked = ''] = sample.split(/[«»]/);
      const document = await vscode.workspace.openTextDocument({
        language: 'yaml',
        content: sample.replace(/[«»]/g, ''),
      });
      const [diagnostic, ...more] = await findings(document);
      assert.ok(diagnostic);
      assert.equal(more.length, 0, more.map(({ message }) => message).join('; '));
      assert.equal(codeOf(diagnostic), code);
      assert.equal(diagnostic.source, 'elastic');
      assert.equal(document.offsetAt(diagnostic.range.start), before.length);
      assert.equal(document.getText(diagnostic.range), marked);
    });
  }

  it('a quick fix mends the text and the finding goes', async () => {
    const content = (samples['memory-millibytes'] ?? '').replace(/[«»]/g, '');
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    const [diagnostic] = await findings(document);
    assert.ok(diagnostic);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ isPreferred }) => isPreferred === true);
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /sizeLimit: 128Mi/);
    await settled(document, 0);
  });
});

/** A Pod with nothing wrong in it, and a line more in its spec. */
function pod(line: string): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: one }
spec:
  containers:
    - name: one
      image: one:1
      resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 64Mi } }
  ${line}
`;
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

async function findings(document: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
  await settled(document, 1);
  return vscode.languages.getDiagnostics(document.uri);
}

/** Waits until the document has so many findings; the runner's time limit ends what never comes. */
async function settled({ uri }: vscode.TextDocument, count: number): Promise<void> {
  while (vscode.languages.getDiagnostics(uri).length !== count) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
