import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage } from '../../../src/core/index.ts';
import { check, deployment, enough, fixed, indent, only, titles } from '../marked.ts';

const bare = deployment('stdin: true').replace(
  'name: web\n          image',
  'name: «requests-missing web»\n          image',
);

describe('requests-missing', () => {
  test('is told once a container, on its name', () => {
    const finding = only(bare);
    assert.equal(finding.severity, 'warning');
    assert.equal(finding.path, 'spec.template.spec.containers[0].resources.requests');
    assert.equal(
      formatMessage(finding.message),
      'Container web requests no CPU and no memory; add resources.requests so it gets its share',
    );
  });

  test('is told on `resources` where that is written, and names what is missing', () => {
    const one = only(deployment('«requests-missing resources»: { limits: { memory: 1Gi } }'));
    assert.match(formatMessage(one.message), /no CPU;/);
    const other = only(deployment('«requests-missing resources»: { requests: { cpu: 1, memory: } }'));
    assert.match(formatMessage(other.message), /no memory;/);
    check(deployment('«requests-missing resources»: {}'));
    check(deployment('«requests-missing resources»:'));
  });

  test('a limit is a request as well, and so is what the whole pod requests', () => {
    check(deployment('resources: { limits: { cpu: 1, memory: 1Gi } }'));
    check(deployment('resources: { requests: { cpu: 1 }, limits: { memory: 1Gi } }'));
    check(deployment('stdin: true', 'resources: { requests: { cpu: 1 }, limits: { memory: 1Gi } }'));
    check(deployment('resources: { requests: { cpu: 0, memory: 0 } }'));
  });

  test('sidecars need requests, plain init containers do not', () => {
    check(
      deployment(
        enough,
        `initContainers:
  - { name: plain, image: a }
  - { name: «requests-missing side», image: a, restartPolicy: Always }`,
      ),
    );
  });

  const kinds: Record<string, string> = {
    Pod: 'apiVersion: v1\nkind: Pod\nspec:\n',
    PodTemplate: 'apiVersion: v1\nkind: PodTemplate\ntemplate:\n  spec:\n',
    Deployment: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n',
    ReplicaSet: 'apiVersion: apps/v1\nkind: ReplicaSet\nspec:\n  template:\n    spec:\n',
    StatefulSet: 'apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  template:\n    spec:\n',
    DaemonSet: 'apiVersion: apps/v1\nkind: DaemonSet\nspec:\n  template:\n    spec:\n',
    ReplicationController: 'apiVersion: v1\nkind: ReplicationController\nspec:\n  template:\n    spec:\n',
    Job: 'apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n',
    CronJob:
      'apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n',
  };
  for (const [kind, head] of Object.entries(kinds)) {
    const columns = /(\n *)\w+:\n$/.exec(head)?.[1]?.length ?? 1;
    const text = `${head}${indent('containers:\n- name: «requests-missing a»\n  image: a', columns + 1)}\n`;
    test(`looks into a ${kind}, alone and as an item of a List`, () => {
      const path = head
        .split('\n')
        .slice(2)
        .flatMap((line) => /\w+/.exec(line) ?? [])
        .join('.');
      assert.equal(only(text).path, `${path}.containers[0].resources.requests`);
      const list = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Namespace\n-\n${indent(text, 2)}`;
      assert.equal(only(list).path, `items[1].${path}.containers[0].resources.requests`);
    });
  }

  test('every document of a file is looked at', () => {
    const { findings } = check(`${bare}---\n${bare}---\n# nothing\n---\n${bare}`);
    assert.deepEqual(
      findings.map(({ document }) => document),
      [0, 1, 3],
    );
  });

  test('somebody else’s kinds are left alone', () => {
    check(
      'apiVersion: serving.example.dev/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: a}]}}}\n',
    );
    check('apiVersion: example.com/v1\nkind: Service\nspec: {containers: [{image: a}]}\n');
  });

  test('patches are left alone: the rest is written elsewhere', () => {
    check(
      'apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{name: a, env: []}]}}}\n',
    );
    check(
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - $patch: replace\n    - { name: a, image: a }\n',
    );
    check(
      'apiVersion: v1\nkind: Pod\nspec:\n  $setElementOrder/containers: []\n  containers: [{ name: a, image: a }]\n',
    );
  });

  test('nothing is called missing where the text could not be read', () => {
    check(deployment('resources:\n  limits: «yaml-syntax @nothing»'));
  });

  test('its fix adds what is missing, in line with the rest', () => {
    assert.deepEqual(titles(only(bare)), ['Add requests of 100m CPU and 128Mi memory']);
    const block = 'resources:\n  requests:\n    cpu: 100m\n    memory: 128Mi';
    const plain = only(bare);
    assert.equal(fixed(plain), `${plain.text}${indent(block, 10)}\n`);
    check(fixed(plain));
    const half = only(deployment('«requests-missing resources»:\n  limits:\n    cpu: 1\n\n# the end'));
    assert.equal(
      fixed(half),
      deployment('resources:\n  limits:\n    cpu: 1\n  requests:\n    memory: 128Mi\n\n# the end'),
    );
    const more = only(deployment('«requests-missing resources»:\n  requests:\n    cpu: 1 # one'));
    assert.equal(fixed(more), deployment('resources:\n  requests:\n    cpu: 1 # one\n    memory: 128Mi'));
  });

  test('its fix keeps carriage returns, and does without a last line break', () => {
    const crlf = only(bare.replaceAll('\n', '\r\n'));
    assert.equal(fixed(crlf).replaceAll('\r\n', '').includes('\n'), false);
    check(fixed(crlf));
    const cut = only(bare.trimEnd());
    check(fixed(cut));
  });

  test('no fix is offered inside braces', () => {
    assert.deepEqual(
      only('apiVersion: v1\nkind: Pod\nspec: {containers: [{name: «requests-missing a», image: a}]}\n').fixes,
      [],
    );
  });
});
