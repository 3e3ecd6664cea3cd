import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clusterSchema, OpenApiReader } from '../../../src/core/index.ts';
import type { Schema } from '../../../src/core/index.ts';
import { errorsOf } from '../rules/server-cases.ts';
import { configMaps, gadgets } from './openapi-documents.ts';

function schemaWith(documents: readonly unknown[], version = 'v1.36.3', complete = false): Schema {
  const reader = new OpenApiReader();
  for (const document of documents) assert.ok(reader.add(document));
  return clusterSchema(reader.result(version, complete));
}

const schema = schemaWith([configMaps, gadgets]);
const configMap = (lines: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n${lines}\n`;
const gadget = (spec: string): string =>
  `apiVersion: shop.example.com/v1\nkind: Gadget\nmetadata: { name: a }\nspec: ${spec}\n`;

describe('the schema of a cluster', () => {
  test('has the fields that the cluster has, and no others', () => {
    assert.deepEqual(
      errorsOf(configMap('extra: [{ size: 1Gi, port: http, count: 1, mode: A }]'), { schema }),
      [],
    );
    assert.deepEqual(errorsOf(configMap('immutable: true'), { schema }), ['field-unknown immutable']);
    assert.deepEqual(errorsOf(configMap('extra: []')), ['field-unknown extra']);
  });

  test('knows the types of its fields', () => {
    const lines = 'extra: [{ size: 1Gb, count: x, data: "?", since: now }]';
    assert.deepEqual(errorsOf(configMap(lines), { schema }).toSorted(), [
      'quantity-invalid extra[0].size',
      'type-invalid extra[0].count',
      'type-invalid extra[0].data',
      'type-invalid extra[0].since',
    ]);
  });

  test('calls types as the bundled schema does, so that rules find them', () => {
    assert.equal(schema.typeOf('v1', 'ConfigMap')?.name, 'core/v1.ConfigMap');
    assert.deepEqual(errorsOf(configMap('data: { "a b": c }'), { schema }), [
      'config-keys-invalid data[a b]',
    ]);
  });

  test('has the kinds of its definitions, with what they ask of values', () => {
    assert.deepEqual(errorsOf(gadget('{ mode: Safe }'), { schema }), []);
    assert.deepEqual(errorsOf(gadget('{ mode: safe }'), { schema }), ['custom-value-invalid spec.mode']);
    assert.deepEqual(errorsOf(gadget('{ moed: Safe }'), { schema }), ['field-unknown spec.moed']);
    assert.deepEqual(schema.kinds('shop.example.com/v1'), ['Gadget']);
    const spec = schema.typeOf('shop.example.com/v1', 'Gadget')?.fields.get('spec');
    assert.equal(spec?.kind === 'object' ? spec.docs?.('mode') : null, 'How it works.');
  });

  test('keeps its kinds beside those of the workspace, which do not replace them', () => {
    const other = {
      apiVersion: 'shop.example.com/v1',
      plural: 'gadgets',
      namespaced: true,
      statusApart: false,
      schema: JSON.stringify({ type: 'object', properties: { spec: { type: 'string' } } }),
    };
    const both = schema.with([
      { ...other, kind: 'Gadget' },
      { ...other, kind: 'Gizmo' },
    ]);
    assert.deepEqual(errorsOf(gadget('{ mode: safe }'), { schema: both }), [
      'custom-value-invalid spec.mode',
    ]);
    assert.deepEqual(both.kinds('shop.example.com/v1'), ['Gadget', 'Gizmo']);
  });

  test('does not have what the server does not serve, once all of it is known', () => {
    const whole = schemaWith([configMaps], 'v1.36.3', true);
    assert.equal(whole.typeOf('apps/v1', 'Deployment'), null);
    assert.notEqual(schema.typeOf('apps/v1', 'Deployment'), null);
    assert.equal(schema.typeOf('v1', 'Pod'), null);
  });

  test('tells which version brings a field that an older server does not have', () => {
    const old = schemaWith([configMaps], 'v1.30.1');
    assert.equal(old.version, '1.30');
    assert.equal(old.typeOf('apps/v1', 'Deployment')?.kind, 'object');
  });

  test('is made of nothing but OpenAPI documents of version 3', () => {
    const reader = new OpenApiReader();
    for (const other of [null, 5, [], {}, { swagger: '2.0', definitions: {} }, { openapi: '3.0.0' }])
      assert.equal(reader.add(other), false);
    assert.ok(reader.add({ openapi: '3.0.0', components: { schemas: { a: null, b: { properties: 5 } } } }));
  });
});
