import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EndlessListError, ListReader } from '../../src/cluster/store/list-reader.ts';
import { parseObject, withoutManagedFields } from '../../src/cluster/store/managed-fields.ts';

const metadata = { resourceVersion: '7', continue: 'token', remainingItemCount: 3 };
const claim = (name: string): object => ({ metadata: { name }, spec: { resources: {} } });
const items = [
  { metadata: { name: 'a', labels: { text: 'in quotes: },{"metadata":{"name":"x"' } }, data: {} },
  // Between these two stands what stands between items.
  { metadata: { name: 'b' }, spec: { volumeClaimTemplates: [claim('one'), claim('two'), claim('three')] } },
  { metadata: { name: 'größe 🐳' } },
];

function read(text: string, size: number): { items: unknown[]; head: unknown; early: unknown } {
  const found: unknown[] = [];
  const reader = new ListReader((item) => found.push(item), 10_000);
  let early: unknown = null;
  for (let at = 0; at < text.length; at += size) {
    reader.push(text.slice(at, at + size));
    if (found.length === 0) early = reader.head;
  }
  return { items: found, head: reader.end(), early };
}

describe('a list read while it arrives', () => {
  const forms: readonly [string, object][] = [
    ['items last, as most kinds', { kind: 'PodList', apiVersion: 'v1', metadata, items }],
    ['items before the rest, as custom kinds', { apiVersion: 'x/v1', items, kind: 'XList', metadata }],
    ['no item', { kind: 'PodList', apiVersion: 'v1', metadata, items: [] }],
    ['items that are null', { kind: 'PodList', apiVersion: 'v1', metadata, items: null }],
    [
      'items that share no first field',
      { kind: 'L', metadata, items: [{ a: 1 }, { b: 2 }, { c: { a: 3 } }] },
    ],
    [
      'many places that look like the end of an item',
      {
        kind: 'L',
        metadata,
        items: [{ a: Array.from({ length: 50 }, (_, a) => ({ a })) }, { a: [] }, { a: 1 }],
      },
    ],
  ];
  for (const [name, list] of forms) {
    for (const size of [1, 7, 64, 100_000]) {
      test(`${name}, ${size} characters at a time`, () => {
        const { items: expected, ...head } = list as { items: unknown[] | null };
        const found = read(`${JSON.stringify(list)}\n`, size);
        assert.deepEqual(found.items, expected ?? []);
        assert.deepEqual(found.head, head);
      });
    }
  }

  test('indented, it is read in the end', () => {
    const list = { kind: 'PodList', metadata, items };
    assert.deepEqual(read(JSON.stringify(list, null, 2), 10).items, items);
  });

  test('what stands before the items is known before they are', () => {
    const text = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items });
    assert.deepEqual(read(text, 10).early, { kind: 'PodList', apiVersion: 'v1', metadata });
  });

  test('items are handed out as soon as the next one begins', () => {
    const text = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items });
    const found: unknown[] = [];
    const reader = new ListReader((item) => found.push(item), 10_000);
    reader.push(text.slice(0, text.indexOf('"name":"b"')));
    reader.push(text.slice(text.indexOf('"name":"b"'), text.indexOf('"name":"b"') + 1));
    assert.deepEqual(found, items.slice(0, 1));
  });

  test('an object that does not end is given up', () => {
    const reader = new ListReader(() => undefined, 10_000);
    reader.push('{"kind":"PodList","items":[{"metadata":{"name":"a');
    assert.throws(() => {
      for (let count = 0; count < 100; count++) reader.push('x'.repeat(1_000));
    }, EndlessListError);
  });

  test('many objects are more than any of them', () => {
    let found = 0;
    const reader = new ListReader(() => (found += 1), 10_000);
    reader.push('{"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"a"}}');
    for (let count = 0; count < 1_000; count++) reader.push(`,{"metadata":{"name":"${'x'.repeat(100)}"}}`);
    reader.push(']}');
    reader.end();
    assert.equal(found, 1_001);
  });

  test('a part of a list, and what is no list, is refused', () => {
    const text = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items });
    for (let length = 0; length < text.length; length++) {
      assert.throws(() => read(text.slice(0, length), 50), SyntaxError);
    }
    assert.throws(() => read('<html>Sign in</html>', 5), SyntaxError);
  });
});

describe('objects without the records of who set which field', () => {
  const record = {
    manager: 'kubectl',
    operation: 'Update',
    apiVersion: 'v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:spec': { 'f:ports': { 'k:{"port":80,"text":"]},"}': { '.': {}, 'f:port': {} } } } },
  };
  const object = {
    metadata: { name: 'a', annotations: { note: ',"managedFields":[{"manager":"' }, finalizers: ['x'] },
    spec: { list: [{ a: [] }, {}] },
    status: {},
  };

  test('have all the rest', () => {
    for (const records of [[record], [record, { ...record, subresource: 'status' }]]) {
      const full = { ...object, metadata: { ...object.metadata, managedFields: records } };
      assert.deepEqual(JSON.parse(withoutManagedFields(JSON.stringify(full))), object);
      const event = { type: 'ADDED', object: full };
      assert.deepEqual(JSON.parse(withoutManagedFields(JSON.stringify(event))), { type: 'ADDED', object });
      const { metadata: bare } = full;
      assert.deepEqual(JSON.parse(withoutManagedFields(JSON.stringify({ metadata: bare }))), {
        metadata: object.metadata,
      });
    }
  });

  test('hide nothing, whatever name their manager gives itself', () => {
    for (const manager of ['}]},', '}]}', 'x"}]},"y', ',"managedFields":[{"manager":"']) {
      const full = { ...object, metadata: { ...object.metadata, managedFields: [{ ...record, manager }] } };
      const { managedFields: _, ...metadata } = (parseObject(JSON.stringify(full)) as typeof full).metadata;
      assert.deepEqual({ ...full, metadata }, object);
      assert.throws(() => parseObject(JSON.stringify(full).slice(0, -1)), SyntaxError);
    }
  });

  test('are as they were where there are none', () => {
    const text = JSON.stringify(object);
    assert.equal(withoutManagedFields(text), text);
  });
});
