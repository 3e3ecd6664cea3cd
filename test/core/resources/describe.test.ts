import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeObject } from '../../../src/core/index.ts';
import type { DescriptionSection, Related } from '../../../src/core/index.ts';
import { applicationCases } from './cases-application.ts';
import { clusterCases } from './cases-cluster.ts';
import { richPod } from './rich-pod.ts';
import { now, read, say } from './support.ts';

/** Headings, facts and tables as indented lines: enough to compare, and how a page might look. */
function page(object: unknown, related: Partial<Related> = {}): readonly string[] {
  const lines = (section: DescriptionSection): readonly string[] => {
    const indent = '  '.repeat(section.level - 1);
    const rows = section.table === null ? [] : [section.table.columns, ...section.table.rows];
    return [
      `${indent}# ${say(section.title)}`,
      ...section.facts.map(
        ({ name, value }) => `${indent}${say(name)}: ${say(value).replaceAll('\n', ' | ')}`,
      ),
      ...rows.map((cells) => `${indent}${cells.map(say).join(' | ')}`),
    ];
  };
  return describeObject(object, { events: [], pods: [], now, ...related }).flatMap(lines);
}

function found(cases: readonly { readonly name: string; readonly object: string }[], name: string): unknown {
  const one = cases.find((each) => each.name === name);
  assert.ok(one !== undefined, name);
  return read(one.object);
}

