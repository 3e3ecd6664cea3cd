import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { displayYaml, type KubeObject, unmasked } from '../../src/cluster/index.ts';
import { analyze } from '../../src/core/index.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login' },
  data: { user: base64('shop'), password: base64('hunter2') },
};
const shown = (): { data: Record<string, string> } =>
  parse(displayYaml(secret)) as { data: Record<string, string> };

test('texts that YAML 1.1 takes for something else are read back as the texts they are', () => {
  const texts = [
    ...['yes', 'No', 'on', 'OFF', 'y', 'n', 'true', 'False', 'null', 'Null', '~', ''],
    ...[
      '0777',
      '0x1F',
      '0b1',
      '0o7',
      '1_000',
      '12:30',
      '12:30:45',
      '190:20:30.15',
      '1e3',
      '.5',
      '.inf',
      '-.INF',
    ],
    ...[
      '.nan',
      '+1',
      '-0',
      '1.',
      '2026-01-31',
      '2026-01-31T12:00:00Z',
      '<<',
      '=',
      '*x',
      '&x',
      '!x',
      '# x',
      'a: b',
    ],
    ...[
      '- x',
      '? x',
      '%x',
      '@x',
      '`x',
      ' x',
      'x ',
      '\tx',
      'a\nb',
      'a\n',
      '\n',
      'a\r\nb',
      '---',
      '...',
      '\u0085',
    ],
    ...[
      '\u00a0',
      '\ufeff',
      '\u2028',
      '“x”',
      '😀',
      '"',
      "'",
      '\\n',
      '[x',
      '{x',
      ', x',
      '|',
      '>',
      'x:',
      'x #y',
    ],
  ];
  const data = Object.fromEntries(texts.map((text, index) => [`k${index}`, text]));
  const labels = Object.fromEntries(texts.map((text, index) => [text, `v${index}`]));
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', labels }, data };
  const [document] = analyze(displayYaml(object)).documents;
  const value = document?.objects[0]?.value as typeof object | undefined;
  assert.deepEqual(value?.data, data);
  assert.deepEqual(value.metadata.labels, labels);
});

describe('the YAML of a Secret', () => {
  test('holds no value', () => {
    const text = displayYaml(secret);
    assert.doesNotMatch(text, /hunter2|shop/);
    assert.doesNotMatch(text, new RegExp(`${base64('hunter2')}|${base64('shop')}`));
  });

  test('gives untouched and renamed values back, and takes written ones as they are', () => {
    const { data } = shown();
    const edited = { ...shown(), data: { login: data.user, password: data.password, more: base64('x') } };
    const { object, lost } = unmasked(edited, secret);
    assert.deepEqual(object.data, { login: base64('shop'), password: base64('hunter2'), more: base64('x') });
    assert.deepEqual(lost, []);
  });

  test('names marks that stand for nothing', () => {
    const edited = { ...shown(), data: { password: '«hidden, 7 bytes, mark 00000000»' } };
    assert.deepEqual(unmasked(edited, secret).lost, ['password']);
  });
});
