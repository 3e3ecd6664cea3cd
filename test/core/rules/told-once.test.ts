import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../../src/core/index.ts';

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

describe('a mistake is told once', () => {
  for (const [text, code] of mistakes)
    test(`${code}: ${text.split('\n').slice(4, 6).join(' ').trim()}`, () =>
      assert.deepEqual(
        analyze(text).findings.map((finding) => finding.code),
        [code],
      ));
});