describe('describeObject', () => {
  test('a pod, to the last mount', () => {
    assert.deepEqual(page(richPod), [
      '# Pod web-7d9f-x2x',
      'Namespace: shop',
      'State: Running',
      'Node: n-1',
      'Containers ready: 0/1',
      'Restarts: 2',
      'Created: 2026-11-21T09:00:00Z (1 h ago)',
      'Owned by: ReplicaSet web-7d9f',
      'Labels: app=web | pod-template-hash=7d9f',
      'Annotations: example.com/note=two lines',
      '# Runs',
      'Addresses: 10.1.0.7, fd00::7',
      'Node address: 10.0.0.1',
      'Started: 2026-11-21T09:00:01Z (59 min ago)',
      'Requests: cpu 250m, memory 128Mi',
      'Limits: memory 256Mi',
      'Quality of service: Burstable',
      'Priority: high 1000',
      'Service account: robot',
      'Restart policy: Always',
      'Node selector: disk=ssd',
      'Tolerations: * | node.kubernetes.io/unreachable:NoExecute 300 s',
      '# Containers',
      '  # Init container migrate',
      '  State: Completed',
      '  Ready: yes',
      '  Restarts: 0',
      '  Image: app:1',
      '  Command: migrate up',
      '  # Container app',
      '  State: Running',
      '  Since: 2026-11-21T09:49:00Z (11 min ago)',
      '  Last end: OOMKilled, exit 137',
      '  Ready: no',
      '  Restarts: 2',
      '  Image: app:1',
      '  Runs: registry/app@sha256:abc',
      '  Command: serve --port 8080',
      '  Ports: http 8080/TCP, 9000/TCP (host 9001)',
      '  Requests: cpu 250m, memory 128Mi',
      '  Limits: memory 256Mi',
      '  Startup probe: cat /ready every 10 s, 30 failures in a row',
      '  Readiness probe: GET HTTP :http/ready every 5 s, 3 failures in a row',
      '  Liveness probe: TCP :8080 every 10 s, 3 failures in a row',
      '  Environment: * ← Secret more | S_* ← ConfigMap settings | MODE=production | PASSWORD ← Secret login [password] | COLOR ← ConfigMap settings [color] | NODE ← spec.nodeName | CPU ← limits.cpu',
      '  Mounts: /data ← data/web | /etc/web ← config (ro)',
      '# Volumes',
      'Name | Source',
      'data | persistentVolumeClaim data',
      'config | configMap settings',
      'login | secret login',
      'scratch | emptyDir',
      '# Conditions',
      'Type | Status | Since | Reason | Message',
      'Ready | False | 10 min | ContainersNotReady | containers with unready status: [app]',
    ]);
  });

  test('a node: heartbeat, use, pods in trouble first', () => {
    const lease = { spec: { renewTime: '2026-11-21T09:59:12.000000Z', leaseDurationSeconds: 40 } };
    const broken = found(applicationCases, 'a pod in a crash loop after running out of memory');
    const lines = page(found(clusterCases, 'a node in good health'), { lease, pods: [richPod, broken] });
    const from = lines.indexOf('# Heartbeat');
    assert.deepEqual(lines.slice(from, from + 8), [
      '# Heartbeat',
      'Last: heartbeat 48 s ago',
      'Good for: 40 s',
      'State: overdue: nobody can know how it is',
      '# Use',
      'Resource | Allocatable | Requested | Limits',
      'cpu | 4 | 250m (6 %) | 0 (0 %)',
      'memory | 8Gi | 128Mi (1 %) | 256Mi (3 %)',
    ]);
    assert.ok(lines.includes('pods | 110 | 2 | '));
    const pods = lines.indexOf('# Pods (2)');
    assert.deepEqual(
      lines.slice(pods + 2).map((line) => line.split(' | ').slice(0, 3).join(' ')),
      ['web-1 0/1 CrashLoopBackOff', 'web-7d9f-x2x 0/1 Running'],
    );
  });

  test('a Deployment: replicas, strategy and what its pods will be', () => {
    const lines = page(
      read(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, annotations: { deployment.kubernetes.io/revision: "12" } }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  template: { spec: { containers: [{ name: app, image: app:1.4 }] } }
status: { replicas: 3, updatedReplicas: 3, readyReplicas: 2, availableReplicas: 2 }`),
    );
    for (const line of [
      'Desired: 3',
      'Available: 2',
      'Strategy: RollingUpdate maxSurge=25%, maxUnavailable=0',
      'Selector: app=web',
      'Revision: 12',
      '  # Container app',
      '  Image: app:1.4',
    ]) {
      assert.ok(lines.includes(line), `${line} is missing of ${lines.join('\n')}`);
    }
  });

  test('a Job says how long it took', () => {
    const lines = page(
      read(
        `{ apiVersion: batch/v1, kind: Job, metadata: { name: once }, spec: { completions: 2, backoffLimit: 6, activeDeadlineSeconds: 60 }, status: { succeeded: 2, startTime: "2026-11-21T09:00:00Z", completionTime: "2026-11-21T09:03:00Z" } }`,
      ),
    );
    for (const line of ['Succeeded: 2', 'Took: 3 min', 'Deadline: 60 s', 'Retries allowed: 6']) {
      assert.ok(lines.includes(line), line);
    }
  });

  test('a Service with its endpoints', () => {
    const slice = found(applicationCases, 'endpoints, one of three ready');
    const lines = page(found(applicationCases, 'a load balancer with its address'), {
      endpointSlices: [slice],
    });
    const from = lines.indexOf('# Endpoints');
    assert.deepEqual(lines.slice(from + 1), [
      'Address | State | Pod | Node | Zone',
      '10.1.0.1 | ready | web-1 | n-1 | a',
      '10.1.0.2 | terminating | web-2 |  | ',
      '10.1.0.3 | not ready |  |  | ',
    ]);
  });

  const tables: Record<string, readonly [object: string, line: string]> = {
    'keys, never values': [
      '{ apiVersion: v1, kind: Secret, metadata: { name: x }, type: Opaque, data: { password: aHVudGVyMg==, store: UEsDBAA= } }',
      'store | 5 B | binary',
    ],
    rules: [
      '{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: x }, rules: [{ apiGroups: ["", apps], resources: [pods, deployments], verbs: [get], resourceNames: [web] }] }',
      'get | pods, deployments | "", apps | web',
    ],
    subjects: [
      '{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: x }, roleRef: { kind: Role, name: r }, subjects: [{ kind: ServiceAccount, name: robot, namespace: shop }] }',
      'ServiceAccount | robot | shop',
    ],
    quotas: [
      '{ apiVersion: v1, kind: ResourceQuota, metadata: { name: x }, status: { hard: { pods: "4" }, used: { pods: "1" } } }',
      'pods | 1 | 4 | 25 %',
    ],
    limits: [
      '{ apiVersion: v1, kind: LimitRange, metadata: { name: x }, spec: { limits: [{ type: Container, min: { cpu: 10m }, default: { cpu: 1 } }] } }',
      'Container | cpu | 10m |  |  | 1 | ',
    ],
    'fields of a kind nobody knows': [
      '{ apiVersion: example.com/v1, kind: Crane, metadata: { name: x }, spec: { size: 40t, parts: [{ n: 1 }, { n: 2 }], tags: [a, b] }, status: { load: 0, conditions: [{ type: Ready, status: "True" }] } }',
      'parts[1].n: 2',
    ],
  };
  for (const [name, [object, line]] of Object.entries(tables)) {
    test(name, () => {
      const lines = page(read(object));
      assert.ok(lines.includes(line), lines.join('\n'));
      assert.doesNotMatch(lines.join('\n'), /hunter2|aHVudGVyMg/);
    });
  }

  test('events, the newest first', () => {
    const older = found(applicationCases, 'an event of the newer API');
    const newer = found(applicationCases, 'a warning that repeats');
    const lines = page(read('{ kind: Pod, apiVersion: v1, metadata: { name: x } }'), {
      events: [older, newer],
    });
    assert.deepEqual(lines.slice(-2), [
      '4 min | Warning | BackOff ×7 | Pod web-1 | Back-off restarting failed container',
      '30 min | Normal | ScalingReplicaSet ×3 | Deployment web | Scaled up',
    ]);
  });

  test('what holds up a deletion', () => {
    const lines = page(
      read(
        '{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, deletionTimestamp: "2026-11-21T09:58:00Z", finalizers: [example.com/hold] } }',
      ),
    );
    assert.ok(lines.includes('Being deleted since: 2026-11-21T09:58:00Z (2 min ago)'));
    assert.ok(lines.includes('Waits for: example.com/hold'));
  });

  test('a kind without an end is cut', () => {
    const spec = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, index]));
    const sections = describeObject(
      { apiVersion: 'example.com/v1', kind: 'Crane', spec },
      { events: [], pods: [], now },
    );
    const [, fields] = sections;
    assert.equal(fields?.facts.length, 60);
    assert.equal(fields?.note && say(fields.note), 'More fields: see its YAML');
  });
});
