import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check as checkAll, fixed, only as onlyOne, titles } from '../../marked.ts';
import { countIndexes } from '../../../../src/core/rules/workloads/indexes.ts';
import { cronJob, job, serverOnly } from './workload.ts';

const check = (marked: string): ReturnType<typeof checkAll> => checkAll(marked, serverOnly);
const only = (marked: string): ReturnType<typeof onlyOne> => onlyOne(marked, serverOnly);

/** Each is a part of a Job's spec with its marks, and the path that the server gives. */
function table(cases: readonly (readonly [spec: string, path: string])[]): void {
  for (const [spec, path] of cases) {
    test(spec.replaceAll(/«[\w-]+ ([^»]*)»/g, '$1').replaceAll('\n', ', '), () => {
      assert.equal(only(job({ spec })).path, path);
    });
  }
}

function allowed(...specs: readonly string[]): void {
  test('takes what the server takes', () => {
    for (const spec of specs) check(job({ spec }));
  });
}

describe('job-restart-policy', () => {
  test('the default never ends', () => {
    const text = job({ pod: 'containers: [{ name: a, image: a }]' });
    const finding = only(text.replace('    spec:\n', '    «job-restart-policy spec»:\n'));
    assert.equal(finding.path, 'spec.template.spec.restartPolicy');
    assert.deepEqual(titles(finding), ['Add restartPolicy: Never', 'Add restartPolicy: OnFailure']);
    check(fixed(finding, 0));
    check(fixed(finding, 1));
  });

  test('Always is none, in a CronJob neither', () => {
    const pod = 'restartPolicy: «job-restart-policy Always»\ncontainers: [{ name: a, image: a }]';
    check(fixed(only(job({ pod }))));
    assert.equal(only(cronJob({ pod })).path, 'spec.jobTemplate.spec.template.spec.restartPolicy');
  });

  test('a policy for failed pods needs Never', () => {
    const spec =
      'podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget }] }] }';
    check(job({ spec }));
    const pod = 'restartPolicy: «job-restart-policy OnFailure»\ncontainers: [{ name: a, image: a }]';
    check(fixed(only(job({ spec, pod }))));
  });
});

describe('job-completions-invalid', () => {
  allowed(
    'completionMode: Indexed',
    'completionMode: Indexed\ncompletions: 0\nparallelism: 3',
    'completionMode: Indexed\ncompletions: 3\nbackoffLimitPerIndex: 1\nmaxFailedIndexes: 3',
    'completionMode: Indexed\ncompletions: 200000\nbackoffLimitPerIndex: 1\nmaxFailedIndexes: 10000',
  );
  const many = 'completionMode: Indexed\ncompletions: 200000\nbackoffLimitPerIndex: 1\n';
  table([
    ['completionMode: «job-completions-invalid indexed»', 'spec.completionMode'],
    ['backoffLimitPerIndex: «job-completions-invalid 1»', 'spec.backoffLimitPerIndex'],
    [
      'completionMode: Indexed\ncompletions: 3\nparallelism: «job-completions-invalid 100001»',
      'spec.parallelism',
    ],
    [
      'completionMode: Indexed\nbackoffLimitPerIndex: 1\nmaxFailedIndexes: «job-completions-invalid 2»',
      'spec.maxFailedIndexes',
    ],
    [`${many}maxFailedIndexes: «job-completions-invalid 10001»`, 'spec.maxFailedIndexes'],
    [`${many}maxFailedIndexes: 5\nparallelism: «job-completions-invalid 10001»`, 'spec.parallelism'],
  ]);

  test('what is missing is told where it would be', () => {
    const [first] = check(
      job({ spec: 'completionMode: Indexed\nparallelism: 3' }).replace(
        'spec:',
        '«job-completions-invalid spec»:',
      ),
    ).findings;
    assert.equal(first?.path, 'spec.completions');
    const [other] = check(
      job({ spec: many.trim() }).replace('spec:', '«job-completions-invalid spec»:'),
    ).findings;
    assert.equal(other?.path, 'spec.maxFailedIndexes');
    const [last] = check(
      job({ spec: 'completionMode: Indexed\nmaxFailedIndexes: «job-completions-invalid 1»' }),
    ).findings;
    assert.equal(last?.path, 'spec.backoffLimitPerIndex');
  });

  test('of a CronJob’s Jobs nothing is assumed', () => {
    const text = cronJob({}, 'completionMode: Indexed').replace(
      'jobTemplate:\n    spec:',
      'jobTemplate:\n    «job-completions-invalid spec»:',
    );
    assert.equal(only(text).path, 'spec.jobTemplate.spec.completions');
  });

  test('a patch may turn on what is not there', () => {
    check(job({ spec: 'backoffLimitPerIndex: 1' }).replace('spec:', '$patch: merge\nspec:'));
  });
});

