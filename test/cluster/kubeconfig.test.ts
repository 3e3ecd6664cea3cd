import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Clusters, type ContextList } from '../../src/cluster/index.ts';
import { kubeconfigFiles } from '../../src/cluster/kubeconfig/files.ts';
import { parseKubeconfig } from '../../src/cluster/kubeconfig/parse.ts';
import { formatMessage } from '../../src/core/finding.ts';
import { silentLog } from '../../src/platform/log.ts';
import { clustersOf, failureOf, temporaryFolder, until } from './support.ts';

const config = (name: string, server: string, extra = ''): string => `
apiVersion: v1
kind: Config
clusters: [{name: ${name}, cluster: {server: "${server}"}}]
users: [{name: ${name}, user: {token: t}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: shop}}]
${extra}`;

const folder = await temporaryFolder();

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

describe('which files are read', () => {
  test('the setting comes before KUBECONFIG, KUBECONFIG before the home folder', () => {
    const env = { HOME: '/home/ann', KUBECONFIG: '/a:/b::/a' };
    assert.deepEqual(kubeconfigFiles(['~/mine', '/other'], env), ['/home/ann/mine', '/other']);
    assert.deepEqual(kubeconfigFiles([], env), ['/a', '/b']);
    assert.deepEqual(kubeconfigFiles([], { HOME: '/home/ann', KUBECONFIG: '' }), ['/home/ann/.kube/config']);
  });
});

describe('merging as kubectl does', () => {
  test('the first file wins entry by entry, a missing file is skipped, a duplicate is no error', async () => {
    const first = await file('m/1', config('dev', 'https://first'));
    const second = await file('m/2', config('dev', 'https://second', 'current-context: prod'));
    const third = await file('m/3', config('prod', 'https://prod', 'current-context: dev'));
    const list = await clustersOf([first, join(folder, 'missing'), second, third]).contexts();
    assert.deepEqual(list.problems, []);
    assert.equal(list.current, 'prod');
    assert.deepEqual(
      list.contexts.map(({ name, server, file: from }) => [name, server, from]),
      [
        ['dev', 'https://first', first],
        ['prod', 'https://prod', third],
      ],
    );
    assert.equal(list.contexts[0]?.namespace, 'shop');
  });

  test('a context may name a cluster of another file', async () => {
    const contexts = await file('x/1', 'contexts: [{name: c, context: {cluster: k, user: u}}]');
    const others = await file(
      'x/2',
      'clusters: [{name: k, cluster: {server: https://k}}]\nusers: [{name: u}]',
    );
    const [info] = (await clustersOf([contexts, others]).contexts()).contexts;
    assert.deepEqual([info?.server, info?.namespace, info?.file], ['https://k', 'default', contexts]);
  });

  test('a broken file is a problem, the others still work', async () => {
    const broken = await file('b/1', 'clusters: [{');
    const list = await file('b/2', '- just\n- a list');
    const good = await file('b/3', config('dev', 'https://dev'));
    const folderAsFile = join(folder, 'b');
    const read = await clustersOf([broken, list, folderAsFile, good]).contexts();
    assert.deepEqual(
      read.contexts.map(({ name }) => name),
      ['dev'],
    );
    assert.deepEqual(
      new Set(read.problems.map((problem) => problem.file)),
      new Set([broken, list, folderAsFile]),
    );
    for (const problem of read.problems) {
      assert.match(formatMessage(problem.message), new RegExp(problem.file));
    }
  });

  test('a file whose end is broken counts for nothing, as for kubectl', async () => {
    const { problems, contexts } = parseKubeconfig(`${config('dev', 'https://dev')}\n{ broken`, '/file');
    assert.equal(contexts.size, 0);
    assert.match(formatMessage(problems[0] ?? assert.fail('no problem')), /not valid YAML: .* at line \d+/);
  });

  test('an entry of a wrong shape is a problem of its own', async () => {
    const path = await file(
      'w/1',
      `${config('dev', 'https://dev')}\n`.replace('users: [', 'users: [{user: {}}, '),
    );
    const { contexts, problems } = await clustersOf([path]).contexts();
    assert.deepEqual(
      contexts.map(({ name }) => name),
      ['dev'],
    );
    assert.deepEqual(
      problems.map(({ message }) => message.args.slice(1)),
      [['users', 0]],
    );
  });

  test('an empty file is an empty kubeconfig', () => {
    assert.deepEqual(parseKubeconfig('', '/k').problems, []);
    assert.deepEqual(parseKubeconfig('# nothing\n', '/k').problems, []);
  });
});

