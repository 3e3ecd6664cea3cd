import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { displayYaml, type KubeObject, unmasked } from '../../src/cluster/index.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login' },
  data: { user: base64('shop'), password: base64('hunter2') },
};
const shown = (): { data: Record<string, string> } =>
  parse(displayYaml(secret)) as { data: Record<string, string> };

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
