import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EventRow } from '../../../src/cluster/index.ts';
import { formatMessage, message } from '../../../src/core/index.ts';
import { autoscalerSource } from '../../../src/features/replicas/autoscaler-source.ts';
import { replicaPage, type ReplicaSources } from '../../../src/features/replicas/model.ts';
import { podSource } from '../../../src/features/replicas/pod-source.ts';
import {
  podSelector,
  replicaSetSource,
  workloadSource,
} from '../../../src/features/replicas/workload-source.ts';
import type { ReplicaPage } from '../../../src/webview/protocol.ts';
import {
  autoscalerObject,
  crashed,
  deploymentObject,
  podObject,
  replicaSetObject,
  shopWeb,
} from './objects.ts';

const sources: ReplicaSources = {
  workload: shopWeb,
  source: workloadSource(deploymentObject()),
  replicaSets: [replicaSetSource(replicaSetObject('rs1', 'd1'))],
  pods: ['web-a', 'web-b', 'web-c'].map((name) => podSource(podObject(name))),
  autoscalers: [],
  events: [],
  problems: { autoscalers: null, events: null },
};

function page(changes: Partial<ReplicaSources> = {}): ReplicaPage {
  return replicaPage({ ...sources, ...changes }, { phase: 'live', at: 0 }, formatMessage);
}

function event(uid: string, lastSeen: string | null, count = 1): EventRow {
  return {
    uid,
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    count,
    firstSeen: Date.parse('2026-05-04T11:00:00Z'),
    lastSeen: lastSeen === null ? null : Date.parse(lastSeen),
    object: { kind: 'Pod', namespace: 'shop', name: 'web-a', uid: 'uid-web-a', fieldPath: '' },
    source: 'kubelet',
  };
}

describe('the replica page’s model', () => {
  test('a healthy Deployment: verdict with revision and since when, no fact is off', () => {
    const { verdict, facts, pods, conditions } = page();
    assert.deepEqual(verdict, {
      health: 'healthy',
      text: 'Healthy: 3 of 3 ready, v12',
      since: Date.parse('2026-05-04T11:56:00Z'),
    });
    assert.deepEqual(
      facts.map(({ name, value, off }) => [name, value, off]),
      [
        ['desired', 3, false],
        ['current', 3, false],
        ['updated', 3, false],
        ['ready', 3, false],
        ['available', 3, false],
      ],
    );
    assert.deepEqual(
      pods.map(({ name }) => name),
      ['web-a', 'web-b', 'web-c'],
    );
    assert.equal(conditions[0]?.health, 'healthy');
  });

  test('nothing is claimed before the workload was seen', () => {
    const { verdict, facts, pods } = page({ source: null });
    assert.equal(verdict, null);
    assert.deepEqual([facts, pods], [[], []]);
  });

  test('failing pods are named in the verdict, however calm the Deployment is', () => {
    const bad = ['web-a', 'web-b'].map((name) => podSource(podObject(name, { status: crashed })));
    const { verdict, pods } = page({
      source: workloadSource(deploymentObject({ ready: 1 })),
      pods: [...bad, podSource(podObject('web-c'))],
    });
    assert.equal(verdict?.health, 'failed');
    assert.equal(verdict?.text, 'Failing: 1 of 3 ready, v12 · 2 pods: CrashLoopBackOff, exit 3');
    assert.equal(verdict?.since, null);
    assert.deepEqual(pods[0]?.containers[0]?.lastEnd, {
      reason: 'Error',
      exitCode: 3,
      at: Date.parse('2026-05-04T11:59:00Z'),
    });
  });

  test('one failing pod is named itself', () => {
    const { verdict } = page({ pods: [podSource(podObject('web-a', { status: crashed }))] });
    assert.match(verdict?.text ?? '', /^Needs attention: 3 of 3 .* · web-a: CrashLoopBackOff, exit 3$/);
  });

  test('zero replicas are idle, and no trouble', () => {
    const { verdict } = page({ source: workloadSource(deploymentObject({ replicas: 0 })), pods: [] });
    assert.deepEqual([verdict?.health, verdict?.text], ['idle', 'Idle: scaled to zero, v12']);
  });

  test('pods of another owner with the same labels are left out', () => {
    const other = podSource(podObject('stranger', { owner: 'rs9' }));
    const foreign = replicaSetSource(replicaSetObject('rs9', 'd9'));
    const { pods } = page({
      pods: [...sources.pods, other],
      replicaSets: [...sources.replicaSets, foreign],
    });
    assert.equal(pods.length, 3);
  });

  test('pods stand newest first, so a rollout’s new ones appear on top and stay', () => {
    const young = podSource(podObject('web-z', { created: '2026-05-04T11:59:00Z' }));
    assert.equal(page({ pods: [...sources.pods, young] }).pods[0]?.name, 'web-z');
  });

  test('the autoscaler that owns the replicas is told with its metric', () => {
    const line = (target: string, current: number | null): string =>
      page({ autoscalers: [autoscalerSource(autoscalerObject(target, current))] }).autoscaler;
    assert.equal(line('web', 64), 'HPA web: 2–10 · cpu 64 of 80 %');
    assert.equal(line('web', null), 'HPA web: 2–10 · cpu ? of 80 %');
    assert.equal(line('api', 64), '');
  });

  test('metrics of several containers are told apart', () => {
    const metric = (container: string, value: object) => ({
      type: 'ContainerResource',
      containerResource: { name: 'cpu', container, ...value },
    });
    const used = (averageUtilization: number) => ({ current: { averageUtilization } });
    const target = { target: { type: 'Utilization', averageUtilization: 80 } };
    const { metadata, spec } = autoscalerObject('web', null) as { metadata: object; spec: object };
    const source = autoscalerSource({
      metadata,
      spec: { ...spec, metrics: [metric('app', target), metric('proxy', target)] },
      status: { currentMetrics: [metric('app', used(10)), metric('proxy', used(70))] },
    });
    assert.equal(
      page({ autoscalers: [source] }).autoscaler,
      'HPA web: 2–10 · cpu (app) 10 of 80 % · cpu (proxy) 70 of 80 %',
    );
  });

  test('autoscalers that may not be read are not claimed to be none', () => {
    const problems = { autoscalers: message('HPA unknown: you may not list HPAs'), events: null };
    assert.equal(page({ problems }).autoscaler, 'HPA unknown: you may not list HPAs');
  });

  test('events stand newest first; one that was never repeated has its first time', () => {
    const { events } = page({
      events: [event('old', null), event('new', '2026-05-04T11:59:00Z', 12)],
    });
    assert.deepEqual(
      events.map(({ uid, count, about, at }) => [uid, count, about, at]),
      [
        ['new', 12, 'Pod web-a', Date.parse('2026-05-04T11:59:00Z')],
        ['old', 1, 'Pod web-a', Date.parse('2026-05-04T11:00:00Z')],
      ],
    );
  });

  test('events that cannot be read say why', () => {
    const problems = { autoscalers: null, events: message('dev does not allow this') };
    assert.equal(page({ problems }).eventsProblem, 'dev does not allow this');
  });

  test('a DaemonSet is not scaled by hand; a ReplicaSet rolls nothing out', () => {
    assert.equal(page({ workload: { ...shopWeb, kind: 'DaemonSet' } }).scalable, false);
    const { facts } = page({ workload: { ...shopWeb, kind: 'ReplicaSet' } });
    assert.deepEqual(
      facts.map(({ name }) => name),
      ['desired', 'current', 'ready', 'available'],
    );
  });
});

