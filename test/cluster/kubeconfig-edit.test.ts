/** Changes of one value in kubeconfig files, byte by byte; what comes out is read by the real kubectl. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { ensureKube } from '../harness/kubernetes-build.ts';
import { run } from '../harness/processes.ts';
import { keepingCurrentContext } from '../../src/cluster/kubeconfig/current.ts';
import { type Edit, withCurrentContext, withNamespace } from '../../src/cluster/kubeconfig/edit.ts';
import { editKubeconfig } from '../../src/cluster/kubeconfig/write.ts';
import { clustersOf, failureOf, temporaryFolder, until } from './support.ts';

const kube = await ensureKube(() => undefined);
const folder = await temporaryFolder();
let files = 0;

async function file(text: string | Buffer): Promise<string> {
  files += 1;
  const path = join(folder, String(files), 'config');
  await mkdir(dirname(path));
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

async function kubectl(kubeconfig: string, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: kubeconfig };
  return (await run(kube, ['kubectl', 'config', ...args], { env })).trim();
}

/** `«…»` marks what is there afterwards and was not before; `‹…›` what was there and is gone. */
function before(marked: string): string {
  return marked.replace(/«[^»]*»/gs, '').replace(/[‹›]/g, '');
}

function after(marked: string): string {
  return marked.replace(/‹[^›]*›/gs, '').replace(/[«»]/g, '');
}

const kubectlMade = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: QUJD
    server: https://1.2.3.4:6443
  name: kind-dev
contexts:
- context:
    cluster: kind-dev
«    namespace: shop
»    user: kind-dev
  name: kind-dev
current-context: kind-dev
kind: Config
preferences: {}
users:
- name: kind-dev
  user:
    client-certificate-data: QUJD