describe('job-management-invalid', () => {
  allowed('managedBy: example.com/queue', 'podReplacementPolicy: TerminatingOrFailed');
  table([
    ['managedBy: «job-management-invalid kueue»', 'spec.managedBy'],
    [`managedBy: «job-management-invalid example.com/${'x'.repeat(52)}»`, 'spec.managedBy'],
    ['podReplacementPolicy: «job-management-invalid failed»', 'spec.podReplacementPolicy'],
    [
      'podFailurePolicy: {}\npodReplacementPolicy: «job-management-invalid TerminatingOrFailed»',
      'spec.podReplacementPolicy',
    ],
  ]);
});

describe('job-selector-invalid', () => {
  allowed(
    'selector: {}',
    'selector: { matchLabels: { job-name: import } }',
    'selector: { matchExpressions: [{ key: controller-uid, operator: Exists }] }',
    'manualSelector: ${MANUAL}\nselector: { matchLabels: { app: a } }',
  );
  table([
    ['«job-selector-invalid selector»: { matchLabels: { app: a } }', 'spec.selector'],
    ['«job-selector-invalid selector»: { matchLabels: { job-name: other } }', 'spec.selector'],
    ['«job-selector-invalid selector»: { matchLabels: { controller-uid: a } }', 'spec.selector'],
  ]);

  test('one of one’s own needs both', () => {
    const spec = 'manualSelector: true\nselector: { matchLabels: { app: a } }';
    check(job({ spec, labels: '{ app: a }' }));
    check(job({ spec, labels: '{ app: «selector-mismatch b» }' }));
    const text = job({ spec: 'manualSelector: true' }).replace('spec:', '«job-selector-invalid spec»:');
    assert.equal(only(text).path, 'spec.selector');
  });

  test('the server sets some labels', () => {
    check(job({ labels: '{ app: a, job-name: import }' }));
    const finding = only(
      job({ labels: '\n        app: a\n        controller-uid: «job-selector-invalid b»' }),
    );
    assert.equal(finding.path, 'spec.template.metadata.labels[controller-uid]');
    check(fixed(finding));
    check(job({ labels: '{ batch.kubernetes.io/job-name: «job-selector-invalid other» }' }));
  });

  test('a CronJob’s Jobs have none', () => {
    const finding = only(cronJob({}, '«job-selector-invalid selector»: { matchLabels: { "a b": c } }'));
    assert.equal(finding.path, 'spec.jobTemplate.spec.selector');
    check(fixed(finding));
    check(cronJob({}, 'manualSelector: false'));
    check(cronJob({}, 'manualSelector: «job-selector-invalid true»'));
  });
});

describe('job-name-invalid', () => {
  const named = (length: number): string => `{ name: ${'a'.repeat(length)} }`;
  const marked = (length: number): string => `{ name: «job-name-invalid ${'a'.repeat(length)}» }`;

  test('a Job’s name is a label', () => {
    check(job({ metadata: named(63) }));
    assert.equal(only(job({ metadata: marked(64) })).path, 'spec.template.labels');
    check(
      job({
        metadata: named(64),
        spec: 'manualSelector: true\nselector: { matchLabels: { a: b } }',
        labels: '{ a: b }',
      }),
    );
  });

  test('pods of an indexed Job are called by it', () => {
    const spec = 'completionMode: Indexed\ncompletions: 10';
    check(job({ spec, metadata: named(61) }));
    assert.equal(only(job({ spec, metadata: marked(62) })).path, 'metadata.name');
    check(job({ spec, metadata: '{ name: «job-name-invalid a.b» }' }));
    check(job({ spec, metadata: `{ generateName: ${'a'.repeat(56)} }` }));
    check(job({ spec, metadata: `{ generateName: «job-name-invalid ${'a'.repeat(57)}» }` }));
  });

  test('a CronJob leaves room for a time', () => {
    check(cronJob({ metadata: named(52) }));
    assert.equal(only(cronJob({ metadata: marked(53) })).path, 'metadata.name');
    check(cronJob({ metadata: `{ generateName: ${'a'.repeat(47)} }` }));
    check(cronJob({ metadata: `{ generateName: «job-name-invalid ${'a'.repeat(48)}» }` }));
  });
});

