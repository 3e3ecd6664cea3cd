import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../src/core/index.ts';
import { doubtful, elastic, faulty, folder, sound } from './elastic.ts';

interface Entry {
  readonly file: string;
  readonly code: string;
  readonly severity: string;
}

/** What is found, as `file code severity`. */
async function found(args: readonly string[], cwd: string, input?: string): Promise<readonly string[]> {
  const { stdout } = await elastic(['lint', '-f', 'json', ...args], {
    cwd,
    ...(input === undefined ? {} : { input }),
  });
  return (JSON.parse(stdout) as Entry[]).map(({ file, code, severity }) => `${file} ${code} ${severity}`);
}

test('the nearest workspace file counts, arguments win over it, and --config over all', async (t) => {
  const cwd = await folder(t, {
    '.elastic.yaml': 'preset: server-only\n',
    'web.yaml': faulty,
    'in/.elastic.yaml': 'preset: server-only\nrules: { quantity-invalid: hint }\n',
    'in/deep/web.yaml': faulty,
    'ci/settings.yaml': 'preset: server-only\nrules: { quantity-invalid: off }\n',
  });
  assert.deepEqual(await found([], cwd), [
    'in/deep/web.yaml quantity-invalid hint',
    'web.yaml quantity-invalid error',
  ]);
  assert.deepEqual(await found(['--rule', 'quantity-invalid=info'], cwd), [
    'in/deep/web.yaml quantity-invalid info',
    'web.yaml quantity-invalid info',
  ]);
  assert.deepEqual(await found(['--config', 'ci/settings.yaml'], cwd), []);
  assert.deepEqual(await found(['-'], join(cwd, 'in'), faulty), ['- quantity-invalid hint']);
  assert.deepEqual(await found(['--stdin-filename', 'in/new.yaml', '-'], cwd, faulty), [
    'in/new.yaml quantity-invalid hint',
  ]);
});

test('presets tell more, the stricter they are', async (t) => {
  const cwd = await folder(t, { 'web.yaml': doubtful });
  const [server, recommended, strict] = await Promise.all(
    ['server-only', 'recommended', 'strict'].map((preset) => found(['--preset', preset], cwd)),
  );
  assert.deepEqual(server, []);
  assert.ok(recommended && recommended.length > 0);
  assert.ok(strict && strict.length > recommended.length);
});

test('--schema-version decides what there is', async (t) => {
  const cwd = await folder(t, {
    'flow.yaml':
      'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: a }\n',
  });
  const removed = 'flow.yaml api-version-removed error';
  assert.ok(!(await found(['--schema-version', '1.31'], cwd)).includes(removed));
  assert.ok((await found(['--schema-version', 'v1.32.4'], cwd)).includes(removed));
});

test('what a workspace file says wrong is told with its place; the rest of it counts', async (t) => {
  const cwd = await folder(t, {
    '.elastic.yaml': 'presett: strict\npreset: server-only\nrules:\n  quantity-invlid: off\n',
    'web.yaml': doubtful,
  });
  const { code, stdout, stderr } = await elastic(['lint'], { cwd });
  assert.equal(code, 2);
  assert.equal(stdout, '1 file checked, nothing found.\n');
  assert.equal(
    stderr,
    '.elastic.yaml:1:1: There is no setting presett; did you mean preset?\n' +
      '.elastic.yaml:4:3: There is no rule quantity-invlid; did you mean quantity-invalid?\n',
  );
});

