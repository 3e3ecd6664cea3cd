import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../../src/core/manifest/read.ts';

/** Each was sent to an API server, which took it or not. */
const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n';

function problemsOf(text: string): readonly string[] {
  const { problems } = readDocument(text);
  return problems.map(({ range }) => JSON.stringify(text.slice(range.start, range.end)));
}

describe('what YAML allows and the server does not read', () => {
  const refused: readonly (readonly [title: string, text: string, at: string])[] = [
    ['a blank line with a tab', `${head}  name: a\n\t\ndata: {}\n`, '\t'],
    ['a tab before a comment', `${head}  name: a\n\t# why\ndata: {}\n`, '\t'],
    ['a tab on the last line', `${head}  name: a\n\t`, '\t'],
    ['a tab behind a dash', `${head}  name: a\n  finalizers:\n    -\tb/c\n`, '\t'],
    ['a blank line with a tab behind a quoted text', `${head}  name: "a"\n      \t\ndata: {}\n`, '\t'],
    ['a tab where a block of text begins', `${head}  name: a\ndata:\n  a: |\n    \tb\n    c\n`, '\t'],
    ['a merge of a text', `${head}  name: a\ndata:\n  <<: text\n`, '<<'],
    ['a merge of nothing', `${head}  name: a\ndata:\n  <<:\n`, '<<'],
    ['infinity', `${head}  name: .inf\n`, '.inf'],
    ['a text called a number', `${head}  name: !!int a\n`, 'a'],
    ['a number called a flag', `${head}  name: !!bool 1\n`, '1'],
    ['a text called null', `${head}  name: !!null a\n`, 'a'],
  ];
  for (const [title, text, at] of refused)
    test(title, () => assert.deepEqual(problemsOf(text), [JSON.stringify(at)]));
});

describe('what the server reads', () => {
  const taken: readonly (readonly [title: string, text: string])[] = [
    ['a tab behind a value', `${head}  name: a\t\n`],
    ['a tab before a value', `${head}  name:\ta\n`],
    ['a tab before a comment behind a value', `${head}  name: a\t# why\n`],
    ['a tab in a block of text', `${head}  name: a\ndata:\n  a: |\n    b:\n    \tc\n`],
    ['a tab within brackets', `${head}  name: a\ndata: {\n\ta: b,\n\t\n\tc: d }\n`],
    ['a far blank line with a tab behind a plain text', `${head}  name: a\n      \t\ndata: {}\n`],
    ['a quoted infinity', `${head}  name: ".inf"\n`],
    ['a number called a text', `${head}  name: !!str 1\n`],
    ['a whole number called a float', `${head}  name: !!float 1\n`],
  ];
  for (const [title, text] of taken) test(title, () => assert.deepEqual(problemsOf(text), []));

  test('a tag of its own makes a text of anything', () => {
    const { root } = readDocument('a: !own 1\n');
    assert.equal(root?.type === 'mapping' ? root.text('a') : null, '1');
  });
});