`;

const namespaces: Readonly<Record<string, string>> = {
  'as kubectl writes it, where none was': kubectlMade,
  'one that is there':
    'contexts:\n- name: kind-dev\n  context:\n    namespace: ‹default›«shop» # mine\n    cluster: k\n',
  'double quotes stay': 'contexts: [{name: kind-dev, context: {namespace: ‹"a"›«"shop"», cluster: k}}]',
  'single quotes stay': "contexts: [{name: kind-dev, context: {namespace: ‹'a'›«'shop'»}}]",
  'a value that is empty': 'contexts:\n- name: kind-dev\n  context:\n    namespace:« shop»\n    user: u\n',
  'an empty value in braces': 'contexts: [{name: kind-dev, context: {namespace:« shop», user: u}}]',
  'in braces': 'contexts: [{name: kind-dev, context: {cluster: k, user: u«, namespace: shop»}}]',
  'in empty braces': 'contexts:\n- context: {« namespace: shop »}\n  name: kind-dev\n',
  'no context at all': 'contexts:\n- name: other\n- «context: { namespace: shop }\n  »name: kind-dev\n',
  'a context without a value': 'contexts:\n- name: kind-dev\n  context:« { namespace: shop }»\n- name: b\n',
  'CRLF stays CRLF':
    'contexts:\r\n- name: kind-dev\r\n  context:\r\n    cluster: k\r\n«    namespace: shop\r\n»    user: u\r\n',
  'JSON on one line':
    '{"contexts":[{"name":"kind-dev","context":{"cluster":"k"«, "namespace":"shop"»}}]}'.replace(
      '"namespace":"shop"',
      '"namespace": "shop"',
    ),
  'JSON over lines':
    '{\n\t"contexts": [\n\t\t{\n\t\t\t"name": "kind-dev",\n\t\t\t"context": {\n\t\t\t\t"cluster": "k"«,\n\t\t\t\t"namespace": "shop"»\n\t\t\t}\n\t\t}\n\t]\n}\n',
  'another context of the same fields is left alone':
    'contexts:\n- name: a\n  context: {namespace: x}\n- name: kind-dev\n  context: {namespace: ‹x›«shop»}\n- name: b\n  context: {namespace: x}\n',
  'what an anchor brings is overruled here alone':
    'base: &base {cluster: k, namespace: x}\ncontexts:\n- name: a\n  context: *base\n- name: kind-dev\n  context:\n    <<: *base # all\n«    namespace: shop\n»- name: b\n',
  'an alias gives way':
    'ns: &ns x\ncontexts:\n- name: a\n  context: {namespace: *ns}\n- name: kind-dev\n  context: {namespace: ‹*ns›«shop»}\n',
  'never between a comment and what it is about':
    'contexts:\n- name: kind-dev\n  context:\n    # the cluster\n    cluster: k\n    # the person\n«»    user: u\n    «namespace: shop\n    »extensions: []\n',
  'a byte order mark, comments, odd spacing, unknown fields':
    '\ufeff# mine\ncontexts:   # all\n\n-   name:   kind-dev   # dev\n    color: red\n    context:\n           cluster:   k\n«           namespace: shop\n»           user:   u  # me\n\n# end',
  'without a line end at the end':
    'contexts:\n- name: kind-dev\n  context:\n    cluster: k\n    namespace: ‹a›«shop»',
  'a key that is there twice: the last one counts':
    'contexts: [{name: kind-dev, context: {namespace: a, namespace: ‹b›«shop»}}]',
  'a second document stays as it is':
    '---\ncontexts:\n- name: kind-dev\n  context:\n    namespace: ‹a›«shop»\n---\ncontexts:\n- name: kind-dev\n  context: {namespace: z}\n',
};

const contexts: Readonly<Record<string, string>> = {
  'as kubectl writes it':
    'apiVersion: v1\ncontexts:\n- name: kind-dev\ncurrent-context: ‹other›«kind-dev»\nkind: Config\n',
  'in quotes': 'current-context: ‹""›«"kind-dev"»\ncontexts: [{name: kind-dev}]\n',
  'with nothing behind it': '# first\ncurrent-context:« kind-dev» # none\ncontexts: [{name: kind-dev}]\n',
  'nothing behind it at the end': 'contexts: [{name: kind-dev}]\ncurrent-context:« kind-dev»',
  'not there yet':
    'apiVersion: v1\ncontexts: [{name: kind-dev}]\n«current-context: kind-dev\n»kind: Config\n',
  'not there yet, under a comment':
    '# all of mine\n\ncontexts: [{name: kind-dev}]\n«current-context: kind-dev\n»users: []\n',
  'in JSON': '{"contexts":[{"name":"kind-dev"}],"current-context":‹"other"›«"kind-dev"»}',
  'in JSON, not there yet': '{"contexts":[{"name":"kind-dev"}]«, "current-context": "kind-dev"»}',
  CRLF: 'contexts: [{name: kind-dev}]\r\ncurrent-context: ‹a›«kind-dev»\r\nkind: Config\r\n',
  'the same as before': 'contexts: [{name: kind-dev}]\ncurrent-context: kind-dev\n',
};

function textOf(edit: Edit): string {
  assert.ok(edit.ok, JSON.stringify(edit));
  return edit.text;
}

describe('another namespace', () => {
  for (const [name, marked] of Object.entries(namespaces)) {
    test(name, async () => {
      const text = textOf(withNamespace(before(marked), 'kind-dev', 'shop'));
      assert.equal(text, after(marked));
      const path = await file(text);
      const view = JSON.parse(await kubectl(path, 'view', '-o', 'json')) as {
        contexts: { name: string; context: { namespace?: string } }[];
      };
      assert.equal(view.contexts.find((context) => context.name === 'kind-dev')?.context.namespace, 'shop');
    });
  }

  test('a name that YAML would take for something else is quoted', async () => {
    for (const namespace of ['on', '123', 'y', 'null', '1e3', '0x1']) {
      const path = await file(textOf(withNamespace(before(kubectlMade), 'kind-dev', namespace)));
      const minified = ['view', '--context=kind-dev', '--minify', '-o', 'jsonpath={..namespace}'];
      assert.equal(await kubectl(path, ...minified), namespace);
    }
  });

  const refused: Readonly<Record<string, [text: string, why: string]>> = {
    'a context that is not there': ['contexts: [{name: a}]', 'missing'],
    'an empty file': ['', 'missing'],
    'a file that is broken': ['contexts: [{name: kind-dev', 'broken'],
    'a context that stands behind an anchor': [
      'b: &b {cluster: k}\ncontexts: [{name: kind-dev, context: *b}]',
      'entangled',
    ],
    'a context others refer to': [
      'contexts:\n- name: kind-dev\n  context: &c {cluster: k}\n- name: b\n  context: *c\n',
      'entangled',
    ],
    'a value others refer to': [
      'contexts:\n- name: kind-dev\n  context: {namespace: &n a}\n- name: b\n  context: {namespace: *n}\n',
      'entangled',
    ],
    'a value of many lines': [
      'contexts:\n- name: kind-dev\n  context:\n    namespace: >-\n      a\n',
      'entangled',
    ],
    'a value that is no text': ['contexts: [{name: kind-dev, context: {namespace: [a]}}]', 'entangled'],
    'a context that is a list': ['contexts: [{name: kind-dev, context: [a]}]', 'entangled'],
    'a key that kubectl reads from the anchor behind it': [
      'b: &b {namespace: c}\ncontexts:\n- name: kind-dev\n  context:\n    namespace: a\n    <<: *b\n',
      'entangled',
    ],
  };
  for (const [name, [text, why]] of Object.entries(refused)) {
    test(`refused: ${name}`, () => {
      assert.deepEqual(withNamespace(text, 'kind-dev', 'shop'), { ok: false, why });
    });
  }
});

describe('another current context', () => {
  for (const [name, marked] of Object.entries(contexts)) {
    test(name, async () => {
      const text = textOf(withCurrentContext(before(marked), 'kind-dev'));
      assert.equal(text, after(marked));
      assert.equal(await kubectl(await file(text), 'current-context'), 'kind-dev');
    });
  }

  test('odd names come back as they are', async () => {
    for (const name of [
      'arn:aws:eks:eu-west-1:123:cluster/dev',
      'a b',
      "it's",
      '"',
      '中',
      '#x',
      '- x',
      'ü:',
    ]) {
      const text = `contexts: [{name: ${JSON.stringify(name)}}]\nkind: Config\n`;
      for (const given of [text, `current-context: 'x'\n${text}`, `current-context: x\n${text}`]) {
        const path = await file(textOf(withCurrentContext(given, name)));
        assert.equal(await kubectl(path, 'current-context'), name);
      }
    }
  });
});

describe('the file', () => {
  const text = before(kubectlMade);
  const toShop = (old: string): Edit => withNamespace(old, 'kind-dev', 'shop');

  test('keeps its mode and owner, and leaves nothing beside it', async () => {
    for (const mode of [0o600, 0o640]) {
      const path = await file(text);
      await chmod(path, mode);
      if (process.getuid?.() === 0) await chown(path, 65534, 65534);
      const { uid, gid } = await stat(path);
      await editKubeconfig(path, 'kind-dev', toShop);
      const now = await stat(path);
      assert.deepEqual([now.mode & 0o777, now.uid, now.gid], [mode, uid, gid]);
      assert.deepEqual(await readdir(dirname(path)), ['config']);
      assert.equal(await readFile(path, 'utf8'), after(kubectlMade));
    }
  });

  test('behind a symbolic link is the one that changes', async () => {
    const target = await file(text);
    const link = join(folder, 'link');
    await symlink(target, link);
    await editKubeconfig(link, 'kind-dev', toShop);
    assert.ok((await lstat(link)).isSymbolicLink());
    assert.equal(await readlink(link), target);
    assert.equal(await readFile(target, 'utf8'), after(kubectlMade));
  });

  test('stays as it is while another program holds its lock, which kubectl takes too', async () => {
    const path = await file(text);
    await writeFile(`${path}.lock`, '');
    await assert.rejects(kubectl(path, 'set-context', 'kind-dev', '--namespace=shop'), /\.lock/);
    const error = await failureOf(editKubeconfig(path, 'kind-dev', toShop));
    assert.equal(error.code, 'conflict');
    assert.match(error.message, /being changed by another program.*config\.lock/);
    assert.equal(await readFile(path, 'utf8'), text);
    assert.deepEqual((await readdir(dirname(path))).sort(), ['config', 'config.lock']);
  });

  test('is changed once a lock goes away', async () => {
    const path = await file(text);
    await writeFile(`${path}.lock`, '');
    const work = editKubeconfig(path, 'kind-dev', toShop);
    await rm(`${path}.lock`);
    await work;
    assert.equal(await readFile(path, 'utf8'), after(kubectlMade));
  });

  test('that another program writes at the same moment is its own', async () => {
    const path = await file(text);
    const error = await failureOf(
      editKubeconfig(path, 'kind-dev', (old) => {
        rewriteNow(path, '# theirs\n');
        return toShop(old);
      }),
    );
    assert.equal(error.code, 'conflict');
    assert.equal(await readFile(path, 'utf8'), '# theirs\n');
    assert.deepEqual(await readdir(dirname(path)), ['config']);
  });

  test('that may not be written is said so', async () => {
    const path = await file(text);
    await chmod(path, 0o444);
    await chmod(dirname(path), 0o555);
    const error = await asNobody(() => failureOf(editKubeconfig(path, 'kind-dev', toShop)));
    assert.match(error.message, /cannot be written: permission denied/);
    await chmod(dirname(path), 0o777);
    assert.match(
      (await asNobody(() => failureOf(editKubeconfig(path, 'kind-dev', toShop)))).message,
      /permission denied/,
    );
    assert.equal(await readFile(path, 'utf8'), text);
    assert.deepEqual(await readdir(dirname(path)), ['config']);
  });

  test('that is no UTF-8 is left alone', async () => {
    const path = await file(Buffer.from(`\ufeff${text}`, 'utf16le'));
    assert.match((await failureOf(editKubeconfig(path, 'kind-dev', toShop))).message, /not UTF-8/);
  });
});

describe('which file is written', () => {
  const of = (name: string, more = ''): string =>
    `contexts: [{name: ${name}, context: {cluster: ${name}}}]\n${more}`;

  test('for the current context the one that kubectl writes', async () => {
    const sets = [
      [of('a'), of('b', 'current-context: a\n')],
      [of('a', 'current-context: a\n'), of('b')],
      [null, of('a'), of('b', 'current-context: b\n')],
      ['', of('b')],
    ];
    for (const set of sets) {
      const [ours, theirs] = await Promise.all([1, 2].map(() => written(set)));
      assert.ok(ours && theirs);
      const clusters = clustersOf([], { HOME: folder, KUBECONFIG: ours.join(delimiter) });
      await clusters.useContext('b');
      await kubectl(theirs.join(delimiter), 'use-context', 'b');
      assert.equal((await clusters.contexts()).current, 'b');
      assert.deepEqual(await changed(ours, set), await changed(theirs, set));
      assert.equal(await kubectl(ours.join(delimiter), 'current-context'), 'b');
    }
  });

  test('for a context of files that kubectl does not read, its own', async () => {
    const [first = '', second = ''] = await written([of('a'), of('b')]);
    const clusters = clustersOf([first, second], { HOME: folder });
    assert.equal(await clusters.useContext('b'), second);
    assert.equal(await readFile(first, 'utf8'), of('a'));
    assert.equal((await clusters.contexts()).current, 'b');
  });

  test('for a namespace the one that defines the context', async () => {
    const [first = '', second = '', third = ''] = await written([of('a'), of('b'), of('b')]);
    const clusters = clustersOf([first, second, third]);
    const b = (await clusters.contexts()).contexts.find(({ name }) => name === 'b');
    assert.ok(b);
    assert.equal(await clusters.setNamespace(b, 'shop'), second);
    assert.equal(
      await readFile(second, 'utf8'),
      'contexts: [{name: b, context: {cluster: b, namespace: shop}}]\n',
    );
    assert.equal(await readFile(third, 'utf8'), of('b'));
    const { contexts: now } = await clusters.contexts();
    assert.deepEqual(
      now.map(({ namespace }) => namespace),
      ['default', 'shop'],
    );
  });

  test('none, when the context says something else by now', async () => {
    const [path = ''] = await written([of('a')]);
    const clusters = clustersOf([path]);
    const [seen] = (await clusters.contexts()).contexts;
    assert.ok(seen);
    const other = 'contexts: [{name: a, context: {cluster: other}}]\n';
    await writeFile(path, other);
    const error = await failureOf(clusters.setNamespace(seen, 'shop'));
    assert.equal(error.code, 'conflict');
    assert.equal(await readFile(path, 'utf8'), other);
    await writeFile(path, 'contexts: []\n');
    assert.match((await failureOf(clusters.setNamespace(seen, 'shop'))).message, /does not hold the context/);
  });
});

test('programs that run at the same time leave the current context as it was before any of them', async () => {
  const path = await file(`current-context: mine\n`);
  const uses = (name: string) => (): Promise<void> =>
    editKubeconfig(path, name, (text) => withCurrentContext(text, name));
  const first = Promise.withResolvers<void>();
  const one = keepingCurrentContext(path, () => uses('one')().then(() => first.promise));
  await until('the first program', async () => (await readFile(path, 'utf8')).includes('one'));
  const other = keepingCurrentContext(path, uses('other'));
  await other;
  first.resolve();
  await one;
  assert.equal(await readFile(path, 'utf8'), 'current-context: mine\n');
});

/** Before anybody else can act: another program in the middle of an edit. */
function rewriteNow(path: string, text: string): void {
  writeFileSync(path, text);
}

/** Files of one set in a folder of their own; null is one that is missing. */
async function written(set: readonly (string | null)[]): Promise<string[]> {
  files += 1;
  const own = join(folder, String(files));
  await mkdir(own);
  return Promise.all(
    set.map(async (text, index) => {
      const path = join(own, String(index));
      if (text !== null) await writeFile(path, text, { mode: 0o600 });
      return path;
    }),
  );
}

/** Positions of the files that are not as they were. */
async function changed(paths: readonly string[], set: readonly (string | null)[]): Promise<number[]> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => null)));
  return texts.flatMap((text, index) => (text === set[index] ? [] : [index]));
}

/** Root may write everything: the work is done as somebody who may not. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const root = process.getuid?.() === 0;
  if (!root) return work();
  await chmod(folder, 0o755);
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
