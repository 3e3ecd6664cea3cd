import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check as checkAll, fixed, only as onlyOne, titles } from '../../marked.ts';
import { serverOnly, workload } from './workload.ts';

const check = (marked: string): ReturnType<typeof checkAll> => checkAll(marked, serverOnly);
const only = (marked: string): ReturnType<typeof onlyOne> => onlyOne(marked, serverOnly);

const kinds = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController'];

describe('workloads', () => {
  for (const kind of kinds) test(`a plain ${kind} is right`, () => void check(workload(kind)));
});

describe('selector-missing', () => {
  test('is told on the kind, and can be made of the labels', () => {
    for (const kind of kinds.slice(0, 3)) {
      const text = workload(kind)
        .replace('  selector: { matchLabels: { app: web } }\n', '')
        .replace('spec:', '«selector-missing spec»:');
      const finding = only(text);
      assert.equal(finding.path, 'spec.selector');
      assert.deepEqual(titles(finding), ['Select the labels of the template !']);
      check(fixed(finding));
    }
  });

  test('of a DaemonSet the server says that it does not match', () => {
    const text = workload('DaemonSet')
      .replace('  selector: { matchLabels: { app: web } }\n', '')
      .replace('spec:', '«selector-missing spec»:');
    assert.equal(only(text).path, 'spec.template.metadata.labels');
  });

  test('an empty one is none', () => {
    for (const kind of kinds.slice(0, 4)) {
      for (const selector of ['{}', '{ matchLabels: {}, matchExpressions: [] }']) {
        const text = workload(kind, { selector }).replace('selector:', '«selector-missing selector»:');
        assert.equal(only(text).path, 'spec.selector');
      }
    }
  });

  test('a ReplicationController takes the labels of its template', () => {
    check(workload('ReplicationController', { selector: '{}' }));
    const text = workload('ReplicationController', { selector: '{}', labels: '{}' });
    assert.equal(only(text.replace('selector:', '«selector-missing selector»:')).path, 'spec.selector');
  });

  test('numbers and words among the labels stay texts', () => {
    const finding = only(
      workload('Deployment', { labels: '{ a: "1", b: "yes", c: "" }' })
        .replace('  selector: { matchLabels: { app: web } }\n', '')
        .replace('spec:', '«selector-missing spec»:'),
    );
    check(fixed(finding));
  });
});

describe('selector-mismatch', () => {
  test('a label of another value', () => {
    for (const kind of kinds) {
      const finding = only(workload(kind, { labels: '{ app: «selector-mismatch website» }' }));
      assert.equal(finding.path, 'spec.template.metadata.labels');
      assert.deepEqual(titles(finding), ['Change to web']);
      check(fixed(finding));
    }
  });

  test('a label that is not there', () => {
    const text = workload('Deployment', { labels: '\n        tier: front' });
    const finding = only(text.replace('labels:', '«selector-mismatch labels»:'));
    assert.deepEqual(titles(finding), ['Add the label app: web !']);
    assert.ok(fixed(finding).includes('        tier: front\n        app: web\n'));
    check(fixed(finding));
  });

  test('expressions', () => {
    const of = (parts: string, labels: string): string =>
      workload('Deployment', { selector: `{ matchExpressions: [{ key: app, ${parts} }] }`, labels });
    check(of('operator: In, values: [web, api]', '{ app: web }'));
    check(of('operator: NotIn, values: [web]', '{ app: api }'));
    check(of('operator: NotIn, values: [web]', '{}'));
    check(of('operator: Exists', '{ app: null }'));
    check(of('operator: In, values: [a, b]', '{ app: «selector-mismatch web» }'));
    check(of('operator: DoesNotExist', '{ app: «selector-mismatch web» }'));
    check(of('operator: Exists', '{}').replace('labels:', '«selector-mismatch labels»:'));
  });

  test('is silent where one side cannot be known', () => {
    check(workload('Deployment', { labels: '{ app: "${APP}" }' }));
    check(workload('Deployment', { selector: '{ matchLabels: { app: "${APP}" } }' }));
    check(workload('Deployment', { labels: '{}' }).replace('spec:', '$patch: merge\nspec:'));
  });
});

