import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { elastic, faulty, folder } from './elastic.ts';

const github = ['lint', '-f', 'github', '--preset', 'server-only'];

test('each finding is an annotation of its line, each problem one of the run', async (t) => {
  const cwd = await folder(t, { 'k8s/a,b: 100%.yaml': faulty });
  const { code, stdout } = await elastic([...github, 'k8s', 'gone.yaml'], {
    cwd,
    env: { GITHUB_WORKSPACE: undefined },
  });
  assert.equal(code, 2);
  assert.deepEqual(stdout.split('\n'), [
    '::error file=k8s/a%2Cb%3A 100%25.yaml,line=10,endLine=10,col=27,endColumn=32,title=quantity-invalid' +
      '::500Mb is not a quantity; did you mean 500Mi?',
    '::error title=elastic::gone.yaml does not exist.',
    '',
  ]);
});

test('files are named from the root of the repository; what they hold cannot end a command', async (t) => {
  const cwd = await folder(t, { 'k8s/web.yaml': faulty.replace('500Mb', '"5%\\r\\n::error::x"') });
  const { stdout } = await elastic([...github, 'web.yaml'], {
    cwd: join(cwd, 'k8s'),
    env: { GITHUB_WORKSPACE: cwd },
  });
  const [line = '', ...rest] = stdout.trim().split('\n');
  assert.deepEqual(rest, []);
  assert.match(line, /^::error file=k8s\/web\.yaml,line=10,.*::.*5%25%0D/);
});

test('places that explain a finding are named in its annotation', async (t) => {
  const cwd = await folder(t, { 'web.yaml': faulty.replace('500Mb', '32Mi') });
  const { stdout } = await elastic([...github, 'web.yaml'], { cwd });
  assert.match(
    stdout,
    /^::error file=web\.yaml,line=9,.*request-above-limit::.*%0Aweb\.yaml:10:27: The limit is here\n$/,
  );
});
