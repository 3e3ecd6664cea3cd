import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { doubtful, elastic, entry, faulty, folder, sound } from './elastic.ts';

/** Advice that is added later changes nothing here. */
const serverOnly = ['--preset', 'server-only'];

interface Entry {
  readonly file: string;
  readonly code: string;
}

function entries(stdout: string): Entry[] {
  return JSON.parse(stdout) as Entry[];
}

test('an older Node.js is refused by name', async (t) => {
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });`;
  const cwd = await folder(t, { 'sound.yaml': sound, 'older.cjs': older });
  assert.deepEqual(
    await elastic(['lint', 'sound.yaml'], {
      cwd,
      env: { NODE_OPTIONS: `--require=${join(cwd, 'older.cjs')}` },
    }),
    { code: 2, stdout: '', stderr: 'elastic needs Node.js 22 or newer, and this is 20.20.2.\n' },
  );
});

test('exit code 0 without findings, 0 with warnings only, 1 with errors', async (t) => {
  const cwd = await folder(t, { 'sound.yaml': sound, 'doubtful.yaml': doubtful, 'faulty.yaml': faulty });
  assert.deepEqual(await elastic(['lint', 'sound.yaml'], { cwd }), {
    code: 0,
    stdout: '1 file checked, nothing found.\n',
    stderr: '',
  });
  const warned = await elastic(['lint', 'doubtful.yaml'], { cwd });
  assert.equal(warned.code, 0);
  assert.match(warned.stdout, / warnings? .*in 1 file\./);
  assert.equal((await elastic(['lint', 'faulty.yaml'], { cwd })).code, 1);
});

test('the JSON form', async (t) => {
  const cwd = await folder(t, { 'k8s/web.yaml': `${sound}---\n${faulty}` });
  const { stdout, code } = await elastic(['lint', '--format', 'json', ...serverOnly, 'k8s'], { cwd });
  assert.equal(code, 1);
  const [entry, ...rest] = JSON.parse(stdout) as { message: unknown; fixes: unknown[] }[];
  assert.deepEqual(rest, []);
  const { message, fixes, ...others } = entry ?? {};
  assert.equal(typeof message, 'string');
  assert.deepEqual(fixes?.[0], {
    title: 'Change to 500Mi',
    preferred: false,
    edits: [{ line: 15, column: 27, endLine: 15, endColumn: 32, newText: '500Mi' }],
  });
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
    related: [],
  });
  const nothing = await elastic(['lint', '-f', 'json', '-'], { input: sound });
  assert.equal(nothing.stdout, '[]\n');
});

test('the text form shows each finding with its line, and sums up', async (t) => {
  const twice = faulty.replace('name: web }', 'name: web, name: web }').replace('500Mb', '500Mi');
  const cwd = await folder(t, { 'a.yaml': sound, 'b.yaml': faulty, 'c.yml': twice });
  const { stdout } = await elastic(['lint', ...serverOnly], { cwd });
  assert.deepEqual(stdout.replaceAll(/(?<=: error: ).*(?= \[)/g, '…').split('\n'), [
    'b.yaml:10:27: error: … [quantity-invalid]',
    ' 10 |         limits: { memory: 500Mb }',
    '    |                           ^^^^^',
    '',
    'c.yml:3:24: error: … [duplicate-key]',
    ' 3 | metadata: { name: web, name: web }',
    '   |                        ^^^^',
    '   = c.yml:3:13: name is first written here',
    '',
    '2 errors in 2 of 3 files.',
    '',
  ]);
});

test('carets stand under what is meant, however wide what is before it', async () => {
  const note = 'x'.repeat(5_000);
  const long = `metadata: { name: web, annotations: { note: "${note}" }, labels: { a: 工, a: b } }`;
  const input = faulty.replace('metadata: { name: web }', long).replace('500Mb', '500Mi');
  const { stdout } = await elastic(['lint', ...serverOnly, '-'], { input });
  const lines = stdout.split('\n');
  const at = lines.findIndex((line) => line.endsWith('[duplicate-key]'));
  const [line = '', carets = ''] = lines.slice(at + 1);
  assert.ok(line.length < 130, line);
  // One character less than columns: 工 takes two.
  assert.equal(carets.indexOf('^') - 1, line.lastIndexOf('a: b'));
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
  const { stdout } = await elastic(['lint', '-f', 'json', ...serverOnly, 'k8s'], { cwd });
  assert.deepEqual(
    entries(stdout).map(({ file }) => file),
    ['k8s/.hidden/three.yaml', 'k8s/deep/er/two.yml', 'k8s/one.yaml'],
  );
});

test('a folder that holds itself ends', async (t) => {
  const cwd = await folder(t, { 'k8s/one.yaml': faulty });
  await symlink(join(cwd, 'k8s'), join(cwd, 'k8s', 'again'));
  const { stdout, code } = await elastic(['lint', '-f', 'json', ...serverOnly, 'k8s'], { cwd });
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
  const { stdout } = await elastic(
    ['lint', '-f', 'json', ...serverOnly, '*/web.yaml', 'a', 'plain', 'b/[x].yaml'],
    { cwd },
  );
  assert.deepEqual(
    entries(stdout).map(({ file }) => file),
    ['a/web.yaml', 'b/web.yaml', 'plain', 'b/[x].yaml'],
  );
});

test('standard input, in the encodings YAML allows', async () => {
  const utf16 = Buffer.from(`\uFEFF${faulty}`, 'utf16le');
  for (const input of [faulty, `\uFEFF${faulty}`, utf16, utf16.swap16()]) {
    const { stdout, code } = await elastic(['lint', '--format=json', ...serverOnly, '-'], {
      input: Buffer.from(input),
    });
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
    [['lint', ''], /^One of the paths is empty: /],
    [['lint', '*.yaml', '!*.yaml'], /^Nothing is left to check: !\*\.yaml took every file away\.\n$/],
    [['lint', '!'], /^There is nothing behind !: /],
    [['lint', 'closed.yaml/web.yaml'], /^closed\.yaml\/web\.yaml does not exist\.\n$/],
    [['lint', 'a\nb.yaml'], /^a\\x0ab\.yaml does not exist\.\n$/],
    [['lint', '--stdin-filename', '', '-'], /^--stdin-filename needs a value\.\n$/],
    [['lint', '--rule', '=off'], /^--rule =off: write --rule code=severity/],
    [['lint', '--render', 'missing'], /^missing does not exist\.\n$/],
    [['lint', '--render', 'closed.yaml'], /^closed\.yaml is no kustomization\.yaml and no Chart\.yaml: /],
    [['lint', '--render', '.', '!docs'], /^--render takes whole folders: /],
    [['lint', '--list-rules', 'docs'], /^--list-rules checks nothing: leave out docs\.\n$/],
    [
      ['lint', '--explain', 'probe-invalid', '-f', 'sarif'],
      /^--explain prints text: leave out --format sarif\.\n$/,
    ],
    [['lint', '--rule', 'a'], /^--rule a: write --rule code=severity/],
    [['lint', '--rule', 'quantity-invalid=no'], /^There is no severity "no": choose error, /],
    [
      ['lint', '--rule', 'quantity-invlid=off'],
      /^There is no rule quantity-invlid: did you mean quantity-invalid\?\n$/,
    ],
    [['lint', '--preset', 'x'], /^There is no preset "x": choose server-only, recommended or strict\.\n$/],
    [['lint', '--schema-version', '1.3'], /^Kubernetes 1\.3 is not known here: choose 1\.\d+ to 1\.\d+\.\n$/],
    [['lint', '--max-warnings', '-1'], /^--max-warnings needs a value\.\n$/],
    [['lint', '--max-warnings=x'], /^--max-warnings takes a number, not "x"\.\n$/],
    [['lint', '--config', 'none.yaml'], /^none\.yaml does not exist\.\n$/],
    [['lint', '--dry-run'], /^--dry-run shows what --fix would do: add --fix\.\n$/],
    [['lint', '--values', 'x.yaml'], /add --render\.\n$/],
    [['lint', '--render', '--fix'], /leave out --fix or --render\.\n$/],
    [['lint', '--stdin-filename', 'x.yaml'], /add - to the paths\.\n$/],
    [['lint', '--explain', 'probe'], /^There is no rule probe: did you mean .*probe-invalid.*\?\n$/],
    [
      ['lint', '--format', 'xml', 'closed.yaml'],
      /^There is no format "xml": choose text, json, sarif or github\.\n$/,
    ],
    [['lint', '--fixx'], /^There is no option --fixx: did you mean --fix\?\n$/],
    [['lint', '--zzzzzz'], /^There is no option --zzzzzz: elastic lint --help lists what there is\.\n$/],
    [['lint', '-x'], /^There is no option -x: /],
    [['lint', '--fix=yes'], /^--fix takes no value\.\n$/],
    [['lint', '--format', '--fix'], /^--format needs a value\.\n$/],
    [['lint', '--format'], /^--format needs a value\.\n$/],
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
  const { stdout, stderr, code } = await elastic(
    ['lint', '-f', 'json', ...serverOnly, 'missing.yaml', 'web.yaml'],
    { cwd },
  );
  assert.equal(code, 2);
  assert.equal(stderr, 'missing.yaml does not exist.\n');
  assert.equal(entries(stdout).length, 1);
});

test('a file that cannot be read is named', async (t) => {
  const cwd = await folder(t, {});
  await symlink('round.yaml', join(cwd, 'round.yaml'));
  const { stdout, stderr, code } = await elastic(['lint', 'round.yaml'], { cwd });
  assert.deepEqual([code, stdout, stderr], [2, '', 'round.yaml is a link that leads to itself.\n']);
});

test('help and version', async () => {
  const help = await elastic(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /lint \[paths…\]/);
  assert.match((await elastic(['lint', '--help'])).stdout, /--preset NAME/);
  assert.equal((await elastic(['help', 'lint'])).stdout, (await elastic(['lint', '-h'])).stdout);
  assert.match((await elastic(['lsp', '--help'])).stdout, /--stdio/);
  assert.match((await elastic(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('the file of the command is enough by itself', async (t) => {
  const cwd = await folder(t, { 'web.yaml': faulty });
  await copyFile(entry, join(cwd, 'tool.cjs'));
  const run = promisify(execFile);
  await assert.rejects(
    run(process.execPath, ['tool.cjs', 'lint'], { cwd }),
    ({ stdout }: { stdout: string }) => {
      assert.match(stdout, /500Mb is not a quantity/);
      return true;
    },
  );
  const { stdout } = await run(process.execPath, ['tool.cjs', '--version'], { cwd });
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});
