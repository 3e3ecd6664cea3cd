import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, defaultSettings, presets } from '../../../src/core/index.ts';

/** A pod that nothing is wrong with, and some lines more in its spec. */
const pod = (lines: string): string => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  ${lines.replaceAll('\n', '\n  ')}
  containers:
    - name: web
      image: example.com/web:1
      resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 64Mi } }
`;

const policy = (lines: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: {}
  ${lines}
`;

/** Mistakes that two rules could be thought to be about, and the one that tells each. */
const mistakes: readonly (readonly [text: string, code: string])[] = [
  [pod('securityContext: { sysctls: [{ name: a b, value: "1" }] }'), 'sysctl-invalid'],
  [pod('securityContext: { seccompProfile: { type: Unconfind } }'), 'security-profile-invalid'],
  [pod('volumes: [{ name: a, hostPath: { path: /run/docker.sock } }]'), 'runtime-socket-mounted'],
  [policy('policyTypes: [ingress]\n  ingress: [{}]'), 'network-policy-invalid'],
  [pod('restartpolicy: Never'), 'field-unknown'],
  [pod('x').replace(/  x\n/, '').replace('containers:', 'container:'), 'field-unknown'],
];

/** A pod whose container has these lines and nothing else that is of interest here. */
const container = (lines: string): string =>
  pod('hostNetwork: false').replace(/      resources:.*\n/, lines === '' ? '' : `      ${lines}\n`);

const amounts = (requests: string, limits: string): string =>
  container(`resources: { requests: { ${requests} }, limits: { ${limits} } }`);

/** The same, in any preset, of the rules that could be thought to be about it. */
const everywhere: readonly (readonly [title: string, text: string, rivals: string, codes: string])[] = [
  [
    'a resource that is misspelt',
    amounts('cpus: 1, memory: 64Mi', 'memory: 64Mi'),
    'resource-name-invalid requests-missing memory-limit-missing qos-best-effort',
    'resource-name-invalid',
  ],
  [
    'a limit that is misspelt',
    amounts('cpu: 1, memory: 64Mi', 'memroy: 64Mi'),
    'resource-name-invalid requests-missing memory-limit-missing qos-best-effort',
    'resource-name-invalid',
  ],
  [
    'no amounts at all',
    container(''),
    'requests-missing memory-limit-missing qos-best-effort cpu-limit-missing',
    'requests-missing',
  ],
  [
    'much more memory than is requested',
    amounts('cpu: 1, memory: 64Mi', 'memory: 640Mi'),
    'memory-overcommitted limit-ratio-high',
    'limit-ratio-high',
  ],
  [
    'a little more memory than is requested',
    amounts('cpu: 1, memory: 64Mi', 'memory: 65Mi'),
    'memory-overcommitted limit-ratio-high',
    'memory-overcommitted',
  ],
  [
    'an alias of nothing for a container',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - *nope\n',
    'yaml-syntax container-name-invalid image-invalid containers-missing',
    'yaml-syntax',
  ],
  [
    'a port that is there twice with its name',
    container('ports: [{ containerPort: 80, name: a }, { containerPort: 80, name: a }]'),
    'port-invalid port-repeated',
    'port-invalid',
  ],
  [
    'a port that there cannot be, twice',
    container('ports: [{ containerPort: 99999 }, { containerPort: 99999 }]'),
    'port-invalid port-repeated',
    'port-invalid port-invalid',
  ],
  [
    'root where root is forbidden',
    container('securityContext: { runAsNonRoot: true, runAsUser: 0 }'),
    'non-root-conflict',
    'non-root-conflict',
  ],
  [
    'a template that is misspelt',
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  templte:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1 }] }
`,
    'field-unknown containers-missing selector-mismatch',
    'field-unknown',
  ],
  [
    'a word for a selector',
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: web
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1 }] }
`,
    'selector-missing selector-mismatch type-invalid',
    'type-invalid',
  ],
  [
    'metadata of another type',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: [name]\n',
    'type-invalid name-missing',
    'type-invalid',
  ],
  [
    'a number for a resourceVersion',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, resourceVersion: 5 }\n',
    'type-invalid resource-version-set',
    'type-invalid',
  ],
  [
    'a probe of a port that has no such name',
    container('livenessProbe: { tcpSocket: { port: web_1 } }'),
    'handler-invalid probe-port-unknown',
    'handler-invalid',
  ],
  [
    'a port of the node that there cannot be',
    container('ports: [{ containerPort: 80, hostPort: 65536 }]'),
    'port-invalid pod-security-baseline host-port-mismatch',
    'port-invalid',
  ],
  [
    'a kind that is misspelt',
    'apiVersion: apps/v1\nkind: Deploymnt\nmetadata: { name: web }\nspec: { replicas: 2 }\n',
    'kind-unknown containers-missing selector-missing template-missing',
    'kind-unknown',
  ],
];

describe('a mistake is told once in every preset', () => {
  for (const [title, text, rivals, codes] of everywhere)
    for (const preset of presets)
      test(`${title} (${preset})`, () => {
        const { findings } = analyze(text, { settings: { ...defaultSettings, preset } });
        const told = findings.map(({ code }) => code).filter((code) => rivals.split(' ').includes(code));
        const expected = codes.split(' ');
        // What is only advice is told in some presets.
        const all = told.length === 0 && preset !== 'strict' ? [] : expected;
        assert.deepEqual(told, all);
      });
});

describe('a mistake is told once', () => {
  for (const [text, code] of mistakes)
    test(`${code}: ${text.split('\n').slice(4, 6).join(' ').trim()}`, () =>
      assert.deepEqual(
        analyze(text).findings.map((finding) => finding.code),
        [code],
      ));
});
