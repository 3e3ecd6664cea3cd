/** What several kubeconfigs come to, beside the real kubectl: a table of files, and what both say of them. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { ensureKube } from '../harness/kubernetes-build.ts';
import { run } from '../harness/processes.ts';
import { Clusters } from '../../src/cluster/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import { temporaryFolder } from './support.ts';

const kube = await ensureKube(() => undefined);
const folder = await temporaryFolder();
const home = join(folder, 'home');
await mkdir(join(home, '.kube'), { recursive: true });
await writeFile(join(home, '.kube/config'), 'contexts: [{name: home, context: {}}]');

/** What both can say of a list of files. */
interface Answer {
  /** Name, cluster, user, namespace, address of the server; sorted. */
  readonly contexts: readonly (readonly string[])[];
  readonly current: string | null;
}

interface Case {
  readonly files: readonly (string | Buffer | null)[];
  /** kubectl reads nothing then; we say what is wrong, and go on with the rest. */
  readonly refused?: true;
  /** kubectl takes an entry that nobody can name, or refuses a whole file for it: contexts that are left here. */
  readonly ours?: readonly string[];
}

const config = (name: string, server: string, more = ''): string => `apiVersion: v1
kind: Config
clusters: [{name: ${name}, cluster: {server: "${server}"}}]
users: [{name: ${name}, user: {token: t}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: shop}}]
${more}`;

const one = config('one', 'https://one');

const cases: Readonly<Record<string, Case>> = {
  'one file': { files: [one] },
  'the first file wins': {
    files: [
      config('a', 'https://1'),
      config('a', 'https://2', 'current-context: a').replace('shop', 'other'),
    ],
  },
  'an entry wins as a whole, not field by field': {
    files: [
      'clusters: [{name: a, cluster: {server: https://1}}]\ncontexts: [{name: a, context: {user: u}}]',
      'clusters: [{name: a, cluster: {tls-server-name: x}}]\ncontexts: [{name: a, context: {cluster: a, namespace: b}}]',
    ],
  },
  'a context of one file, its cluster of another': {
    files: [
      'contexts: [{name: c, context: {cluster: k}}]',
      'clusters: [{name: k, cluster: {server: https://k}}]',
    ],
  },
  'current-context of the first file that sets one': {
    files: [
      'current-context: ""\ncontexts: [{name: a}]',
      'current-context:',
      'current-context: a',
      'current-context: z',
    ],
  },
  'current-context that is nowhere': { files: ['current-context: gone\ncontexts: [{name: a}]'] },
  'files that are missing': { files: [null, one, null] },
  'nothing but missing files': { files: [null, null] },
  'empty files': { files: ['', '# only a comment\n', '  \n\n', '---\n', one] },
  'lists that are null': { files: ['contexts:\nclusters:\nusers:\n', one] },
  'CRLF line ends': { files: [one.replaceAll('\n', '\r\n')] },
  'a byte order mark': { files: [`\ufeff${one}`] },
  'UTF-16, as PowerShell writes it': { files: [Buffer.from(`\ufeff${one}`, 'utf16le')] },
  JSON: {
    files: [
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        contexts: [{ name: 'j', context: { cluster: 'k' } }],
      }),
    ],
  },
  'JSON over lines, with tabs': { files: [JSON.stringify({ contexts: [{ name: 'j' }] }, null, '\t')] },
  'comments everywhere': {
    files: ['# a\ncontexts: # b\n# c\n- name: x # d\n  # e\n  context: # f\n    namespace: n1 # g\n# h\n'],
  },
  'anchors and merge keys': {
    files: [
      'x-base: &b {cluster: k, user: u}\ncontexts:\n- name: c\n  context: *b\n- name: d\n  context:\n    <<: *b\n    namespace: other\n',
    ],
  },
  'merge keys of a list: the first wins': {
    files: [
      'a: &a {cluster: k}\nb: &b {user: u, cluster: z}\ncontexts: [{name: c, context: {<<: [*a, *b]}}]',
    ],
  },
  'tags and block scalars': {
    files: ['contexts:\n- name: !!str 123\n  context:\n    cluster: >-\n      folded\n      name\n'],
  },
  'several documents: only the first counts': { files: [`${one}---\n${config('two', 'https://two')}`] },
  'a second document that is broken': { files: [`${one}---\n{ broken`] },
  'a first document that is empty': { files: [`---\n---\n${one}`] },
  'a document that says it begins': { files: [`---\n${one}`] },
  'no apiVersion and no kind': { files: ['contexts: [{name: c, context: {cluster: k}}]'] },
  'fields nobody knows': { files: ['foo: 1\ncontexts: [{name: c, bar: 2, context: {cluster: k, baz: 3}}]'] },
  'keys in capitals': { files: ['Contexts: [{Name: c, context: {cluster: k}}]'] },
  'a key that is there twice: the last counts': {
    files: ['current-context: a\ncurrent-context: b\ncontexts: [{name: a}, {name: b}]'],
  },
  'a context without fields': { files: ['contexts: [{name: c, context: }, {name: d}]'] },
  'names with spaces, colons, slashes and other letters': {
    files: [
      'contexts: [{name: " a b "}, {name: "arn:aws:eks:eu:1:cluster/dev"}, {name: ä}, {name: "\\u4e2d"}, {name: "10"}, {name: A}]',
    ],
  },
  'a namespace that looks like a date': {
    files: ['contexts: [{name: c, context: {namespace: 2020-01-01}}]'],
  },
  'a list that is a mapping': { files: ['contexts: {a: b}', one], refused: true, ours: ['one'] },
  'a file that is a list': { files: ['- a', one], refused: true, ours: ['one'] },
  'a file that is a word': { files: ['hello', one], refused: true, ours: ['one'] },
  'a file that breaks off': {
    files: [`${one}\n{ broken`, config('two', 'https://two')],
    refused: true,
    ours: ['two'],
  },
  tabs: { files: ['contexts:\n\t- name: c', one], refused: true, ours: ['one'] },
  'another kind': {
    files: ['apiVersion: v1\nkind: Pod\nmetadata: {name: x}', one],
    refused: true,
    ours: ['one'],
  },
  'another version': { files: [one.replace('v1', 'v2')], refused: true, ours: [] },
  'text that is not UTF-8': {
    files: [Buffer.concat([Buffer.from('contexts: [{name: '), Buffer.from([0xe4]), Buffer.from('}]')])],
    refused: true,
    ours: [],
  },
  'a name that is there twice in one file': {
    files: ['contexts: [{name: c, context: {cluster: k}}, {name: c, context: {cluster: l}}]'],
    refused: true,
    ours: ['c'],
  },
  'an entry without a name': { files: ['contexts: [{context: {cluster: k}}, {name: d}]'], ours: ['d'] },
};