test('what a workspace file holds in the wrong form or twice is told, too', async (t) => {
  for (const [text, said] of [
    ['rules: [image-latest]', '1:8: Rules belong here, as in `requests-missing: off`'],
    [
      'rules: { image-latest: { severity: off } }',
      '1:24: One of error, warning, info, hint, off belongs here',
    ],
    ['exclude: [{ a: b }]', '1:11: A list of texts belongs here'],
    [
      'exclude: ["+(a|aa)"]',
      '1:11: This pattern is not followed; use *, **, ?, [abc] and {a,b}, and few of them',
    ],
    ['preset: strict\npreset: strict', '2:1: preset is written twice in this mapping; keep one of them'],
  ] as const) {
    const cwd = await folder(t, { '.elastic.yaml': `${text}\n`, 'web.yaml': sound });
    const { code, stderr } = await elastic(['lint', '-q'], { cwd });
    assert.deepEqual({ code, stderr }, { code: 2, stderr: `.elastic.yaml:${said}\n` });
  }
  const unfinished = await folder(t, { '.elastic.yaml': 'rules:\npreset: strict\n', 'web.yaml': sound });
  assert.equal((await elastic(['lint', '-q'], { cwd: unfinished })).stderr, '');
});

test('a workspace file may have the other ending; of two in a folder one counts', async (t) => {
  const cwd = await folder(t, {
    '.elastic.yml': 'exclude: [vendor/**]\n',
    'vendor/web.yaml': faulty,
    'a.yaml': sound,
  });
  const alone = await elastic(['lint'], { cwd });
  assert.deepEqual([alone.code, alone.stderr], [0, '1 file excluded by .elastic.yaml.\n']);
  await writeFile(join(cwd, '.elastic.yaml'), 'preset: server-only\n');
  const beside = await elastic(['lint', '-q'], { cwd });
  assert.ok(
    beside.stderr.includes('.elastic.yml:1:1: Nothing in this file counts: .elastic.yaml stands beside it'),
  );
});

test('what a workspace file excludes is not checked, and it is said', async (t) => {
  const cwd = await folder(t, {
    '.elastic.yaml': 'exclude: [vendor/**]\n',
    'vendor/web.yaml': faulty,
    'mine.yaml': sound,
  });
  const all = await elastic(['lint'], { cwd });
  assert.deepEqual(all, {
    code: 0,
    stdout: '1 file checked, nothing found.\n',
    stderr: '1 file excluded by .elastic.yaml.\n',
  });
  const named = await elastic(['lint', 'vendor/web.yaml'], { cwd });
  assert.deepEqual(named, { code: 0, stdout: '', stderr: 'vendor/web.yaml is excluded by .elastic.yaml.\n' });
  const config = await elastic(['lint', '--config', '.elastic.yaml', '-q'], { cwd });
  assert.deepEqual(config, { code: 0, stdout: '', stderr: '' });
});

test('--max-warnings and --quiet', async (t) => {
  const cwd = await folder(t, { 'web.yaml': doubtful });
  const only = ['--rule', 'memory-millibytes=warning'];
  const count = (await found(only, cwd)).length;
  assert.equal(count, 2);
  const code = async (...args: readonly string[]): Promise<number | null> =>
    (await elastic(['lint', ...only, ...args], { cwd })).code;
  assert.equal(await code('--max-warnings', '2'), 0);
  assert.equal(await code('--max-warnings', '1'), 1);
  assert.equal(await code('--quiet', '--max-warnings=1'), 1);
  const quiet = await elastic(['lint', '--quiet', 'web.yaml'], { cwd });
  assert.deepEqual(quiet, { code: 0, stdout: '', stderr: '' });
});

test('--explain prints a page as text, --list-rules what each rule weighs here', async (t) => {
  const page = await elastic(['lint', '--explain', 'quantity-invalid']);
  assert.equal(page.code, 0);
  assert.match(page.stdout, /^Not a quantity\nquantity-invalid · /);
  assert.match(page.stdout, /\n {4}# bad\n {4}resources:\n/);
  assert.ok(!page.stdout.includes('`'));
  const cwd = await folder(t, { '.elastic.yaml': 'rules: { quantity-invalid: off }\n' });
  const list = await elastic(['lint', '--list-rules'], { cwd });
  assert.match(list.stdout, /^quantity-invalid +off +Not a quantity$/m);
  assert.equal(list.stdout.trim().split('\n').length, rules.length);
  const json = await elastic(['lint', '--list-rules', '-f', 'json'], { cwd });
  assert.equal((JSON.parse(json.stdout) as unknown[]).length, rules.length);
});
