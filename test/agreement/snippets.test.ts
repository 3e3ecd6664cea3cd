/** Every snippet, with nothing filled in, held against the API server. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { objects } from '../../src/core/language/snippets/objects.ts';
import { parts } from '../../src/core/language/snippets/parts.ts';
import { proposed } from '../core/language/proposals.ts';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import type { Seed } from './seeds.ts';
import { ApiServer } from './server.ts';
import { parseTree } from './tree.ts';

/** Pods are refused without it, and where nothing else runs nobody makes it. */
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: default }\n';

/** `¦` marks where parts are written. */
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n';
const main = '  containers:\n    - name: web\n      image: example.com/web:1\n';
const inContainer = `${pod}${main}      ¦\n`;
const inPod = `${pod}${main}  ¦\n`;

describe('snippets are taken by the API server', () => {
  let cluster: SharedCluster;
  let server: ApiServer;

  before(async () => {
    cluster = await sharedCluster('api');
    await cluster.kubectl(['apply', '-f', '-'], account);
    server = await ApiServer.open(cluster.kubeconfig);
  });
  after(async () => {
    server.close();
    await cluster.release();
  });

  /** Posts each document of a text. */
  async function taken(text: string): Promise<void> {
    for (const document of text.split(/^---\n/m)) {
      const tree = parseTree(document);
      const seed = { apiVersion: String(tree.apiVersion), tree: () => tree } as unknown as Seed;
      const { status, message, warnings } = await server.create(seed, document);
      assert.deepEqual([status, message, warnings], [201, '', []], document);
    }
  }

  for (const label of Object.keys(objects)) test(label, () => taken(proposed('¦').accept(label)));

  for (const { label, within, key } of parts) {
    test(`${label} in ${within}`, async () => {
      const places: Readonly<Record<string, string>> = {
        containers: `${pod}  ¦\n`,
        name: `${pod}  containers:\n    - ¦\n`,
      };
      const place = places[key] ?? (within === 'core/v1.Container' ? inContainer : inPod);
      await taken(proposed(place).accept(label));
    });
  }

  test('a mount with its volume', () => taken(proposed(inContainer).accept('volumeMounts (with a volume)')));
});