describe('pod-failure-policy-invalid', () => {
  const rule = (parts: string): string => `podFailurePolicy: { rules: [{ ${parts} }] }`;
  const codes = (parts: string): string => rule(`action: Count, onExitCodes: { ${parts} }`);
  const at = 'spec.podFailurePolicy.rules[0]';
  allowed(
    rule('action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: "" }]'),
    codes('operator: NotIn, values: [0, 1]'),
    codes('operator: In, values: [1, 2], containerName: main'),
    'completionMode: Indexed\nbackoffLimitPerIndex: 1\n' +
      rule('action: FailIndex, onExitCodes: { operator: In, values: [1] }'),
  );
  table([
    [codes('operator: In, values: [«pod-failure-policy-invalid 0», 1]'), `${at}.onExitCodes.values[0]`],
    [codes('operator: In, values: [1, «pod-failure-policy-invalid 1»]'), `${at}.onExitCodes.values[1]`],
    [codes('operator: In, «pod-failure-policy-invalid values»: [2, 1]'), `${at}.onExitCodes.values`],
    [codes('operator: In, «pod-failure-policy-invalid values»: []'), `${at}.onExitCodes.values`],
    [codes('operator: «pod-failure-policy-invalid in», values: [1]'), `${at}.onExitCodes.operator`],
    [
      codes('operator: In, values: [1], containerName: «pod-failure-policy-invalid other»'),
      `${at}.onExitCodes.containerName`,
    ],
    [rule('action: «pod-failure-policy-invalid ignore», onPodConditions: [{ type: A }]'), `${at}.action`],
    [rule('action: «pod-failure-policy-invalid FailIndex», onPodConditions: [{ type: A }]'), `${at}.action`],
    [
      rule('action: Ignore, onPodConditions: [{ type: A, status: «pod-failure-policy-invalid true-ish» }]'),
      `${at}.onPodConditions[0].status`,
    ],
    [
      rule('action: Ignore, onPodConditions: [{ type: «pod-failure-policy-invalid "a b"» }]'),
      `${at}.onPodConditions[0].type`,
    ],
    [rule('«pod-failure-policy-invalid action»: Ignore'), at],
    [
      rule(
        '«pod-failure-policy-invalid action»: Count, onPodConditions: [{ type: A }], onExitCodes: { operator: In, values: [1] }',
      ),
      at,
    ],
  ]);

  test('there are at most 20 rules', () => {
    const rules = Array.from({ length: 21 }, () => '{ action: Ignore, onPodConditions: [{ type: A }] }');
    check(job({ spec: `podFailurePolicy: { rules: [${rules.slice(1).join(', ')}] }` }));
    check(job({ spec: `podFailurePolicy: { «pod-failure-policy-invalid rules»: [${rules.join(', ')}] }` }));
  });
});

describe('success-policy-invalid', () => {
  const of = (rules: string): string =>
    `completionMode: Indexed\ncompletions: 3\nsuccessPolicy: { rules: [${rules}] }`;
  const at = 'spec.successPolicy.rules[0]';
  allowed(
    of('{ succeededIndexes: 0-2, succeededCount: 3 }'),
    of('{ succeededIndexes: "0,2" }'),
    of('{ succeededIndexes: "" }'),
  );
  table([
    [of('{ succeededIndexes: «success-policy-invalid 0-3» }'), `${at}.succeededIndexes`],
    [of('{ succeededCount: «success-policy-invalid 4» }'), `${at}.succeededCount`],
    [of('{ succeededIndexes: "0,1", succeededCount: «success-policy-invalid 3» }'), `${at}.succeededCount`],
    ['«success-policy-invalid successPolicy»: { rules: [{ succeededCount: 1 }] }', 'spec.successPolicy'],
    [of('').replace('rules', '«success-policy-invalid rules»'), 'spec.successPolicy.rules'],
  ]);

  test('indexes are counted as the server does', () => {
    const counts = {
      '': 0,
      '0': 1,
      '0,2-4': 4,
      '+1': 1,
      '5': null,
      '2-1': null,
      '1-1': null,
      '1,1': null,
      '0, 1': null,
      '0-1-2': null,
      a: null,
      '-1': null,
    };
    for (const [text, count] of Object.entries(counts)) assert.equal(countIndexes(text, 5), count, text);
  });
});
