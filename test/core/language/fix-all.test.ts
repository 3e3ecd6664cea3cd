import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, mend } from '../../../src/core/index.ts';

const clashing = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replica: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      replicas: 2
      containers: [{ name: web, image: example.com/web:1 }]
`;

function mended(text: string, check = (tried: string) => analyze(tried).findings): ReturnType<typeof mend> {
  return mend(text, analyze(text).findings, check);
}

describe('all fixes at once', () => {
  test('of two that write the same key one is made', () => {
    const together = mended(clashing, () => []).text;
    assert.ok(analyze(together).findings.some(({ code }) => code === 'duplicate-key'));
    const { text, count, edits } = mended(clashing);
    assert.ok(!analyze(text).findings.some(({ code }) => code === 'duplicate-key'));
    assert.ok(count > 0 && edits.length > 0);
  });

  test('what nothing can be done about stays as it is', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
    assert.deepEqual(mended(text), { text, edits: [], count: 0 });
  });
});
