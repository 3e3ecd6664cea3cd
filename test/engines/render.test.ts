import assert from 'node:assert/strict';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkRendered, formatMessage, inRenderedOutput, type Rendering } from '../../src/core/index.ts';
import {
  renderChart,
  RenderError,
  type RenderErrorCode,
  renderOverlay,
} from '../../src/engines/render/index.ts';
import { ensureRenderTools, type RenderTools } from '../harness/render-tools.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const kustomize = join(fixtures, 'kustomize');
const helm = join(fixtures, 'helm');

let tools: RenderTools;
let folder: string;

before(async () => {
  tools = await ensureRenderTools(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'rendered-'));
});

after(() => rm(folder, { recursive: true, force: true }));

/** An environment in which only these programs are installed. */
function only(...names: readonly (keyof RenderTools)[]): NodeJS.ProcessEnv {
  return { HOME: folder, PATH: [...names.map((name) => tools[name]), '/usr/bin', '/bin'].join(':') };
}

/** `path:line code` of everything told of sources, in the order of the paths. */
function told(rendering: Rendering, root: string): readonly string[] {
  return checkRendered(rendering).flatMap(({ path, lines, findings }) =>
    findings.map(({ finding, certainty }) => {
      assert.equal(certainty, 'line');
      return `${relative(root, path)}:${lines.positionAt(finding.range.start).line + 1} ${finding.code}`;
    }),
  );
}

/** The same, of the lines that say so in a comment: `# production: quantity-invalid`. */
async function marked(root: string, mark: string): Promise<readonly string[]> {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const lines = (await readFile(path, 'utf8')).split('\n');
    lines.forEach((line, index) => {
      for (const [, by, code] of line.matchAll(/# ([\w-]+): ([\w-]+)$/g)) {
        if (by === mark) found.push(`${relative(root, path)}:${index + 1} ${code}`);
      }
    });
  }
  assert.ok(found.length > 0);
  return found.sort();
}

async function refusal(work: Promise<unknown>, code: RenderErrorCode): Promise<RenderError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RenderError, String(error));
  assert.equal(error.code, code);
  assert.ok(!error.message.includes('elastic-render-'), error.message);
  return error;
}

