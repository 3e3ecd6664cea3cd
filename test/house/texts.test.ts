import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { productSources, read } from './sources.ts';
import { missingKeys, textsIn, untranslated } from './texts.ts';

type Table = Readonly<Record<string, string>>;

const files = read(['package.json', 'package.nls*.json', 'l10n/*.json']);
const table = (file: string): Table => JSON.parse(files.get(file) ?? '') as Table;

describe('texts', () => {
  test('every %key% of package.json has its text in both languages, and every text its key', () => {
    const names = ['package.nls.json', 'package.nls.zh-cn.json'];
    const tables = Object.fromEntries(names.map((name) => [name, table(name)]));
    assert.deepEqual(missingKeys(files.get('package.json') ?? '', tables), []);
  });

  test('every text of src has its translation, and every translation its text', () => {
    const texts = textsIn(productSources());
    assert.ok(texts.length > 100, 'the texts were not found');
    assert.deepEqual(untranslated(texts, table('l10n/bundle.l10n.zh-cn.json')), []);
  });
});

describe('the texts test itself', () => {
  const found = (source: string): readonly string[] =>
    textsIn(new Map([['src/a.ts', source]])).map(({ text }) => text);

  const cases: readonly (readonly [source: string, texts: readonly string[]])[] = [
    [`message('One {0}', x); vscode.l10n.t('Two')`, ['One {0}', 'Two']],
    [`message(x ? 'One' : ('Two'))`, ['One', 'Two']],
    [`l10n.t({ message: 'One', comment: 'No text' })`, ['One']],
    [`const words = { a: 'It is {0} here', b: 'key' }; message(words.a)`, ['It is {0} here']],
    [`explain(error, (template) => vscode.l10n.t(template)); say('Not a text');`, []],
    [`const rule = { title: 'A title here', docs: 'Some docs' }; message(x)`, []],
    [`message(x); throw new Error('A fault of ours');`, []],
  ];
  for (const [source, texts] of cases) test(source, () => assert.deepEqual(found(source), texts));

  test('finds what lacks, what is left over and what lost a placeholder', () => {
    const texts = [
      { text: 'One {0}', at: 'a:1' },
      { text: 'Two', at: 'a:2' },
    ];
    assert.deepEqual(untranslated(texts, { 'One {0}': '一', Three: '三' }), [
      'a:2: no translation of "Two"',
      'nobody says "Three" any more',
      'the translation of "One {0}" has other placeholders',
    ]);
    assert.deepEqual(untranslated(texts, { 'One {0}': '一{0}', Two: '二' }), []);
  });

  test('finds keys without text and texts without key', () => {
    const manifest = '{ "a": "%one%", "b": "%two%" }';
    assert.deepEqual(missingKeys(manifest, { en: { one: '1', three: '3' } }), [
      'en lacks two',
      'en has three, which package.json does not use',
    ]);
  });
});
