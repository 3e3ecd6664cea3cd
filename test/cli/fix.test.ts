import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, lstat, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { elastic, faulty, folder, sound } from './elastic.ts';

const run = promisify(execFile);

/** Two mistakes with one way out each, the second in another document. */
const mendable = `# a note: ä 工
apiVersion: extensions/v1beta1
kind: Deployment
metadata: { name: web }
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: web:1
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web:1
      imagePullPolcy: Always
`;

const mended = mendable.replace('extensions/v1beta1', 'apps/v1').replace('imagePullPolcy', 'imagePullPolicy');
const serverOnly = ['--preset', 'server-only'];

test('--fix writes what is safe, says how much, and reports what is left', async (t) => {
  const cwd = await folder(t, { 'a.yaml': mendable, 'b.yaml': faulty, 'c.yaml': sound });
  const before = await stat(join(cwd, 'c.yaml'));
  const { code, stdout, stderr } = await elastic(['lint', '--fix', ...serverOnly], { cwd });
  assert.equal(await readFile(join(cwd, 'a.yaml'), 'utf8'), mended);
  assert.equal(await readFile(join(cwd, 'b.yaml'), 'utf8'), faulty);
  assert.equal((await stat(join(cwd, 'c.yaml'))).ino, before.ino);
  assert.equal(stderr, 'Fixed 2 findings in 1 file.\n');
  assert.match(stdout, /^b\.yaml:10:27: error: /);
  assert.match(stdout, /1 error in 1 of 3 files\.\n$/);
  assert.equal(code, 1);
  const again = await elastic(['lint', '--fix', ...serverOnly, 'a.yaml'], { cwd });
  assert.deepEqual([again.code, again.stderr], [0, '']);
});

test('fixes that do not get on with one another do not keep the others back', async (t) => {
  const text = (replicas: string, below: string, type: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  ${replicas}: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      ${below}: 2
      containers: [{ name: web, image: 'web:1', ${type}: Always }]
`;
  const cwd = await folder(t, {
    'a.yaml': text('replica', 'replicas', 'imagePullPolcy'),
    'b.yaml': 'apiversion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: 1 }\n',
  });
  await elastic(['lint', '--fix', ...serverOnly], { cwd });
  assert.equal(
    await readFile(join(cwd, 'a.yaml'), 'utf8'),
    text('replicas', 'replicas', 'imagePullPolicy').replace('      replicas: 2\n', ''),
  );
  assert.equal(
    await readFile(join(cwd, 'b.yaml'), 'utf8'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "1" }\n',
  );
});

test('encodings, marks, line breaks, permissions and links stay as they are', async (t) => {
  const windows = mendable.replaceAll('\n', '\r\n');
  const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const cwd = await folder(t, {
    'mark.yaml': `\uFEFF${windows}`,
    'little.yaml': utf16(mendable),
    'big.yaml': utf16(mendable).swap16(),
    'target/real.yaml': mendable,
  });
  await symlink(join('target', 'real.yaml'), join(cwd, 'link.yaml'));
  await chmod(join(cwd, 'mark.yaml'), 0o640);
  const { code, stderr } = await elastic(
    ['lint', '--fix', ...serverOnly, 'mark.yaml', 'little.yaml', 'big.yaml', 'link.yaml'],
    { cwd },
  );
  assert.deepEqual([code, stderr], [0, 'Fixed 8 findings in 4 files.\n']);
  const bytes = (name: string): Promise<Buffer> => readFile(join(cwd, name));
  assert.equal((await bytes('mark.yaml')).toString('utf8'), `\uFEFF${mended.replaceAll('\n', '\r\n')}`);
  assert.equal((await stat(join(cwd, 'mark.yaml'))).mode & 0o777, 0o640);
  assert.deepEqual(await bytes('little.yaml'), utf16(mended));
  assert.deepEqual(await bytes('big.yaml'), utf16(mended).swap16());
  assert.ok((await lstat(join(cwd, 'link.yaml'))).isSymbolicLink());
  assert.equal((await bytes('target/real.yaml')).toString('utf8'), mended);
});

test('a file that is no valid text is left alone', async (t) => {
  const bytes = Buffer.concat([Buffer.from('# '), Buffer.from([0xe4, 0xf6]), Buffer.from(`\n${mendable}`)]);
  const cwd = await folder(t, { 'latin.yaml': bytes, 'web.yaml': mendable });
  const { code, stdout, stderr } = await elastic(['lint', '--fix', ...serverOnly], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /^latin\.yaml is not valid UTF-8 and was not fixed\.$/m);
  assert.match(stdout, /^latin\.yaml:3:/);
  assert.deepEqual(await readFile(join(cwd, 'latin.yaml')), bytes);
  assert.equal(await readFile(join(cwd, 'web.yaml'), 'utf8'), mended);
});

test('--dry-run prints a patch that brings about the same, and changes nothing', async (t) => {
  const last = mendable.trimEnd();
  const cwd = await folder(t, { 'k8s/a.yaml': mendable, 'k8s/b.yaml': last.replaceAll('\n', '\r\n') });
  const { code, stdout, stderr } = await elastic(['lint', '--fix', '--dry-run', ...serverOnly], { cwd });
  assert.equal(code, 1, 'the files still hold the errors');
  assert.match(stderr, /4 errors in 2 of 2 files/);
  assert.equal(await readFile(join(cwd, 'k8s/a.yaml'), 'utf8'), mendable);
  const patching = run('git', ['apply', '-'], { cwd });
  patching.child.stdin?.end(stdout);
  await patching;
  assert.equal(await readFile(join(cwd, 'k8s/a.yaml'), 'utf8'), mended);
  assert.equal(await readFile(join(cwd, 'k8s/b.yaml'), 'utf8'), mended.trimEnd().replaceAll('\n', '\r\n'));
});

test('standard input is handed back fixed', async () => {
  const fixed = await elastic(['lint', '--fix', ...serverOnly, '-'], { input: mendable });
  assert.deepEqual([fixed.code, fixed.stdout], [0, mended]);
  const nothing = await elastic(['lint', '--fix', ...serverOnly, '-'], { input: faulty });
  assert.deepEqual([nothing.code, nothing.stdout], [1, faulty]);
  assert.match(nothing.stderr, /^-:10:27: error: /);
});

test('standard input keeps its mark and encoding, and comes back whatever becomes of it', async (t) => {
  const fix = ['lint', '--fix', ...serverOnly];
  const marked = await elastic([...fix, '-'], { input: `\uFEFF${mendable}` });
  assert.equal(marked.stdout, `\uFEFF${mended}`);
  const latin = Buffer.concat([Buffer.from(mendable), Buffer.from([0x23, 0xe4, 0x0a])]);
  const invalid = await elastic([...fix, '-'], { input: latin });
  assert.match(invalid.stdout, /imagePullPolcy/);
  assert.match(invalid.stderr, /Standard input is not valid UTF-8 and was not fixed\.\n$/);
  assert.equal(invalid.code, 2);
  const cwd = await folder(t, { '.elastic.yaml': 'exclude: [web.yaml]\n' });
  const excluded = await elastic([...fix, '--stdin-filename', 'web.yaml', '-'], { cwd, input: mendable });
  assert.deepEqual([excluded.code, excluded.stdout], [0, mendable]);
});

test('a file of the longest name there is can be fixed', async (t) => {
  const name = `${'a'.repeat(250)}.yaml`;
  const cwd = await folder(t, { [name]: mendable });
  assert.equal((await elastic(['lint', '--fix', ...serverOnly], { cwd })).code, 0);
  assert.equal(await readFile(join(cwd, name), 'utf8'), mended);
});
