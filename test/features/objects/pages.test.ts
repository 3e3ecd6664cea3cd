/** Pages about objects give back what they took, however they end. */
import '../vscode.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test, type TestContext } from 'node:test';
import type { Session } from '../../../src/cluster/index.ts';
import type { ObjectTarget } from '../../../src/platform/objects.ts';
import { changeLanguage, closeDocument, seen } from '../stand-in.ts';

const { Descriptions } = await import('../../../src/features/objects/descriptions.ts');

const target: ObjectTarget = {
  context: 'dev',
  namespace: 'shop',
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'settings',
};
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', uid: 'c' } };

/** Answers the object, and nothing else ever. */
function sessionOf(resource: () => Promise<object>): Session {
  return {
    context: { name: 'dev' },
    closed: new AbortController().signal,
    log: { info: () => undefined, error: () => undefined },
    resource,
    request: (path: string) =>
      path.endsWith('/settings') ? Promise.resolve(object) : new Promise(() => undefined),
    stream: () => new Promise(() => undefined),
    onDidReconnect: () => ({ dispose: () => undefined }),
  } as unknown as Session;
}

const configMaps = () => Promise.resolve({ apiVersion: 'v1', plural: 'configmaps', namespaced: true });

beforeEach(() => {
  seen.documents = [];
  mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
});
afterEach(() => mock.timers.reset());

/** How often pages are drawn in a minute without news. */
function drawn(t: TestContext): {
  readonly pages: InstanceType<typeof Descriptions>;
  readonly inAMinute: () => number;
} {
  const pages = new Descriptions();
  t.after(() => pages.dispose());
  let count = 0;
  pages.onDidChange(() => count++);
  return {
    pages,
    inAMinute: () => {
      count = 0;
      mock.timers.tick(60_000);
      return count;
    },
  };
}

test('a page that could not be opened is drawn no more', async (t) => {
  const { pages, inAMinute } = drawn(t);
  let asked = 0;
  const session = sessionOf(() => (asked++ === 0 ? configMaps() : Promise.reject(new Error('gone'))));
  await assert.rejects(pages.show('description', target, session), /gone/);
  assert.equal(inAMinute(), 0);
});

test('a page asked for twice at once is opened once, and ends with its document', async (t) => {
  const { pages, inAMinute } = drawn(t);
  const session = sessionOf(configMaps);
  await Promise.all([pages.show('description', target, session), pages.show('description', target, session)]);
  // That the first lists wait for an answer is news.
  inAMinute();
  assert.equal(inAMinute(), 4);
  const [document] = seen.documents;
  assert.ok(document);
  changeLanguage(document);
  assert.equal(inAMinute(), 4);
  closeDocument(document);
  assert.equal(inAMinute(), 0);
});
