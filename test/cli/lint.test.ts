import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { doubtful, elastic, faulty, folder, sound } from './elastic.ts';

interface Entry {
  readonly file: string;
  readonly code: string;
}

function entries(stdout: string): Entry[] {
  return JSON.parse(stdout) as Entry[];
}

test('exit code 0 without findings, 0 with warnings only, 1 with errors', async (t) => {
  const cwd = await folder(t, { 'sound.yaml': sound, 'doubtful.yaml': doubtful, 'faulty.yaml': faulty });
  assert.deepEqual(await elastic(['lint', 'sound.yaml'], { cwd }), {
    code: 0,
    stdout: '1 file checked, nothing found.\n',
    stderr: '',
  });
  const warned = await elastic(['lint', 'doubtful.yaml'], { cwd });
  assert.equal(warned.code, 0);
  assert.match(warned.stdout, /2 warnings in 1 file\./);
  assert.equal((await elastic(['lint', 'faulty.yaml'], { cwd })).code, 1);
});

test('the JSON form', async (t) => {
  const cwd = await folder(t, { 'k8s/web.yaml': `${sound}---\n${faulty}` });
  const { stdout, code } = await elastic(['lint', '--format', 'json', 'k8s'], { cwd });
  assert.equal(code, 1);
  const [entry, ...rest] = JSON.parse(stdout) as { message: unknown }[];
  assert.deepEqual(rest, []);
  const { message, ...others } = entry ?? {};
  assert.equal(typeof message, 'string');
  assert.deepEqual(others, {
    file: 'k8s/web.yaml',
    document: 1,
    line: 15,
    column: 27,
    endLine: 15,
    endColumn: 32,
    severity: 'error',
    code: 'quantity-invalid',
    path: 'spec.containers[0].resources.limits[memory]',
  });
  const nothing = await elastic(['lint', '-f', 'json', '-'], { input: sound });
  assert.equal(nothing.stdout, '[]\n');
});

test('the text form stands in columns, under the name of each file', async (t) => {
  const cwd = await folder(t, {
    'a.yaml': sound,
    'b.yaml': faulty,
    'c.yml': `${'# note\n'.repeat(100)}${doubtful}`,
  });
  const { stdout } = await elastic(['lint'], { cwd });
  const lines = stdout.split('\n');
  assert.equal(lines[0], 'b.yaml');
  assert.match(lines[1] ?? '', /^ {2}10:27 {2}error {2}.*500Mb.* quantity-invalid$/);
  assert.equal(lines[3], 'c.yml');
  assert.match(lines[4] ?? '', /^ {2}109:\d+ {2}warning {2}/);
  assert.equal(lines.at(-2), '1 error and 2 warnings in 2 of 3 files.');
});

test('what a file holds cannot steer the terminal', async () => {
  const { stdout } = await elastic(['lint', '-'], { input: faulty.replace('500Mb', '"5\\e[31m"') });
  assert.match(stdout, /quantity-invalid/);
  assert.ok(!stdout.includes('\u001b'));
});

test('folders are searched, without node_modules and .git', async (t) => {
  const cwd = await folder(t, {
    'k8s/one.yaml': faulty,
    'k8s/deep/er/two.yml': faulty,
    'k8s/.hidden/three.yaml': faulty,
    'k8s/notes.txt': faulty,
    'k8s/node_modules/x/four.yaml': faulty,
    'k8s/.git/five.yaml': faulty,
  });
  const { stdout } = await elastic(['lint', '-f', 'json', 'k8s'], { cwd });
  assert.deepEqual(
    entries(stdout).map(({ file }) => file),
    ['k8s/.hidden/three.yaml', 'k8s/deep/er/two.yml', 'k8s/one.yaml'],
  );
});