async function kubectl(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  return run(kube, ['kubectl', ...args], {
    env: { PATH: process.env.PATH, HOME: home, ...env },
    cwd: folder,
  });
}

async function ofKubectl(kubeconfig: string): Promise<Answer | 'refused'> {
  let text: string;
  try {
    text = await kubectl({ KUBECONFIG: kubeconfig }, ['config', 'view', '--merge', '-o', 'json']);
  } catch (error) {
    assert.match(String(error), /error loading config file/);
    return 'refused';
  }
  const view = JSON.parse(text) as {
    'current-context': string;
    contexts: { name: string; context: Record<string, string> }[] | null;
    clusters: { name: string; cluster: Record<string, string> }[] | null;
  };
  const server = (name: string | undefined): string =>
    view.clusters?.find((cluster) => cluster.name === name)?.cluster['server'] ?? '';
  return {
    current: view['current-context'] || null,
    contexts: (view.contexts ?? [])
      .map(({ name, context: { cluster = '', user = '', namespace = 'default' } }) => [
        name,
        cluster,
        user,
        namespace,
        server(cluster),
      ])
      .sort(byName),
  };
}

function byName([one = '']: readonly string[], [other = '']: readonly string[]): number {
  return one < other ? -1 : 1;
}

async function ofOurs(kubeconfig: string): Promise<Answer & { readonly problems: number }> {
  const env = { HOME: home, KUBECONFIG: kubeconfig };
  const clusters = new Clusters({ kubeconfigs: () => [], env, log: silentLog });
  try {
    const { contexts, current, problems } = await clusters.contexts();
    return {
      current,
      contexts: contexts
        .map(({ name, cluster, user, namespace, server }) => [name, cluster, user, namespace, server])
        .sort(byName),
      problems: problems.length,
    };
  } finally {
    clusters.dispose();
  }
}

describe('several files come to what kubectl makes of them', () => {
  for (const [index, [name, { files, refused, ours }]] of Object.entries(cases).entries()) {
    test(name, async () => {
      const paths = await Promise.all(
        files.map(async (content, position) => {
          const path = join(folder, `${index}-${position}`);
          if (content !== null) await writeFile(path, content);
          return path;
        }),
      );
      const kubeconfig = paths.join(delimiter);
      const [theirs, { problems, ...answer }] = await Promise.all([
        ofKubectl(kubeconfig),
        ofOurs(kubeconfig),
      ]);
      assert.equal(theirs === 'refused', refused === true, `kubectl: ${JSON.stringify(theirs)}`);
      if (ours === undefined) {
        assert.deepEqual(answer, theirs);
        assert.equal(problems, 0);
        return;
      }
      assert.deepEqual(
        answer.contexts.map(([context]) => context),
        ours,
      );
      assert.ok(problems > 0);
    });
  }
});

describe('$KUBECONFIG is read as kubectl reads it', () => {
  const first = join(folder, 'first');
  const second = join(folder, 'second');
  const lists: Readonly<Record<string, string>> = {
    'nothing: the home folder': '',
    'nothing but separators: no file at all': delimiter,
    'a space: a file of that name': ' ',
    'empty entries between files': `${delimiter}${first}${delimiter}${delimiter}${second}${delimiter}`,
    'the same file twice': [first, second, first].join(delimiter),
    'a tilde, which only shells know': '~/.kube/config',
    'the second before the first': [second, first].join(delimiter),
  };
  for (const [name, kubeconfig] of Object.entries(lists)) {
    test(name, async () => {
      await writeFile(first, config('a', 'https://first', 'current-context: a'));
      await writeFile(second, config('a', 'https://second', 'current-context: b'));
      const { problems, ...answer } = await ofOurs(kubeconfig);
      assert.deepEqual(answer, await ofKubectl(kubeconfig));
      assert.equal(problems, 0);
    });
  }

  test('a relative path belongs to the working folder', async () => {
    await writeFile(first, config('a', 'https://first'));
    const path = relative(process.cwd(), first);
    const { problems: _, ...answer } = await ofOurs(path);
    assert.deepEqual(answer, await ofKubectl(relative(folder, first)));
  });
});
