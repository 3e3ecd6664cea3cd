/** What the language server shows while one reads and writes manifests, on pictures in every theme. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Workbench } from './driver.ts';
import { uiSuite } from './suite.ts';

const checkout = 'k8s/checkout.yaml';
const till = 'k8s/till.yaml';

/** A workload of two containers, one of them without a version, and a job with a wrong amount. */
const manifest = `apiVersion: v1
kind: ConfigMap
metadata:
  name: checkout
data:
  currency: EUR
  timeout: 30s
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
spec:
  replicas: 3
  selector:
    matchLabels: { app: checkout }
  template:
    metadata:
      labels: { app: checkout }
    spec:
      terminationGracePeriodSeconds: 5400
      containers:
        - name: checkout
          image: registry.example.com/shop/checkout:2.4.1
          imagePullPolicy: IfNotPresent
          env:
            - name: CURRENCY
              valueFrom:
                configMapKeyRef: { name: checkout, key: currency }
          ports:
            - name: http
              containerPort: 8080
          resources:
            requests: { cpu: 250m, memory: 1Gi }
            limits: { memory: 1536Mi }
        - name: cache
          image: redis
          resources:
            requests: { cpu: 800m, memory: 512Mi }
            limits: { cpu: 1, memory: 512Mi }
---
apiVersion: v1
kind: Service
metadata:
  name: checkout
spec:
  selector: { app: checkout }
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: settle
spec:
  schedule: '30 2 * * 1-5'
  timeZone: Europe/Berlin
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: settle
              image: registry.example.com/shop/settle:1.0.0
              envFrom:
                - configMapRef: { name: checkout }
              resources:
                requests: { cpu: 100m, memory: 500Mb }
                limits: { memory: 1Gi }
`;

