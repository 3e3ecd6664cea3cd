/**
 * Asks the API server and the core about the same manifests, and lists where they disagree:
 *
 *     npm run agreement                                     everything; new cases start a server of the bench
 *     npm run agreement -- --offline                        only what was answered before: seconds, no server
 *     npm run agreement -- --offline --kind Job,CronJob     some kinds
 *     npm run agreement -- --offline --only probe-handlers  some mutations (or one case: `mutation@Kind/name#2`)
 *     npm run agreement -- --offline --area pods            mutations that rules of one area are about
 *     npm run agreement -- --offline --rule probe-invalid   cases of which one rule had something to say
 *     npm run agreement -- --show 3                         so many examples of each group (1)
 *     npm run agreement -- --cases 20000 --seed 2           more cases, other cases
 *
 * False rejections come first: none is allowed. The text of each disagreement and result.json are saved to
 * out/agreement/. Answers are cached outside the checkout by version and text.
 */
import { parseArgs } from 'node:util';
import type { Comparison } from './compare.ts';
import type { Case } from './plan.ts';
import { describe, save } from './report.ts';
import { defaults, runAgreement } from './run.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: String(defaults.cases) },
    seed: { type: 'string', default: String(defaults.seed) },
    offline: { type: 'boolean', default: false },
    kind: { type: 'string' },
    only: { type: 'string' },
    area: { type: 'string' },
    rule: { type: 'string' },
    show: { type: 'string', default: '1' },
  },
});

const list = (text: string | undefined): readonly string[] | null => text?.split(',') ?? null;
const [kinds, mutations, areas, rules] = [values.kind, values.only, values.area, values.rule].map(list);

function wanted({ name, seed, mutation }: Case): boolean {
  const has = (names: readonly string[] | null | undefined, ...own: readonly string[]): boolean =>
    names == null || names.some((each) => own.includes(each));
  return has(kinds, seed.kind) && has(mutations, mutation.name, name) && has(areas, mutation.area);
}

function concernsRule({ errors }: Comparison): boolean {
  return rules == null || errors.some(({ code }) => rules.includes(code));
}

const started = performance.now();
const whole = await runAgreement(
  { cases: Number(values.cases), seed: Number(values.seed), offline: values.offline, wanted },
  (text) => console.error(`· ${text}`),
);
const result = { ...whole, comparisons: whole.comparisons.filter(concernsRule) };
console.log(describe(result, Number(values.show)));
console.error(`· ${await save(result)}, after ${((performance.now() - started) / 1000).toFixed(1)} s`);
