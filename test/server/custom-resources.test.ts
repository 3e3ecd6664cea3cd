import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { connected } from './connected.ts';
import type { TestClient } from './client.ts';

const crd = readFileSync(join(import.meta.dirname, '../fixtures/custom/widgets.yaml'), 'utf8');
const crdUri = 'file:///shop/crd.yaml';
const uri = 'file:///shop/widget.yaml';

const widget = (spec: string): string =>
  `apiVersion: shop.example.com/v1\nkind: Widget\nmetadata:\n  name: one\nspec:\n  size: 3\n  ${spec}\n`;

/** Errors of a file, once they are these. */
async function until(client: TestClient, file: string, expected: readonly string[]): Promise<void> {
  await client.nextPublished(file, ({ diagnostics }) => {
    const codes = diagnostics.filter(({ severity }) => severity === 1).map(({ code }) => String(code));
    return codes.join() === expected.join();
  });
}

test('an object is checked by the definition in another file, and again when that changes', async (context) => {
  const client = connected(context);
  await client.initialize();
  await client.open(uri, widget('mode: Quick'));
  await until(client, uri, []);
  await client.open(crdUri, crd);
  await until(client, uri, ['custom-value-invalid']);
  await client.replace(crdUri, '[Fast, Safe, Slow]', '[Fast, Quick]');
  await until(client, uri, []);
  await client.replace(uri, 'mode: Quick', 'moed: Quick');
  await until(client, uri, ['field-unknown']);
  await client.close(crdUri);
  await until(client, uri, []);
  assert.deepEqual(client.errors, []);
});

test('a large file of objects is checked by it, too', async (context) => {
  const client = connected(context);
  await client.initialize();
  await client.open(crdUri, crd);
  const many = Array.from({ length: 2500 }, () => widget('mode: Safe')).join('---\n');
  await client.open(uri, `${many}---\n${widget('mode: Quick')}`);
  await until(client, uri, ['custom-value-invalid']);
  await client.replace(crdUri, '[Fast, Safe, Slow]', '[Fast, Safe, Quick]');
  await until(client, uri, []);
  assert.deepEqual(client.errors, []);
});
