import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { formatMessage } from '../../src/core/index.ts';
import type { Report } from '../../src/cli/formats/report.ts';
import { lintRendered } from '../../src/cli/render.ts';
import { ensureRenderTools } from '../harness/render-tools.ts';
import { elastic } from './elastic.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
let env: NodeJS.ProcessEnv;
let folder: string;

before(async () => {
  const { kustomize, helm } = await ensureRenderTools(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'rendered-lint-'));
  env = { HOME: folder, PATH: `${kustomize}:${helm}:/usr/bin:/bin` };
});

after(() => rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

/** Files with findings, and how many each has. */
function counts({ files }: Report, root: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    files
      .filter(({ findings }) => findings.length > 0)
      .map(({ file, findings }) => [relative(root, join(process.cwd(), file)), findings.length]),
  );
}

const map = (name: string, value = 'text'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  key: ${value}\n`;

describe('lintRendered', () => {
  test('renders the kustomization or chart of the folder it is given, and names files as people do', async () => {
    const production = await lintRendered(join(fixtures, 'kustomize/overlays/production'), { env });
    assert.deepEqual(production.problems, []);
    assert.ok(production.files.some(({ file }) => file === 'test/fixtures/kustomize/base/web.yaml'));
    const [first] = production.files.flatMap(({ findings }) => findings);
    assert.ok(first !== undefined && formatMessage(first.message).startsWith('In the rendered output: '));
    const values = [join(fixtures, 'helm/mistakes.yaml')];
    const shop = await lintRendered(join(fixtures, 'helm/shop'), { env, values });
    assert.ok((counts(shop, fixtures)['helm/mistakes.yaml'] ?? 0) > 0);
  });

  test('takes a kustomization file or a Chart.yaml by its name', async () => {
    const file = join(fixtures, 'kustomize/overlays/staging/kustomization.yaml');
    const report = await lintRendered(file, { env });
    assert.deepEqual(counts(report, fixtures), {});
    assert.ok(report.files.length > 3);
  });

  test('finds what is below a folder, and renders nothing twice', async () => {
    const root = await write({
      'base/kustomization.yaml': 'resources: [map.yaml]\n',
      'base/map.yaml': map('shared', '1'),
      'one/kustomization.yaml': 'resources: [../base]\nnamePrefix: one-\n',
      'two/kustomization.yaml': 'resources: [../base]\nnamePrefix: two-\n',
      'component/kustomization.yaml': 'kind: Component\nresources: []\n',
      'node_modules/x/kustomization.yaml': 'resources: [absent.yaml]\n',
      'library/Chart.yaml': 'apiVersion: v2\nname: library\nversion: 0.1.0\ntype: library\n',
    });
    await cp(join(fixtures, 'helm/shop'), join(root, 'shop'), { recursive: true });
    const report = await lintRendered(root, { env });
    assert.deepEqual(report.problems, []);
    assert.deepEqual(counts(report, root), { 'base/map.yaml': 1 });
    const charts = report.files.filter(({ file }) => file.endsWith('charts/cache/templates/cache.yaml'));
    assert.equal(charts.length, 1);
  });

  test('says what could not be rendered, and checks the rest', async () => {
    const root = await write({
      'good/kustomization.yaml': 'resources: [map.yaml]\n',
      'good/map.yaml': map('good', 'true'),
      'bad/kustomization.yaml': 'resources: [absent.yaml]\n',
    });
    const report = await lintRendered(root, { env });
    assert.deepEqual(counts(report, root), { 'good/map.yaml': 1 });
    assert.equal(report.problems.length, 1);
    assert.match(
      report.problems[0]?.sentence ?? '',
      /^kustomize cannot render .*bad: .*no such file or directory\.$/,
    );
  });

  test('at the prompt, with what is installed there', async () => {
    const overlay = join(fixtures, 'kustomize/overlays/production');
    const rendered = await elastic(['lint', '--render', overlay], { env });
    assert.equal(rendered.code, 1);
    assert.match(
      rendered.stdout,
      /^test\/fixtures\/kustomize\/base\/web\.yaml:\d+:\d+: error: In the rendered output: /m,
    );
    const chart = join(fixtures, 'helm/shop');
    const absent = await elastic(['lint', '--render', '--values', 'absent.yaml', chart], { env });
    assert.equal(absent.code, 2);
    assert.match(absent.stderr, /^helm cannot render .*absent\.yaml: no such file or directory\.\n$/);
    const without = await elastic(['lint', '--render', chart], { env: { PATH: '/nowhere' } });
    assert.deepEqual(
      [without.code, without.stderr],
      [2, 'helm is not installed. Install it, then try again.\n'],
    );
  });

  test('needs something to render', async () => {
    const root = await write({ 'map.yaml': map('alone') });
    const report = await lintRendered(root, { env });
    assert.deepEqual(
      report.problems.map(({ sentence }) => sentence),
      [`${root} holds no kustomization.yaml and no Chart.yaml to render.`],
    );
  });

  test('follows the settings it is given', async () => {
    const settings = { preset: 'server-only', rules: {}, registries: [], limitRatio: 4 } as const;
    const circumstancesOf = () => ({ settings, kubernetesVersion: null });
    const report = await lintRendered(join(fixtures, 'kustomize/overlays/production'), {
      env,
      circumstancesOf,
    });
    const codes = report.files.flatMap(({ findings }) => findings.map(({ code }) => code));
    assert.ok(codes.includes('quantity-invalid'));
    assert.ok(!codes.includes('requests-missing'));
  });
});
