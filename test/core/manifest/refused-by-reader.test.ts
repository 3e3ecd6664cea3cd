import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../../src/core/manifest/read.ts';

/** Each was sent to an API server, which took it or not. */
const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n';

function problemsOf(text: string): readonly string[] {
  const { problems, duplicates } = readDocument(text);
  assert.deepEqual(duplicates, []);
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
    ['a text called a time', `${head}  name: !!timestamp a\n`, 'a'],
    ['a text called base64', `${head}  name: !!binary a\n`, 'a'],
    ['a tab that goes on with a plain text in brackets', `${head}  name: [a\n\t]\n`, '\t'],
    ['an escape that only JSON knows', `${head}  name: "\\/a"\n`, '\\/a"'],
    ['half of a character', `${head}  name: "\\ud83d"\n`, '\\ud83d"'],
    ['a character in halves', `${head}  name: "\\ud83d\\ude00"\n`, '\\ud83d\\ude00"'],
    ['an anchor of other letters', `${head}  name: &é a\n`, '&é'],
    ['a later version of YAML', `%YAML 1.2\n---\n${head}  name: a\n`, '%YAML'],
    ['a directive of nobody', `%FOO\n---\n${head}  name: a\n`, '%FOO'],
    ['a key that is nothing', `${head}  name: a\ndata:\n  ~: b\n`, '~'],
    [
      'a key beyond all numbers',
      `${head}  name: a\ndata:\n  9223372036854775808: b\n`,
      '9223372036854775808',
    ],
    ['an entry without a key', `${head}  name: a\ndata:\n  : b\n`, ':'],
    ['a quoted text with a mark in it', `${head}  name: "a\n--- b"\n`, '"a'],
    ['a block of text behind a longer blank line', `${head}  name: a\ndata:\n  a: |\n        \n    b\n`, 'b'],
    ['a question mark within brackets', `${head}  name: a\ndata: { a: http://b?c=d }\n`, '?c=d'],
    ['a line break of old', `${head}  name: a\u2028b\n`, 'b'],
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
    ['infinity called a text', `${head}  name: !!str .inf\n`],
    ['infinity for a key', `${head}  name: a\ndata:\n  .inf: b\n`],
    ['a quoted text that goes on at the left', `${head}  name: "a\nb"\n`],
    ['a quoted text that goes on behind a tab', `${head}  name: 'a\n\tb'\n`],
    ['a quoted text in a list', `${head}  name: a\n  finalizers:\n    - "a\n  b"\n`],
    ['quotes and brackets at the left', `${head}  name: a\ndata: { a: "b\nc",\nd: e\n}\n`],
    ['a comment right behind a value', `${head}  name: "a"#why\n`],
    ['a comment right behind a |', `${head}  name: a\ndata:\n  a: |#why\n    b\n`],
    ['a comment right behind a bracket', `${head}  name: a\ndata: {#why\n  a: b}\n`],
    ['a number and its text as keys', `${head}  name: a\ndata:\n  1: a\n  "1": b\n`],
    ['a whole number and a fraction as keys', `${head}  name: a\ndata:\n  1: a\n  1.0: b\n`],
    ['a tag on nothing', `${head}  name: !!str\n`],
    ['a tag with a comma', `${head}  name: !a, b\n`],
    ['a key of several lines', `${head}  name: a\ndata:\n  ? "a\n    b"\n  : c\n`],
    ['a tag of its own handle', `%TAG !e! tag:e:\n---\n${head}  name: !e!a b\n`],
    ['an anchor that a colon ends', `${head}  name: &a:b\n`],
  ];
  for (const [title, text] of taken) test(title, () => assert.deepEqual(problemsOf(text), []));

  test('keys have the names that JSON gives them', () => {
    const { root } = readDocument('yes: a\n0x10: b\n1.50: c\n"no": d\n');
    const names = root?.type === 'mapping' ? root.entries.map(({ key }) => key) : [];
    assert.deepEqual(names, ['true', '16', '1.5', 'no']);
  });

  test('of two anchors of one name, one inside the other, the inner one counts', () => {
    for (const more of ['', 'e: !own x\n']) {
      const { root } = readDocument(`a: &b\n  c: &b 2\nd: *b\n${more}`);
      assert.equal(root?.type === 'mapping' ? root.scalar('d')?.value : null, 2);
    }
  });

  test('yes and true are one key', () => {
    assert.equal(readDocument('yes: a\ntrue: b\n').duplicates.length, 1);
  });

  test('a tag of its own makes a text of anything', () => {
    const { root } = readDocument('a: !own 1\n');
    assert.equal(root?.type === 'mapping' ? root.text('a') : null, '1');
  });
});