async function write(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

describe('an overlay', () => {
  for (const program of ['kustomize', 'kubectl'] as const) {
    test(`is rendered by ${program}, and its mistakes are told of the lines that made them`, async () => {
      const rendering = await renderOverlay(join(kustomize, 'overlays/production'), { env: only(program) });
      assert.deepEqual([...told(rendering, kustomize)].sort(), await marked(kustomize, 'production'));
    });
  }

  test('without mistakes has no findings', async () => {
    const rendering = await renderOverlay(join(kustomize, 'overlays/staging'), { env: only('kustomize') });
    assert.match(rendering.output, /name: web-config-staging-[a-z0-9]{10}/);
    assert.deepEqual(told(rendering, kustomize), []);
  });

  test('explains a finding by a place in another file', async () => {
    const rendering = await renderOverlay(join(kustomize, 'overlays/production'), { env: only('kustomize') });
    const [base] = checkRendered(rendering).filter(({ path }) => path.endsWith('base/web.yaml'));
    const found = base?.findings.find(({ finding }) => finding.code === 'request-above-limit');
    const [limit] = found?.related ?? [];
    assert.equal(relative(kustomize, limit?.path ?? ''), 'overlays/production/limits.yaml');
    assert.equal(limit?.range.start.line, 11);
    assert.equal(found?.object, 'Deployment/prod-web');
    assert.match(
      formatMessage(inRenderedOutput(found.finding.message)),
      /^In the rendered output: Memory request 256Mi/,
    );
  });

  test('is left as it was', async () => {
    const root = await mkdtemp(join(folder, 'copy-'));
    await cp(kustomize, root, { recursive: true });
    const before = (await readdir(root, { recursive: true })).sort();
    await renderOverlay(join(root, 'overlays/staging'), { env: only('kustomize') });
    assert.deepEqual((await readdir(root, { recursive: true })).sort(), before);
  });

  test('reached by a symbolic link keeps the paths it was asked for', async () => {
    const link = join(folder, 'link');
    await symlink(kustomize, link);
    const rendering = await renderOverlay(join(link, 'overlays/production'), { env: only('kustomize') });
    assert.deepEqual([...told(rendering, link)].sort(), await marked(kustomize, 'production'));
  });

  test('around the temporary folder is rendered all the same, and its findings placed', async () => {
    const root = await write({
      'kustomization.yaml': 'resources: [web.yaml]\nnamePrefix: a-\n',
      'web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: 1}\n',
    });
    const temporary = process.env['TMPDIR'];
    process.env['TMPDIR'] = join(root, 'tmp');
    try {
      await mkdir(join(root, 'tmp'));
      const rendering = await renderOverlay(root, { env: only('kustomize') });
      assert.ok(!rendering.output.includes('config.kubernetes.io/origin'));
      assert.deepEqual(told(rendering, root), ['web.yaml:4 type-invalid']);
    } finally {
      if (temporary === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = temporary;
    }
  });

  test('that kustomize refuses is told in its own last words', async () => {
    const root = await write({ 'kustomization.yaml': 'resources: [absent.yaml]\n' });
    for (const program of ['kustomize', 'kubectl'] as const) {
      const error = await refusal(renderOverlay(root, { env: only(program) }), 'renderFailed');
      assert.ok(error.message.startsWith(`${program} cannot render ${root}: `), error.message);
      assert.match(error.message, /absent\.yaml.*no such file or directory\.$/);
    }
  });

  test('needs a kustomization and a program', async () => {
    await refusal(renderOverlay(await write({}), { env: only('kustomize') }), 'notFound');
    const production = join(kustomize, 'overlays/production');
    const error = await refusal(renderOverlay(production, { env: { PATH: '/nowhere' } }), 'notInstalled');
    assert.equal(
      error.message,
      'Neither kustomize nor kubectl is installed. Install one of them, then try again.',
    );
  });
});

describe('a chart', () => {
  test('with its own values has no findings', async () => {
    const rendering = await renderChart(join(helm, 'shop'), { env: only('helm') });
    assert.match(rendering.output, /kind: CustomResourceDefinition/);
    assert.deepEqual(told(rendering, helm), []);
  });

  test('has mistakes of its templates told of their lines', async () => {
    const rendering = await renderChart(join(helm, 'mistakes'), { env: only('helm') });
    assert.deepEqual([...told(rendering, helm)].sort(), await marked(helm, 'defaults'));
  });

  test('has mistakes of given values told of the values file', async () => {
    const values = [join(helm, 'mistakes.yaml')];
    const rendering = await renderChart(join(helm, 'shop'), { env: only('helm'), values });
    assert.deepEqual([...told(rendering, helm)].sort(), await marked(helm, 'mistakes'));
  });

  test('takes a branch of its templates that other values choose', async () => {
    const root = await write({ 'large.yaml': 'large: true\n' });
    const values = [join(root, 'large.yaml')];
    const rendering = await renderChart(join(helm, 'mistakes'), { env: only('helm'), values });
    const found = told(rendering, helm);
    assert.deepEqual(
      found.filter((one) => one.includes('quantity-invalid')),
      await marked(helm, 'large'),
    );
  });

  test('that renders to no YAML has the line told that broke it', async () => {
    const root = await write({
      'Chart.yaml': 'apiVersion: v2\nname: broken\nversion: 0.1.0\n',
      'values.yaml': 'text: "a: b: c"\n',
      'templates/web.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  greeting: {{ .Values.text }}\n',
    });
    const rendering = await renderChart(root, { env: only('helm') });
    assert.deepEqual(told(rendering, root), ['templates/web.yaml:6 yaml-syntax']);
  });

  test('that Helm refuses is told in its own words, with the place it names', async () => {
    const root = await write({
      'Chart.yaml': 'apiVersion: v2\nname: refused\nversion: 0.1.0\n',
      'templates/a.yaml': 'kind: A\nname: {{ required "name must be set" .Values.name }}\n',
    });
    const error = await refusal(renderChart(root, { env: only('helm') }), 'renderFailed');
    assert.match(error.message, /^helm cannot render .*name must be set\.$/);
    assert.deepEqual(error.fault, { path: join(root, 'templates/a.yaml'), line: 1, character: 9 });
  });

  test('needs a Chart.yaml and Helm', async () => {
    await refusal(renderChart(await write({}), { env: only('helm') }), 'notFound');
    const error = await refusal(
      renderChart(join(helm, 'shop'), { env: { PATH: '/nowhere' } }),
      'notInstalled',
    );
    assert.equal(error.message, 'helm is not installed. Install it, then try again.');
  });
});

describe('a renderer', () => {
  /** A program in place of kustomize. */
  async function standIn(script: string): Promise<NodeJS.ProcessEnv> {
    const bin = await write({ kustomize: `#!/bin/sh\n${script}\n` });
    await chmod(join(bin, 'kustomize'), 0o755);
    return { PATH: `${bin}:/usr/bin:/bin` };
  }
  const staging = join(kustomize, 'overlays/staging');

  test('that hangs is ended', async () => {
    const env = await standIn('sleep 600');
    await refusal(renderOverlay(staging, { env, timeoutMs: 300 }), 'timeout');
  });

  test('that prints without end is ended', async () => {
    const env = await standIn('yes');
    await refusal(renderOverlay(staging, { env, maximumLength: 1_000_000 }), 'tooLarge');
  });

  test('is ended when it is cancelled', async () => {
    const env = await standIn('sleep 600');
    const controller = new AbortController();
    const rendering = renderOverlay(staging, { env, signal: controller.signal });
    controller.abort();
    await refusal(rendering, 'cancelled');
  });

  test('gets arguments no shell reads', async () => {
    const root = await write({ 'a; touch $(HOME)/x/kustomization.yaml': 'resources: []\nnamePrefix: a-\n' });
    const env = await standIn('for argument; do printf "[%s]" "$argument" >&2; done; exit 1');
    const error = await refusal(renderOverlay(join(root, 'a; touch $(HOME)/x'), { env }), 'renderFailed');
    assert.ok(error.message.endsWith('a; touch $(HOME)/x].'), error.message);
  });

  test('that lies in the folder itself is never started', async () => {
    const root = await write({ 'kustomization.yaml': 'resources: []\n', kustomize: '#!/bin/sh\nexit 0\n' });
    await chmod(join(root, 'kustomize'), 0o755);
    await refusal(renderOverlay(root, { env: { PATH: '.::' } }), 'notInstalled');
  });
});
