import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, formatMessage } from '../../../src/core/index.ts';
import { check } from '../marked.ts';

const secret = (lines: string): string => `apiVersion: v1
kind: Secret
metadata: { name: web }
${lines}`;

describe('type-invalid', () => {
  test('says of an item what an item must be, not its list', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n';
    const said = (lines: string): readonly string[] =>
      analyze(pod + lines)
        .findings.filter(({ code }) => code === 'type-invalid')
        .map(({ message }) => formatMessage(message));
    assert.deepEqual(said('    - web\n'), [
      'Each item of containers must be a mapping; write its fields as key: value',
    ]);
    assert.deepEqual(said('    web\n'), ['containers must be a list; begin each of its items with a dash']);
  });

  test('what SOPS has encrypted is judged when it is decrypted', () => {
    const data = 'data: { a: "ENC[AES256_GCM,data:xx,iv:yy,tag:zz,type:str]" }\n';
    check(secret(`${data}sops: { mac: "ENC[AES256_GCM,data:xx,type:str]", version: 3.9.0 }\n`));
    check(secret('data: { a: «type-invalid plain» }\n«field-unknown sops»: { version: 3.9.0 }\n'));
  });
});
