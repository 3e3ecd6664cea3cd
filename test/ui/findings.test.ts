import assert from 'node:assert/strict';
import { uiSuite } from './suite.ts';

const cart = 'k8s/cart.yaml';

/** Everything that is wrong in the sample's cart.yaml, where a person sees it. */
const mistakes = [
  { severity: 'error', line: 12, text: 'replicas' },
  { severity: 'warning', line: 23, text: '128m' },
  { severity: 'error', line: 25, text: '500Mb' },
  { severity: 'error', line: 30, text: '500m' },
  { severity: 'warning', line: 35, text: 'metrics' },
] as const;

uiSuite('Findings', { workspace: 'examples/shop' }, (ui) => {
  ui.test('opening a manifest underlines exactly what is wrong', async (vscode) => {
    await vscode.openFile(cart);
    await vscode.editor.underlines(mistakes);
    await vscode.openFile('k8s/web.yaml');
    await vscode.editor.underlines([]);
  });

  ui.test('the Problems panel lists them, with code and place', async (vscode) => {
    await vscode.openFile(cart);
    await vscode.panel.problem('500Mb is not a quantity');
    const problems = await vscode.panel.problems();
    assert.equal(problems.length, mistakes.length);
    const invalid = problems.find((row) => row.includes('500Mb')) ?? '';
    assert.match(invalid, /did you mean 500Mi\?.*quantity-invalid.*Ln 25, Col 23/);
    await vscode.screenshot('problems');
    await vscode.panel.close();
  });

  ui.test('a hover explains the finding and links to its page', async (vscode) => {
    await vscode.openFile(cart);
    await vscode.editor.goTo(25);
    await vscode.editor.hover('500Mb', 'did you mean 500Mi?');
    await vscode.screenshot('hover');
    await vscode.editor.followHover('500Mb', 'is not a quantity', 'quantity-invalid');
    const page = await vscode.webview('h1');
    assert.equal(await page.locator('h1').innerText(), 'Not a quantity');
  });

  ui.test('a quick fix mends the line and its underline goes', async (vscode) => {
    await vscode.openFile(cart);
    await vscode.editor.goTo(25);
    const offered = await vscode.editor.quickFixes('500Mb');
    assert.deepEqual(offered.slice(0, 2), ['Change to 500Mi', 'Change to 500M']);
    await vscode.screenshot('diagnostics');
    await vscode.page.keyboard.press('Escape');
    await vscode.editor.quickFix('500Mb', 'Change to 500Mi');
    await vscode.editor.underlines(mistakes.filter(({ text }) => text !== '500Mb'));
    await vscode.editor.save();
    assert.match(await vscode.read(cart), /limits:\n {14}memory: 500Mi\n/);
  });

  ui.test('findings follow the typing', async (vscode) => {
    await vscode.write('k8s/new.yaml', '');
    await vscode.openFile('k8s/new.yaml');
    await vscode.editor.replaceAll(pod('1 Gi'));
    await vscode.editor.underlines([{ severity: 'error', line: 10, text: '1 Gi' }]);
    await vscode.editor.replaceAll(pod('1Gi'));
    await vscode.editor.underlines([]);
    await vscode.editor.save();
  });
});

const restricted = {
  workspace: 'examples/shop',
  trusted: false,
  expectedErrors: [/trusted workspaces only/],
};

uiSuite('Restricted Mode', restricted, (ui) => {
  ui.test('manifests are checked, and what would run from the folder is not offered', async (vscode) => {
    await vscode.statusBar('Restricted Mode');
    await vscode.openFile(cart);
    await vscode.editor.underlines(mistakes);
    await vscode.editor.openContextMenu('apiVersion');
    const items = await vscode.menu.items();
    assert.ok(items.includes('Cut'), items.join());
    assert.ok(!items.some((item) => /Deploy/.test(item)), items.join());
    await vscode.menu.dismiss();
    await vscode.screenshot('restricted-mode');
  });

  for (const lens of ['Deploy', 'Build & push']) {
    ui.test(`the lens ${lens} says what to do instead`, async (vscode) => {
      await vscode.openFile(cart);
      await vscode.editor.pressLens(lens);
      await vscode.notifications.shown(/trusted workspaces only. Trust this one, then try again/);
      await vscode.notifications.clear();
    });
  }
});

function pod(memory: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: one
spec:
  containers:
    - name: one
      image: nginx:1.29
      resources:
        requests: { cpu: 100m, memory: ${memory} }
        limits: { memory: 2Gi }
`;
}