test('relative paths and commands belong to the folder of their file, bare commands to PATH', () => {
  const { clusters, users } = parseKubeconfig(
    `
clusters: [{name: c, cluster: {server: https://c, certificate-authority: pki/ca.crt}}]
users:
- {name: files, user: {client-certificate: me.crt, client-key: /abs/me.key, tokenFile: ../token}}
- {name: relative, user: {exec: {command: ./bin/login, args: [a]}}}
- {name: bare, user: {exec: {command: aws}}}
- {name: digits, user: {token: 12345}}
`,
    '/home/ann/.kube/config',
  );
  assert.equal(clusters.get('c')?.caFile, '/home/ann/.kube/pki/ca.crt');
  const { certFile, keyFile, tokenFile } = users.get('files') ?? {};
  assert.deepEqual(
    [certFile, keyFile, tokenFile],
    ['/home/ann/.kube/me.crt', '/abs/me.key', '/home/ann/token'],
  );
  assert.equal(users.get('relative')?.exec?.command, '/home/ann/.kube/bin/login');
  assert.equal(users.get('bare')?.exec?.command, 'aws');
  assert.equal(users.get('digits')?.token, '12345');
});

describe('a session that cannot be', () => {
  test('of an unknown context', async () => {
    const path = await file('s/1', config('dev', 'https://dev'));
    const error = await failureOf(clustersOf([path]).session('nope'));
    assert.equal(error.code, 'kubeconfigMissing');
    assert.match(error.message, /nope/);
  });

  test('where there is no kubeconfig: the files looked for are named', async () => {
    const missing = join(folder, 'no-such-config');
    const error = await failureOf(clustersOf([missing]).session('dev'));
    assert.equal(error.code, 'kubeconfigMissing');
    assert.match(error.message, /There is no kubeconfig.*no-such-config/);
  });

  test('of a context without its cluster or user', async () => {
    const path = await file(
      's/2',
      `
clusters: [{name: k, cluster: {server: https://k}}]
contexts:
- {name: no-cluster, context: {cluster: gone, user: u}}
- {name: no-user, context: {cluster: k, user: gone}}`,
    );
    for (const context of ['no-cluster', 'no-user']) {
      const error = await failureOf(clustersOf([path]).session(context));
      assert.equal(error.code, 'kubeconfigInvalid');
      assert.match(error.message, /gone/);
    }
  });

  test('of an address that is none', async () => {
    const path = await file('s/3', config('dev', 'ftp://dev'));
    const session = await clustersOf([path]).session('dev');
    assert.equal((await failureOf(session.request('/version'))).code, 'kubeconfigInvalid');
  });

  test('with certificate files that are missing', async () => {
    const path = await file(
      's/4',
      config('dev', 'https://127.0.0.1:1').replace('server:', 'certificate-authority: nope.crt, server:'),
    );
    const error = await failureOf((await clustersOf([path]).session('dev')).request('/version'));
    assert.equal(error.code, 'kubeconfigInvalid');
    assert.match(error.message, /nope\.crt/);
  });
});

