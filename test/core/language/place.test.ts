import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../../src/core/index.ts';
import { placeAt } from '../../../src/core/language/place.ts';

/** Path and part of what stands at the `¦` of a text, and the text of its range. */
function at(marked: string): string | null {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const place = placeAt(analyze(text), offset);
  if (place === null) return null;
  const { object, field, part, range } = place;
  assert.equal(field.object, object);
  return `${part} ${field.path} ${text.slice(range.start, range.end)}`;
}

describe('what stands at a place', () => {
  const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\n${lines}`;

  test('keys and values', () => {
    assert.equal(at(pod('met¦adata:\n  name: web\n')), 'key metadata metadata');
    assert.equal(at(pod('metadata:\n  name¦: web\n')), 'key metadata.name name');
    assert.equal(at(pod('metadata:\n  name: web¦\n')), 'value metadata.name web');
    assert.equal(at(pod('metadata:\n  name: ¦\n')), 'between metadata.name name');
    assert.equal(at(pod('metadata:\n  name: web\n¦spec:\n  hostname: a\n')), 'key spec spec');
    assert.equal(at(pod('metadata:\n ¦ name: web\n')), 'between metadata metadata');
  });

  test('items of lists', () => {
    const list = pod('spec:\n  containers:\n  - name: a\n    image: b:1\n  - name: c\n    args: [x, yy]\n');
    assert.equal(at(list.replace('b:1', 'b:¦1')), 'value spec.containers[0].image b:1');
    assert.equal(at(list.replace('name: c', 'na¦me: c')), 'key spec.containers[1].name name');
    assert.equal(at(list.replace('yy', 'y¦y')), 'value spec.containers[1].args[1] yy');
  });

  test('of many documents, of Lists, with any line break', () => {
    const second = 'kind: ConfigMap\nmetadata: { name: a }\n---\nkind: Pod\nmetadata: { name: ¦b }\n';
    assert.equal(at(second), 'value metadata.name b');
    assert.equal(at(second.replaceAll('\n', '\r\n')), 'value metadata.name b');
    const list = 'apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n- kind: Job\n  metadata: {name: ¦a}\n';
    assert.equal(at(list), 'value items[1].metadata.name a');
  });

  test('what an alias brought in stands elsewhere', () => {
    const text = pod('metadata:\n  labels: &l { app: web }\n  annotations: *l¦\n');
    assert.equal(at(text), 'between metadata metadata');
    assert.equal(at(text.replace('¦', '').replace('web', 'w¦eb')), 'value metadata.labels[app] web');
  });

  test('nothing outside of objects', () => {
    assert.equal(at('a: ¦b\n'), null);
    assert.equal(at('¦'), null);
    assert.equal(at('kind: Pod\n---\n# not¦hing\n'), null);
  });
});
