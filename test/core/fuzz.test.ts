/** Whatever the text, an analysis ends, soon, without an exception, and with findings that lie inside the text. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../src/core/index.ts';
import { families } from '../fuzz/families.ts';
import { checkSpans } from '../fuzz/properties.ts';
import { checkSample, sampleAt } from '../fuzz/run.ts';
import { scaling } from '../fuzz/scaling.ts';

/** Of each family that makes many; `npm run fuzz` tries many more. */
const texts = 40;
/** Of the large texts: each would take minutes or worse if some step looked at the whole for each of its parts. */
const length = 200_000;

describe('any text', () => {
  for (const family of families) {
    test(family.name, () => {
      const count = family.weight < 1 ? 4 : texts;
      for (let index = 0; index < count; index++) checkSample(7, index, sampleAt(7, index, family));
    });
  }
});

describe('large texts', () => {
  for (const [name, text] of Object.entries(scaling)) {
    test(name, { timeout: 60_000 }, () => {
      const large = text(length);
      const analysis = analyze(large);
      checkSpans(large, analysis);
      for (const { objects } of analysis.documents) for (const object of objects) assert.ok(object.images);
    });
  }
});
