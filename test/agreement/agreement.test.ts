import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mutations } from './mutations/index.ts';
import { summarize } from './report.ts';
import { defaults, runAgreement, type RunResult } from './run.ts';
import { readSeeds } from './seeds.ts';

/** Of the second seed, which nobody looked at when the rules were written, so many cases are tried. */
const FRESH = 2000;

function list(result: RunResult, fits: (one: RunResult['comparisons'][number]) => boolean): string {
  return result.comparisons
    .filter(fits)
    .map(
      ({ case: { name }, message, errors }) => `${name}: ${message} ${errors.map(({ code }) => code).join()}`,
    )
    .join('\n');
}

function assertAgreement(result: RunResult): void {
  const { accepted, verdict, falseRejections, path } = summarize(result.comparisons);
  assert.deepEqual(result.badSeeds, []);
  assert.equal(
    falseRejections,
    0,
    list(result, ({ outcome }) => outcome === 'falseRejection'),
  );
  assert.ok(verdict >= 0.995, `verdict ${verdict}\n${list(result, ({ outcome }) => outcome !== 'agreed')}`);
  assert.ok(path >= 0.95, `path ${path}\n${list(result, ({ samePath }) => samePath === false)}`);
  assert.ok(accepted > 0.35 && accepted < 0.5, `accepted ${accepted}`);
}

describe('the verdict of the core and that of the API server', () => {
  test('at least 120 kinds of change, over at least 35 kinds of object', () => {
    assert.equal(new Set(mutations.map(({ name }) => name)).size, mutations.length);
    assert.ok(mutations.length >= 120);
    assert.ok(new Set(readSeeds().map(({ kind }) => kind)).size >= 35);
  });

  test('agree about thousands of manifests', async () => {
    const result = await runAgreement({ ...defaults, wanted: () => true, offline: false }, () => undefined);
    const { cases, kinds, mutations: changes } = summarize(result.comparisons);
    assert.ok(cases >= 6000 && kinds >= 35 && changes >= 120);
    assertAgreement(result);
  });

  test('agree about cases of another seed', async () => {
    let left = FRESH;
    const options = { ...defaults, seed: defaults.seed + 1, offline: false };
    const result = await runAgreement({ ...options, wanted: () => left-- > 0 }, () => undefined);
    assertAgreement(result);
  });
});
