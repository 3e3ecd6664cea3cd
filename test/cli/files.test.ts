import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { elastic, faulty, folder, sound } from './elastic.ts';

async function filesFound(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { stdout } = await elastic(['lint', '-f', 'json', '--preset', 'server-only', ...args], { cwd });
  return (JSON.parse(stdout) as { readonly file: string }[]).map(({ file }) => file);
}

test('patterns are ours in every shell, and ! takes away', async (t) => {
  const cwd = await folder(t, {
    'k8s/a.yaml': faulty,
    'k8s/deep/b.yml': faulty,
    'k8s/deep/.c.yaml': faulty,
    'k8s/vendor/d.yaml': faulty,
    'e.yaml': faulty,
    '[x].yaml': faulty,
  });
  assert.deepEqual(await filesFound(['k8s/**/*.{yaml,yml}', '!k8s/vendor/**'], cwd), [
    'k8s/a.yaml',
    'k8s/deep/.c.yaml',
    'k8s/deep/b.yml',
  ]);
  assert.deepEqual(await filesFound(['*.yaml', '[x].yaml'], cwd), ['[x].yaml', 'e.yaml']);
  assert.deepEqual(await filesFound(['!k8s'], cwd), ['[x].yaml', 'e.yaml']);
  assert.deepEqual(await filesFound(['../*/e.yaml'], join(cwd, 'k8s')), []);
  assert.deepEqual(await filesFound(['../?.yaml', './a.yaml', `${cwd}/k8s/a.yaml`], join(cwd, 'k8s')), [
    '../e.yaml',
    'a.yaml',
  ]);
});

test('what git ignores is left out of folders, unless it is named', async (t) => {
  const cwd = await folder(t, {
    '.gitignore': 'out/\n*.gen.yaml\n',
    'k8s/.gitignore': '!kept.gen.yaml\n/local.yaml\n',
    'out/web.yaml': faulty,
    'k8s/a.gen.yaml': faulty,
    'k8s/kept.gen.yaml': faulty,
    'k8s/local.yaml': faulty,
    'k8s/deep/local.yaml': faulty,
  });
  execFileSync('git', ['init', '-q'], { cwd });
  const expected = ['k8s/deep/local.yaml', 'k8s/kept.gen.yaml'];
  assert.deepEqual(await filesFound([], cwd), expected);
  assert.deepEqual(await filesFound(['k8s'], cwd), expected);
  assert.deepEqual(await filesFound(['**/*.yaml'], cwd), expected);
  assert.deepEqual(await filesFound(['k8s/a.gen.yaml', 'out'], cwd), ['k8s/a.gen.yaml', 'out/web.yaml']);
  assert.equal((await filesFound(['--no-gitignore'], cwd)).length, 5);
});

test('what is no text, no file, too large or nowhere gets a sentence; the rest is checked', async (t) => {
  const cwd = await folder(t, {
    'web.yaml': faulty,
    'locked.yaml': Buffer.from('\0GITCRYPT\0\u0001\u0002\u0003'),
    'deep/sound.yaml': sound,
  });
  await mkdir(join(cwd, 'folder.yaml'));
  await symlink('gone.yaml', join(cwd, 'broken.yaml'));
  await symlink('loop.yaml', join(cwd, 'loop.yaml'));
  await symlink('someone@host.1234', join(cwd, '.#web.yaml'));
  await symlink('..', join(cwd, 'deep/up'));
  execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
  execFileSync('truncate', ['-s', '200M', join(cwd, 'huge.yaml')]);
  const { code, stdout, stderr } = await elastic(['lint', '--preset', 'server-only'], { cwd });
  assert.equal(code, 2);
  assert.deepEqual(stderr.split('\n').sort(), [
    '',
    'broken.yaml is a link to what does not exist.',
    'huge.yaml is too large to be checked (200 MB).',
    'locked.yaml is no text: exclude it if it is no manifest.',
    'loop.yaml is a link that leads to itself.',
  ]);
  assert.match(stdout, /1 error in 1 of 2 files\.\n$/);
});

test('what never ends is given up', async () => {
  const { code, stdout, stderr } = await elastic(['lint', '/dev/zero']);
  assert.deepEqual([code, stdout], [2, '']);
  assert.equal(stderr, '/dev/zero is too large to be checked (more than 128 MB).\n');
});

test('names that would steer a terminal or a log do not', async (t) => {
  const cwd = await folder(t, { 'a\u001b[31m\n::error::b.yaml': faulty });
  const text = await elastic(['lint'], { cwd });
  assert.ok(!text.stdout.includes('\u001b'));
  const github = await elastic(['lint', '-f', 'github', '--preset', 'server-only'], { cwd });
  assert.equal(github.stdout.trim().split('\n').length, 1);
});

test('bytes that are no UTF-8 are told, and the rest is checked all the same', async (t) => {
  const latin = Buffer.concat([Buffer.from(faulty), Buffer.from([0x23, 0xe4, 0x0a])]);
  const cwd = await folder(t, { 'latin.yaml': latin });
  const { code, stdout, stderr } = await elastic(['lint', 'latin.yaml'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /^latin\.yaml is no UTF-8 text/m);
  assert.match(stdout, /^latin\.yaml:10:.*quantity-invalid/m);
});
