/** What the core says of custom resources, held against the API server that has their definition. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ApiServer } from '../agreement/server.ts';
import type { Seed } from '../agreement/seeds.ts';
import { customCases } from '../core/schema/crd-cases.ts';
import { sharedCluster } from '../harness/shared.ts';
import { until } from './support.ts';

const cluster = await sharedCluster('api');
after(() => cluster.release());
let server = await ApiServer.open(cluster.kubeconfig);
after(() => server.close());

/** A group of its own: another test has the definition come and go in the same cluster. */
const elsewhere = (text: string): string => text.replaceAll('shop.example.com', 'warehouse.example.com');
const definition = elsewhere(
  readFileSync(join(import.meta.dirname, '../fixtures/custom/widgets.yaml'), 'utf8'),
);
await cluster.kubectl(['apply', '-f', '-'], definition);
after(() => cluster.kubectl(['delete', '-f', '-'], definition));

function create(text: string): ReturnType<ApiServer['create']> {
  const moved = elsewhere(text);
  const apiVersion = /^apiVersion: (\S+)/m.exec(moved)?.[1] ?? '';
  return server.create({ apiVersion, tree: () => ({ kind: 'Widget' }) } as unknown as Seed, moved);
}

const [first] = customCases;
assert.ok(first);
await until('the definition to be served', async () => {
  try {
    if ((await create(first.text)).status === 201) return true;
  } catch {
    // Not known yet.
  }
  // What was learnt of the kinds before is kept: the next one asks anew.
  server.close();
  server = await ApiServer.open(cluster.kubeconfig);
  return false;
});

describe('the API server', () => {
  for (const { title, text, errors, onlyServer = false } of customCases) {
    const refused = errors.length > 0 || onlyServer;
    test(`${refused ? 'refuses' : 'takes'} ${title}`, async () => {
      const { status, message, causes } = await create(text);
      assert.equal(status < 300 ? 'taken' : 'refused', refused ? 'refused' : 'taken', message);
      if (!refused || onlyServer) return;
      const ours = errors.map((error) => error.slice(error.indexOf(' ') + 1));
      const unknown = [...message.matchAll(/unknown field "([^"]*)"/g)].map(([, path = '']) => path);
      const named = [...unknown, ...causes.map(({ field }) => field)].filter(
        (path) => /\w/.test(path) && path !== '<nil>',
      );
      // It names more than one place for alternatives, of which the first is that of all.
      if (named.length > 0)
        assert.ok(
          named.some((path) => ours.includes(path)) ||
            named.every((path) => ours.some((one) => path.startsWith(`${one}.`))),
          `${named.join(', ')}: ${message}`,
        );
    });
  }
});
