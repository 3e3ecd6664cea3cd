import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { analyze, schemaAt, type CustomKind } from '../../../src/core/index.ts';
import { errorsOf } from '../rules/server-cases.ts';
import { customCases } from './crd-cases.ts';

const definition = readFileSync(join(import.meta.dirname, '../../fixtures/custom/widgets.yaml'), 'utf8');

function kindsOf(text: string): readonly CustomKind[] {
  return analyze(text).facts.documents.flatMap(({ objects }) => objects.flatMap(({ defines }) => defines));
}

const kinds = kindsOf(definition);
const schema = schemaAt().with(kinds);

describe('objects of a definition in the workspace', () => {
  for (const { title, text, errors } of customCases) {
    test(errors.length === 0 ? `are right with ${title}` : `are wrong with ${title}`, () => {
      assert.deepEqual([...errorsOf(text, { schema })].sort(), [...errors].sort(), text);
    });
  }
});