describe('what the page keeps of objects', () => {
  test('container states', () => {
    const state = (status: object): unknown => {
      const row = podSource(podObject('web-a', { status: { name: 'app', ...status } })).containers[0];
      return [row?.state, row?.health];
    };
    assert.deepEqual(state({ state: { running: {} }, ready: true }), ['Running', 'healthy']);
    assert.deepEqual(state({ state: { running: {} }, ready: false }), ['Running', 'progressing']);
    assert.deepEqual(state({ state: { waiting: { reason: 'ContainerCreating' } } }), [
      'ContainerCreating',
      'progressing',
    ]);
    assert.deepEqual(state({ state: { waiting: { reason: 'ErrImagePull' } } }), ['ErrImagePull', 'failed']);
    assert.deepEqual(state({ state: { terminated: { exitCode: 0, reason: 'Completed' } } }), [
      'Completed',
      'idle',
    ]);
    assert.deepEqual(state({ state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }), [
      'OOMKilled',
      'failed',
    ]);
    assert.deepEqual(state({}), ['Waiting', 'progressing']);
  });

  test('an empty object costs no exception', () => {
    assert.equal(podSource({}).name, '');
    assert.equal(workloadSource({}).uid, '');
    assert.equal(autoscalerSource({}).max, 0);
  });

  test('images as they fit a column', () => {
    const shown = (image: string): string => podSource(podObject('web-a', { image })).image;
    assert.equal(shown('127.0.0.1:5001/team/app:1.4'), 'app:1.4');
    assert.equal(shown(`ghcr.io/team/app@sha256:${'ab12cd34ef56'.repeat(5)}`), 'app@ab12cd34ef56');
    assert.equal(shown('nginx'), 'nginx');
  });

  test('the pods’ selector, of a ReplicationController too', () => {
    assert.equal(podSelector({ kind: 'Deployment', spec: { selector: { matchLabels: { a: 'b' } } } }), 'a=b');
    assert.equal(podSelector({ kind: 'ReplicationController', spec: { selector: { a: 'b' } } }), 'a=b');
    assert.equal(podSelector({ kind: 'Deployment', spec: { selector: {} } }), null);
  });
});
