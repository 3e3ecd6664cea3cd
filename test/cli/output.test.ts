import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { elastic, entry, faulty, folder } from './elastic.ts';

/** Advice would only lengthen what is printed. */
const quantities = ['--preset', 'server-only'];

/** More findings than a call takes arguments. */
const count = 150_000;
const many = Array.from({ length: count / 50 }, () => {
  const amounts = Array.from({ length: 50 }, (_, index) => `r.io/${index}: 5x`);
  return `${faulty.replace('memory: 500Mb', amounts.join(', '))}---\n`;
}).join('');

test('everything is printed, however much and however slowly it is read', async (t) => {
  const cwd = await folder(t, { 'many.yaml': many });
  const child = spawn(process.execPath, [entry, 'lint', '-f', 'json', ...quantities, 'many.yaml'], {
    cwd,
    stdio: 'pipe',
  });
  t.after(() => child.kill());
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let stdout = '';
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout) {
    stdout += chunk as string;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assert.equal(await exited, 1);
  assert.equal((JSON.parse(stdout) as unknown[]).length, count);
});

test('a reader that closes the pipe is no fault', async (t) => {
  const cwd = await folder(t, { 'many.yaml': many });
  const child = spawn(process.execPath, [entry, 'lint', 'many.yaml'], { cwd, stdio: 'pipe' });
  t.after(() => child.kill());
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(stderr, '');
  assert.equal(code, 1);
});

test('colours are for terminals and whoever forces them, and for nobody who asked for none', async (t) => {
  const cwd = await folder(t, { 'web.yaml': faulty });
  const piped = await elastic(['lint', 'web.yaml'], { cwd, env: { FORCE_COLOR: undefined } });
  assert.ok(!piped.stdout.includes('\u001b'));
  const forced = await elastic(['lint', 'web.yaml'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
  assert.match(forced.stdout, /\u001b\[31merror:\u001b/);
  const terminal = await inTerminal(['lint', 'web.yaml'], cwd, {});
  assert.match(terminal, /\u001b\[31merror:\u001b/);
  const plain = await inTerminal(['lint', 'web.yaml'], cwd, { NO_COLOR: '1' });
  assert.match(plain, /error/);
  assert.ok(!plain.includes('\u001b'));
});

test('help and pages fit into 80 columns, and the list of rules does on a terminal of 80', async (t) => {
  const longest = (text: string): number =>
    Math.max(...text.split(/\r?\n/).map((line) => line.replace(/\u001b\[\d+m/g, '').length));
  for (const args of [
    ['--help'],
    ['lint', '--help'],
    ['lsp', '--help'],
    ['lint', '--explain', 'probe-invalid'],
  ])
    assert.ok(longest((await elastic(args)).stdout) <= 80, args.join(' '));
  const cwd = await folder(t, {});
  const listed = await inTerminal(['lint', '--list-rules'], cwd, {}, 80);
  assert.ok(longest(listed) <= 80);
  const piped = await elastic(['lint', '--list-rules'], { cwd });
  assert.ok(
    piped.stdout.split('\n').every((line) => line === '' || /^[a-z]/.test(line)),
    'a line each',
  );
});

/** Runs the command on a pseudo-terminal, by `script` of util-linux. */
function inTerminal(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  columns = 120,
): Promise<string> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const command = [process.execPath, entry, ...args].map((part) => `'${part}'`).join(' ');
  const sized = `stty cols ${columns}; ${command}`;
  const child = spawn('script', ['-qec', sized, '/dev/null'], { cwd, env: { ...inherited, ...env } });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}