test('a folder that holds itself ends', async (t) => {
  const cwd = await folder(t, { 'k8s/one.yaml': faulty });
  await symlink(join(cwd, 'k8s'), join(cwd, 'k8s', 'again'));
  const { stdout, code } = await elastic(['lint', '-f', 'json', 'k8s'], { cwd });
  assert.equal(code, 1);
  assert.ok(entries(stdout).some(({ file }) => file === 'k8s/one.yaml'));
});

test('patterns, files of any name, and each file once', async (t) => {
  const cwd = await folder(t, {
    'a/web.yaml': faulty,
    'b/web.yaml': faulty,
    'b/[x].yaml': faulty,
    plain: faulty,
  });
  const { stdout } = await elastic(['lint', '-f', 'json', '*/web.yaml', 'a', 'plain', 'b/[x].yaml'], { cwd });
  assert.deepEqual(
    entries(stdout).map(({ file }) => file),
    ['a/web.yaml', 'b/web.yaml', 'plain', 'b/[x].yaml'],
  );
});

test('standard input, in the encodings YAML allows', async () => {
  const utf16 = Buffer.from(`\uFEFF${faulty}`, 'utf16le');
  for (const input of [faulty, `\uFEFF${faulty}`, utf16, utf16.swap16()]) {
    const { stdout, code } = await elastic(['lint', '--format=json', '-'], { input: Buffer.from(input) });
    assert.equal(code, 1);
    assert.deepEqual(
      (JSON.parse(stdout) as unknown[]).map((entry) => (entry as { file: string; column: number }).column),
      [27],
    );
    assert.equal(entries(stdout)[0]?.file, '-');
  }
});

test('what cannot be run is said in one sentence, with exit code 2', async (t) => {
  const cwd = await folder(t, { 'docs/readme.md': '', 'closed.yaml': faulty });
  await mkdir(join(cwd, 'folder.yaml'));
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['lint', 'missing.yaml'], /^missing\.yaml does not exist\.\n$/],
    [['lint', 'k8s/*.yaml'], /^No file matches k8s\/\*\.yaml\.\n$/],
    [['lint', 'docs'], /^docs holds no \.yaml or \.yml file\.\n$/],
    [['lint', 'folder.yaml'], /^folder\.yaml holds no /],
    [
      ['lint', '--format', 'xml', 'closed.yaml'],
      /^There is no format "xml": choose text, json or sarif\.\n$/,
    ],
    [['lint', '--fix'], /^Unknown option '--fix'.*\n$/],
    [['lint', '--format'], /^Option '-f, --format <value>' argument missing.*\n$/],
    [['deploy'], /^elastic has no command "deploy".*\n$/],
    [[], /^Say what to do.*\n$/],
    [['lsp'], /elastic lsp --stdio\.\n$/],
  ];
  for (const [args, sentence] of cases) {
    const ended = await elastic(args, { cwd });
    assert.equal(ended.code, 2, args.join(' '));
    assert.equal(ended.stdout, '');
    assert.match(ended.stderr, sentence);
  }
});

test('one file that cannot be read does not hide what the others have', async (t) => {
  const cwd = await folder(t, { 'web.yaml': faulty });
  const { stdout, stderr, code } = await elastic(['lint', '-f', 'json', 'missing.yaml', 'web.yaml'], { cwd });
  assert.equal(code, 2);
  assert.equal(stderr, 'missing.yaml does not exist.\n');
  assert.equal(entries(stdout).length, 1);
});

test('a file that cannot be read is named', async (t) => {
  const cwd = await folder(t, {});
  await symlink('round.yaml', join(cwd, 'round.yaml'));
  const { stdout, stderr, code } = await elastic(['lint', 'round.yaml'], { cwd });
  assert.deepEqual([code, stdout, stderr], [2, '', 'round.yaml cannot be read (ELOOP).\n']);
});

test('help and version', async () => {
  const help = await elastic(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /lint \[paths…\]/);
  assert.match((await elastic(['lint', '--help'])).stdout, /text\|json\|sarif/);
  assert.match((await elastic(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});