/** Where the mouse rests, and what a person reads there. */
const hovers: readonly (readonly [name: string, line: number, word: string, expected: RegExp])[] = [
  ['field', 25, 'imagePullPolicy', /imagePullPolicy · string · Reference.*Guide.*One of/s],
  ['value', 25, 'IfNotPresent', /IfNotPresent means that kubelet pulls if the image isn't present/],
  [
    'pod',
    14,
    'replicas',
    /requests\s*1050m\s*1536Mi.*limits\s*none\s*2Gi.*3150m\s*4608Mi.*Quality of service Burstable/s,
  ],
  ['quantity', 35, '1536Mi', /1,610,612,736 bytes = 1.61 GB/],
  ['finding', 71, '500Mb', /is not a quantity; did you mean 500Mi\?/],
  ['image', 37, 'redis', /docker\.io.*library\/redis.*latest/s],
  ['schedule', 59, '30 2', /At 02:30 on Monday to Friday.*by the clock of Europe\/Berlin/s],
  ['kind', 10, 'Deployment', /Deployment · apps\/v1 · Reference/],
];

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: till
spec:
  containers:
    - name: till
      image: till:1.0
`;

/** What is written before one asks, and rows that are proposed then, from the top. */
const completions: readonly (readonly [name: string, text: string, rows: readonly string[]])[] = [
  [
    'fields',
    `${pod}      `,
    ['resources', 'ports', 'env', 'volumeMounts', 'livenessProbe', 'readinessProbe'],
  ],
  [
    'values',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: till\nspec:\n  type: ',
    ['ClusterIP', 'ExternalName'],
  ],
  ['names', `${pod}      envFrom:\n        - configMapRef:\n            name: `, ['checkout']],
  [
    'amounts',
    `${pod}      resources:\n        requests:\n          memory: `,
    ['64Mi', '128Mi', '256Mi', '512Mi'],
  ],
  ['versions', 'apiVersion: ', ['v1', 'apps/v1', 'batch/v1', 'networking.k8s.io/v1']],
  ['snippets', '', ['apiVersion', 'kind', 'metadata', 'Deployment', 'Service', 'ConfigMap']],
];

// Lenses push the lines below them down when they come, and a hover that is open then goes.
const options = {
  workspace: 'examples/shop',
  settings: { 'editor.codeLens': false },
  width: 1240,
  height: 720,
};

uiSuite('Language', options, (ui) => {
  ui.test('opens a manifest', async (vscode) => {
    await vscode.write(checkout, manifest);
    await vscode.write(till, '');
    await vscode.openFile(checkout);
    await vscode.editor.goTo(71);
    await vscode.editor.squiggles();
  });

  for (const theme of ['light', 'dark', 'hc-dark'] as const) {
    ui.test(`hovers tell what a person asks, in ${theme}`, async (vscode) => {
      await vscode.setTheme(theme);
      await vscode.openFile(checkout);
      for (const [name, line, word, expected] of hovers) {
        await vscode.editor.goTo(line);
        const hover = await vscode.editor.hover(word, expected);
        await picture(vscode, `hover-${name}-${theme}`);
        assert.equal(await isCut(hover), false, `The hover of ${name} has room for all it says.`);
      }
      await vscode.page.mouse.move(5, 5);
    });

    ui.test(`the menu of fixes is short, the mend first, in ${theme}`, async (vscode) => {
      await vscode.editor.goTo(71);
      assert.deepEqual(await vscode.editor.quickFixes('500Mb'), [
        'Change to 500Mi',
        'Change to 500M',
        'Explain quantity-invalid',
      ]);
      await picture(vscode, `fixes-${theme}`);
      await vscode.page.keyboard.press('Escape');
      await vscode.editor.goTo(37);
      assert.deepEqual(await vscode.editor.quickFixes('redis'), [
        'Ignore image-latest here',
        'Turn image-latest off in .elastic.yaml',
        'Explain image-latest',
      ]);
      await picture(vscode, `advice-${theme}`);
      await vscode.page.keyboard.press('Escape');
    });

    ui.test(`names are found and renamed, in ${theme}`, async (vscode) => {
      await vscode.editor.goTo(4, 10);
      await vscode.page.keyboard.press('F2');
      const box = vscode.page.locator('.rename-box input');
      await box.waitFor();
      assert.equal(await box.inputValue(), 'checkout');
      await picture(vscode, `rename-${theme}`);
      await vscode.page.keyboard.press('Escape');
      await vscode.page.keyboard.press('Shift+F12');
      const rows = vscode.page.locator(
        '.zone-widget .monaco-list-row .referenceMatch, .zone-widget .monaco-list-row',
      );
      await rows.nth(2).waitFor();
      await picture(vscode, `references-${theme}`);
      await vscode.page.keyboard.press('Escape');
      await vscode.page.keyboard.press('Control+Shift+o');
      await (await vscode.quickInput.row('CronJob/settle')).waitFor();
      await vscode.screenshot(`language-outline-${theme}`);
      await vscode.quickInput.cancel();
    });

    ui.test(`what can be written is proposed, the likely first, in ${theme}`, async (vscode) => {
      await vscode.openFile(till);
      for (const [name, text, expected] of completions) {
        await vscode.editor.replaceAll(text);
        await vscode.page.keyboard.press('Control+Space');
        assert.deepEqual((await proposals(vscode)).slice(0, expected.length), expected);
        await picture(vscode, `complete-${name}-${theme}`);
        await vscode.page.keyboard.press('Escape');
      }
    });
  }

  ui.test(
    'a hover with a finding, the needs of the pod and documentation shows all of it',
    async (vscode) => {
      await vscode.openFile('k8s/cart.yaml');
      await vscode.editor.goTo(12);
      await vscode.page.mouse.move(5, 5);
      const lines = vscode.page.locator('.editor-group-container.active .view-line', {
        hasText: /replicas:.2/,
      });
      await lines.first().hover({ position: { x: 30, y: 8 } });
      const hover = vscode.page.locator('.monaco-hover:visible', { hasText: 'Quality of service' }).first();
      await hover.waitFor();
      await vscode.screenshot('language-hover-duplicate');
      assert.match(await hover.innerText(), /duplicate-key/);
      assert.equal(await isCut(hover), false);
    },
  );

  ui.test('a key that is accepted opens its values, and the default is marked', async (vscode) => {
    await vscode.openFile(till);
    await vscode.editor.replaceAll(`${pod}      resources:\n        requests:\n          `);
    await vscode.page.keyboard.press('Control+Space');
    assert.deepEqual((await proposals(vscode)).slice(0, 2), ['cpu', 'memory']);
    await vscode.page.keyboard.press('Enter');
    await suggestions(vscode).filter({ hasText: '250m' }).first().waitFor();
    assert.deepEqual(await proposals(vscode), ['100m', '250m', '500m', '1']);
    await vscode.page.keyboard.press('Escape');
    await vscode.editor.replaceAll('apiVersion: v1\nkind: Service\nmetadata:\n  name: till\nspec:\n  type: ');
    await vscode.page.keyboard.press('Control+Space');
    await suggestions(vscode)
      .filter({ hasText: /ClusterIP.*default/s })
      .first()
      .waitFor();
    await vscode.page.keyboard.press('Escape');
    await vscode.editor.replaceAll('');
    await vscode.editor.save();
  });
});

/** Of the editor alone, and what stands before it. */
function picture(vscode: Workbench, name: string): Promise<void> {
  return vscode.screenshot(`language-${name}`, vscode.page.locator('.part.editor'));
}

/** Whether a part of a hover is only to be seen by scrolling. */
function isCut(hover: Locator): Promise<boolean> {
  return hover.evaluate((element) => {
    const content = element.querySelector('.monaco-scrollable-element > div') ?? element;
    return content.scrollHeight > content.clientHeight + 1;
  });
}

function suggestions(vscode: Workbench): Locator {
  return vscode.page.locator('.suggest-widget .monaco-list-row');
}

/** The labels in sight, once there are any. */
async function proposals(vscode: Workbench): Promise<readonly string[]> {
  const rows = suggestions(vscode);
  await rows.first().waitFor();
  return rows.locator('.label-name').allInnerTexts();
}