describe('strategy-invalid', () => {
  const strategies: Record<string, readonly (readonly [string, string | null])[]> = {
    Deployment: [
      ['{}', null],
      ['{ type: Recreate, rollingUpdate: null }', null],
      ['{ rollingUpdate: { maxSurge: 0 } }', null],
      ['{ rollingUpdate: { maxSurge: 200%, maxUnavailable: 0 } }', null],
      ['{ type: Recreate, «strategy-invalid rollingUpdate»: {} }', '.rollingUpdate'],
      ['{ type: «strategy-invalid recreate» }', ''],
      [
        '{ rollingUpdate: { maxSurge: 0, maxUnavailable: «strategy-invalid 0%» } }',
        '.rollingUpdate.maxUnavailable',
      ],
      ['{ rollingUpdate: { maxUnavailable: «strategy-invalid 101%» } }', '.rollingUpdate.maxUnavailable'],
      ['{ rollingUpdate: { maxSurge: «strategy-invalid 12.5%» } }', '.rollingUpdate.maxSurge'],
      ['{ rollingUpdate: { maxSurge: «strategy-invalid "1"» } }', '.rollingUpdate.maxSurge'],
      ['{ rollingUpdate: { maxSurge: «strategy-invalid -1» } }', '.rollingUpdate.maxSurge'],
    ],
    DaemonSet: [
      ['{ type: OnDelete, rollingUpdate: { maxSurge: 5 } }', null],
      ['{ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }', null],
      ['{ rollingUpdate: { maxSurge: «strategy-invalid 1» } }', '.rollingUpdate.maxSurge'],
      ['{ rollingUpdate: { maxUnavailable: «strategy-invalid 0» } }', '.rollingUpdate.maxUnavailable'],
      [
        '{ rollingUpdate: { maxSurge: «strategy-invalid 110%», maxUnavailable: 0 } }',
        '.rollingUpdate.maxSurge',
      ],
      ['{ type: «strategy-invalid Recreate» }', ''],
    ],
    StatefulSet: [
      ['{ type: OnDelete }', null],
      ['{ rollingUpdate: { partition: 3, maxUnavailable: 110% } }', null],
      ['{ type: OnDelete, «strategy-invalid rollingUpdate»: {} }', '.rollingUpdate'],
      ['{ type: «strategy-invalid Recreate» }', ''],
    ],
  };
  for (const [kind, cases] of Object.entries(strategies)) {
    const key = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
    for (const [strategy, path] of cases) {
      test(`${kind} ${strategy.replaceAll(/«[\w-]+ ([^»]*)»/g, '$1')}`, () => {
        const { findings } = check(workload(kind, { spec: `${key}: ${strategy}` }));
        assert.deepEqual(
          findings.map((finding) => finding.path),
          path === null ? [] : [`spec.${key}${path}`],
        );
      });
    }
  }

  test('defaults are not held against a patch', () => {
    const patch = workload('DaemonSet', { spec: 'updateStrategy: { rollingUpdate: { maxSurge: 1 } }' });
    check(patch.replace('spec:', '$patch: merge\nspec:'));
  });
});

describe('workload-restart-policy', () => {
  test('what never ends', () => {
    for (const kind of kinds) {
      const finding = only(
        workload(kind, {
          pod: 'restartPolicy: «workload-restart-policy OnFailure»\ncontainers: [{ name: a, image: a }]',
        }),
      );
      assert.equal(finding.path, 'spec.template.spec.restartPolicy');
      check(fixed(finding));
      check(
        workload(kind, {
          pod: 'activeDeadlineSeconds: «workload-restart-policy 5»\ncontainers: [{ name: a, image: a }]',
        }),
      );
    }
  });
});

describe('count-negative', () => {
  test('what the server looks at, and nothing else', () => {
    const finding = only(workload('Deployment', { spec: 'replicas: «count-negative -1»' }));
    assert.equal(finding.path, 'spec.replicas');
    check(workload('Deployment', { spec: 'replicas: 0\nminReadySeconds: 0\nrevisionHistoryLimit: 0' }));
    check(workload('DaemonSet', { spec: 'revisionHistoryLimit: «count-negative -1»' }));
    check(workload('StatefulSet', { spec: 'revisionHistoryLimit: -1' }));
    check(workload('StatefulSet', { spec: 'ordinals: { start: «count-negative -1» }' }));
  });
});

describe('progress-deadline-invalid', () => {
  test('is longer than a pod waits, 600 seconds by default', () => {
    check(workload('Deployment', { spec: 'minReadySeconds: 599' }));
    const finding = only(
      workload('Deployment', { spec: 'minReadySeconds: «progress-deadline-invalid 600»' }),
    );
    assert.equal(finding.path, 'spec.progressDeadlineSeconds');
    check(workload('Deployment', { spec: 'progressDeadlineSeconds: «progress-deadline-invalid 0»' }));
    const both = 'minReadySeconds: 10\nprogressDeadlineSeconds: «progress-deadline-invalid 10»';
    check(workload('Deployment', { spec: both }));
  });
});

describe('stateful-set-invalid', () => {
  const claim = (metadata: string): string =>
    `volumeClaimTemplates:\n  - metadata: ${metadata}\n    spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }`;
  const cases: readonly (readonly [string, string])[] = [
    ['podManagementPolicy: «stateful-set-invalid parallel»', 'spec.podManagementPolicy'],
    [
      'persistentVolumeClaimRetentionPolicy: { whenScaled: «stateful-set-invalid Keep» }',
      'spec.persistentVolumeClaimRetentionPolicy.whenScaled',
    ],
    ['serviceName: «stateful-set-invalid a.b»', 'spec.serviceName'],
    [claim('{ name: «stateful-set-invalid Data» }'), 'spec.template.spec.volumes[0].name'],
  ];
  for (const [spec, path] of cases) {
    test(path, () => {
      assert.equal(only(workload('StatefulSet', { spec })).path, path);
    });
  }

  test('empty is as good as absent', () => {
    check(workload('StatefulSet', { spec: 'podManagementPolicy: ""\nserviceName: ""' }));
    check(workload('StatefulSet', { spec: 'persistentVolumeClaimRetentionPolicy: { whenDeleted: "" }' }));
    check(workload('StatefulSet', { spec: claim('{ name: data, labels: { "a b": c }, namespace: X_ }') }));
  });
});

describe('template-missing', () => {
  test('a ReplicationController needs one', () => {
    const text =
      'apiVersion: v1\nkind: ReplicationController\nmetadata: { name: a }\nspec: { selector: { a: b } }\n';
    assert.equal(only(text.replace('spec:', '«template-missing spec»:')).path, 'spec.template');
  });
});

describe('controller-revision-invalid', () => {
  test('data is a mapping', () => {
    const of = (data: string): string =>
      `apiVersion: apps/v1\nkind: ControllerRevision\nmetadata: { name: a }\nrevision: 1\n${data}\n`;
    check(of('data: {}'));
    check(of('«controller-revision-invalid data»: [1]'));
    check(of('data: «controller-revision-invalid text»'));
    check(
      of('').replace('kind: ControllerRevision', 'kind: «controller-revision-invalid ControllerRevision»'),
    );
  });
});
