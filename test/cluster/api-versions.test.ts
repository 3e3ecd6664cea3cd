import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { analyze } from '../../src/core/index.ts';
import { lifecycles } from '../../src/core/schema/history/lifecycle.ts';
import { minorOf, newestVersion } from '../../src/core/schema/history/index.ts';
import { applyFix } from '../core/marked.ts';
import { oldManifests } from '../core/schema/history-samples.ts';
import { sharedCluster } from '../harness/shared.ts';
import { sessionOf } from './support.ts';

const cluster = await sharedCluster('api');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);

function moved(text: string): string {
  const fix = analyze(text).findings.find(({ code }) => code === 'api-version-removed')?.fixes[0];
  assert.ok(fix, 'a fix is offered');
  return applyFix(text, fix);
}

test('manifests of removed API versions are taken once they are moved', async () => {
  const texts = oldManifests.map(({ text }) => moved(text));
  const args = ['create', '--dry-run=server', '--validate=strict', '-f', '-'];
  const answer = await cluster.kubectl(args, texts.join('---\n'));
  assert.equal(answer.match(/ created \(server dry run\)/g)?.length, texts.length, answer);
});

test('the server has nothing of what its version is said to have removed', async () => {
  const newest = minorOf(newestVersion) ?? 0;
  for (const [apiVersion, rows] of Object.entries(lifecycles)) {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const answer = await session
      .request<{ readonly resources: readonly { readonly kind: string; readonly name: string }[] }>(path)
      .catch(() => null);
    const served = new Set(
      answer?.resources.filter(({ name }) => !name.includes('/')).map(({ kind }) => kind),
    );
    for (const [, , removed, , kinds] of rows) {
      if (removed === null || removed > newest) continue;
      for (const kind of kinds.split(' ')) assert.ok(!served.has(kind), `${kind} of ${apiVersion} is served`);
    }
  }
});
