import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cursorAt } from '../../../src/core/language/cursor.ts';

/** What is being written at the `¦` of a text: part and way, keys beside it in round brackets, the word in quotes. */
function at(marked: string): string | null {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const cursor = cursorAt(text, offset);
  if (cursor === null) return null;
  const { part, path, list, siblings, word } = cursor;
  const typed = text.slice(word.start, word.end);
  return [
    `${part} ${path.join('.')}`,
    ...(list === null ? [] : [`[${list.join('.')}]`]),
    ...(siblings.size === 0 ? [] : [`(${[...siblings.keys()].join(' ')})`]),
    ...(typed === '' ? [] : [`"${typed}"`]),
  ].join(' ');
}

const pod = `kind: Pod
metadata:
  name: web # its name
  labels:
    app: web
spec:
  containers:
    - name: web
      image: web:1

      args:
        - run
    - name: other
      ports:
      - containerPort: 80
        name: http
      - containerPort: 81
  hostname: a
`;

/** The text with the cursor behind a piece of it; on a line of its own where that ends one. */
function behind(piece: string, more = '', text = pod): string {
  assert.ok(text.includes(piece), piece);
  return text.replace(piece, `${piece}${more}¦${piece.endsWith('\n') ? '\n' : ''}`);
}

describe('what is being written', () => {
  test('keys of block mappings, half typed or not', () => {
    assert.equal(at('¦'), 'content ');
    assert.equal(at('ki¦'), 'content  "ki"');
    assert.equal(at(behind('kind')), 'key  (metadata spec) "kind"');
    assert.equal(at(behind('app: web\n', '    ')), 'content metadata.labels (app)');
    assert.equal(at(behind('app: web\n', '  ')), 'content metadata (labels name)');
    assert.equal(at(behind('app: web\n')), 'content  (metadata kind spec)');
    assert.equal(at(behind('app: web\n', '  anno')), 'content metadata (labels name) "anno"');
    assert.equal(at(behind('spec:\n', '  ')), 'content spec (containers hostname)');
    assert.equal(at(behind('image: web:1\n', '      ')), 'content spec.containers.0 (image name args)');
    assert.equal(at('spec:\n  template:\n    ¦'), 'content spec.template');
  });

  test('nothing where nothing fits', () => {
    assert.equal(at(behind('app: web\n', '   ')), null);
    assert.equal(at(behind('name: web\n', '        ')), null);
    assert.equal(at(behind('# its')), null);
    assert.equal(at(behind('kind:')), null);
    assert.equal(at(behind('kind: Pod', '  ')), null);
    assert.equal(at('data:\n  a: |\n    text\n    ¦\n'), null);
    assert.equal(at('data:\n  a: |\n    te¦xt\n    b: c\n'), null);
    assert.equal(at('data:\n  a: |\n    text\n  ¦\n'), 'content data (a)');
    assert.equal(at('---¦\n'), null);
    assert.equal(at('a:\n\t¦\n'), null);
  });

  test('values', () => {
    assert.equal(at(behind('kind: ')), 'value kind (metadata spec) "Pod"');
    assert.equal(at(behind('image: web')), 'value spec.containers.0.image (name args) "web:1"');
    assert.equal(at('kind: ¦\nspec: a\n'), 'value kind (spec)');
    assert.equal(at("kind: 'Po¦'\n"), 'value kind "\'Po\'"');
    assert.equal(at('kind: ¦ # note\n'), 'value kind');
  });

  test('items of lists', () => {
    assert.equal(
      at(behind('- run\n', '        ')),
      'content spec.containers.0.args [spec.containers.0.args]',
    );
    assert.equal(at(behind('- run\n', '        - ')), 'content spec.containers.0.args.1');
    assert.equal(at(behind('- run\n', '        - x')), 'content spec.containers.0.args.1 "x"');
    assert.equal(at(behind('- run\n', '    - ')), 'content spec.containers.1');
    assert.equal(at(behind('- run\n', '    ')), 'content spec.containers [spec.containers]');
    assert.equal(at(behind('- run\n', '    -')), null);
    assert.equal(at(behind('containers:\n', '    - ')), 'content spec.containers.0');
    assert.equal(
      at(behind('    - ', '', pod.replace('name: web\n', '\n'))),
      'content spec.containers.0 (image args)',
    );
  });

  test('lists in the column of their key', () => {
    assert.equal(
      at(behind('name: http\n', '      ')),
      'content spec.containers.1 [spec.containers.1.ports] (ports name)',
    );
    assert.equal(
      at(behind('name: http\n', '        ')),
      'content spec.containers.1.ports.0 (name containerPort)',
    );
    assert.equal(at(behind('name: ht')), 'value spec.containers.1.ports.0.name (containerPort) "http"');
    assert.equal(at(behind('ports:\n', '      - ')), 'content spec.containers.1.ports.0');
    assert.equal(
      at(behind('- containerPort: 81\n', '      ')),
      'content spec.containers.1 [spec.containers.1.ports] (ports name)',
    );
    assert.equal(at('a:\n- - ¦\n'), 'content a.0.0');
    assert.equal(at('- a: 1\n  b:\n    ¦\n'), 'content 0.b');
  });

  test('flow style', () => {
    assert.equal(at('metadata: { ¦ }\n'), 'key metadata');
    assert.equal(at('metadata: { na¦ }\n'), 'key metadata "na"');
    assert.equal(at('metadata: { name: ¦ }\n'), 'value metadata.name');
    assert.equal(at('metadata: { name: we¦b, labels: {} }\n'), 'value metadata.name (labels) "web"');
    assert.equal(at('metadata: { name: web, ¦, labels: { a: b } }\n'), 'key metadata (name labels)');
    assert.equal(at('metadata: { name: web, ¦\nspec: { a: b }\n'), 'key metadata (name)');
    assert.equal(
      at('metadata: { name: web, labels: { app: ¦\nspec: { a: b }\n'),
      'value metadata.labels.app',
    );
    assert.equal(at('spec: { containers: [{ name: a }, { na¦me: b }] }'), 'key spec.containers.1 "name"');
    assert.equal(at('args: [a, ¦]\n'), 'content args.1');
    assert.equal(at('args: [a, b¦]\n'), 'content args.1 "b"');
    assert.equal(at('a: {\n  b: c,\n  ¦\n}\nd: e\n'), 'key a (b)');
    assert.equal(at('a: { b: c } ¦\n'), null);
    assert.equal(at('a: { b: c # ¦\n}\n'), null);
    assert.equal(at('a: { b: c }\n¦\n'), 'content  (a)');
    assert.equal(at('{"kind": "Pod",\n"spec": {"host¦": 1}}'), 'key spec ""host""');
    assert.equal(at('a:\n  - { b: ¦ }\n'), 'value a.0.b');
  });

  test('any line break', () => {
    for (const marked of [
      behind('app: web\n', '  '),
      behind('image: web'),
      behind('- run\n', '        - '),
    ]) {
      assert.equal(at(marked.replaceAll('\n', '\r\n')), at(marked));
    }
  });
});