describe('changes of the files', () => {
  /** The lists heard of, newest last. */
  function heard(clusters: Clusters): ContextList[] {
    const lists: ContextList[] = [];
    clusters.onDidChangeContexts((list) => lists.push(list));
    return lists;
  }
  const names = (list: ContextList | undefined): string[] => list?.contexts.map(({ name }) => name) ?? [];

  test('a file that appears later, in a folder that appears later', async () => {
    const path = join(folder, 'later/deep/config');
    const clusters = clustersOf([path]);
    assert.deepEqual(names(await clusters.contexts()), []);
    const lists = heard(clusters);
    await file('later/deep/config', config('new', 'https://new'));
    await until('the new context', () => names(lists.at(-1)).includes('new'));
  });

  test('a file replaced by rename, then removed', async () => {
    const path = await file('r/config', config('one', 'https://one'));
    const clusters = clustersOf([path]);
    await clusters.contexts();
    const lists = heard(clusters);
    await rename(await file('r/config.new', config('two', 'https://two')), path);
    await until('the second context', () => names(lists.at(-1)).includes('two'));
    await rm(path);
    await until('the end of it', () => lists.length > 1 && names(lists.at(-1)).length === 0);
  });

  test('a file that goes, and comes back', async () => {
    const path = await file('back/config', config('one', 'https://one'));
    const clusters = clustersOf([path]);
    await clusters.contexts();
    const lists = heard(clusters);
    await rm(join(folder, 'back'), { recursive: true });
    await until('the end of it', () => lists.length > 0 && names(lists.at(-1)).length === 0);
    await file('back/config', config('two', 'https://two'));
    await until('its return', () => names(lists.at(-1)).includes('two'));
    await writeFile(path, config('three', 'https://three'));
    await until('a change after it', () => names(lists.at(-1)).includes('three'));
  });

  test('a link that is turned to another file, and the file behind a link', async () => {
    const one = await file('targets/a/one', config('one', 'https://one'));
    const two = await file('targets/b/two', config('two', 'https://two'));
    const link = join(folder, 'link');
    await symlink(one, link);
    const clusters = clustersOf([link]);
    assert.deepEqual(names(await clusters.contexts()), ['one']);
    const lists = heard(clusters);
    // As cloud tools do: a new link, renamed over the old one.
    await symlink(two, `${link}.new`);
    await rename(`${link}.new`, link);
    await until('the other file', () => names(lists.at(-1)).includes('two'));
    await writeFile(two, config('three', 'https://three'));
    await until('a change behind the link', () => names(lists.at(-1)).includes('three'));
    await rename(await file('targets/b/two.new', config('four', 'https://four')), two);
    await until('a new file behind the link', () => names(lists.at(-1)).includes('four'));
  });

  test('a folder that is a link, turned as Kubernetes turns mounted secrets', async () => {
    await file('mount/v1/config', config('one', 'https://one'));
    await file('mount/v2/config', config('two', 'https://two'));
    await symlink('v1', join(folder, 'mount/..data'));
    await symlink('..data/config', join(folder, 'mount/config'));
    const clusters = clustersOf([join(folder, 'mount/config')]);
    assert.deepEqual(names(await clusters.contexts()), ['one']);
    const lists = heard(clusters);
    await symlink('v2', join(folder, 'mount/..data_tmp'));
    await rename(join(folder, 'mount/..data_tmp'), join(folder, 'mount/..data'));
    await until('the other folder', () => names(lists.at(-1)).includes('two'));
  });

  test('several writes are one change, and one that changes nothing is none', async () => {
    const path = await file('d/config', config('one', 'https://one'));
    const clusters = clustersOf([path]);
    await clusters.contexts();
    const lists = heard(clusters);
    for (const name of ['two', 'three', 'four']) await writeFile(path, config(name, `https://${name}`));
    await until('the last context', () => names(lists.at(-1)).includes('four'));
    assert.equal(lists.length, 1);
    await writeFile(path, config('four', 'https://four'));
    await clusters.reload();
    assert.equal(lists.length, 1);
  });

  test('nobody hears after dispose, and nothing keeps the process alive', async () => {
    const path = await file('e/config', config('one', 'https://one'));
    const clusters = new Clusters({ kubeconfigs: () => [path], env: {}, log: silentLog });
    await clusters.contexts();
    const lists = heard(clusters);
    clusters.dispose();
    await writeFile(path, config('two', 'https://two'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual(lists, []);
  });
});

test('a session is known while it is open, and by nobody opened before it is asked for', async () => {
  const clusters = clustersOf([await file('session', config('test', 'https://127.0.0.1:9'))]);
  const heard: string[] = [];
  clusters.onDidChangeSessions((context) => heard.push(context));
  await clusters.contexts();
  assert.equal(clusters.opened('test'), null);
  const session = await clusters.session('test');
  assert.equal(clusters.opened('test'), session);
  await clusters.session('test');
  clusters.close('test');
  clusters.close('test');
  assert.equal(clusters.opened('test'), null);
  assert.deepEqual(heard, ['test', 'test']);
});

test('a session outlives its file being broken for a while, and not its context being taken out', async () => {
  const text = config('test', 'https://127.0.0.1:9');
  const path = await file('edited', text);
  const clusters = clustersOf([path]);
  const session = await clusters.session('test');
  await writeFile(path, `${text}{ broken`);
  assert.deepEqual((await clusters.reload()).contexts, []);
  await writeFile(path, text);
  await clusters.reload();
  assert.equal(clusters.opened('test'), session);
  assert.equal(session.closed.aborted, false);
  await writeFile(path, config('other', 'https://127.0.0.1:9'));
  await clusters.reload();
  assert.equal(clusters.opened('test'), null);
});
