import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expressionFault } from '../../../src/core/rules/cluster-kinds/expression-syntax.ts';
import { check } from '../marked.ts';

describe('expressions', () => {
  const sound = [
    'true',
    "object.spec.replicas <= 100 && !('x' in object.metadata.labels)",
    'has(self.a) ? self.a.all(k, k.matches(r"^[a-z]\\d$")) : [1, 2u, .5, 1e3, 0x1F].size() > 0',
    "device.attributes['gpu.example.com'].memory.compareTo(quantity('8Gi')) >= 0",
    'JSONPatch{op: "add", path: "/spec", value: Object.spec{replicas: 1}}',
    'object.?spec[?"a"].orValue({?"b": -1}) // why not\n == 3',
    "'''it's''' + \"\"\"a \"quoted\" text\"\"\" + b'\\x00'",
    'self.`a-b` in ["é"]',
    '[1, 2,]',
    "r'C:\\' + 'x'",
  ];
  for (const text of sound) test(text, () => assert.equal(expressionFault(text), null));

  const broken: readonly (readonly [text: string, word: string])[] = [
    ["device.driver == 'gpu'#why", '#'],
    ['a = b', '='],
    ['a & b', '&'],
    ['a and b', 'and'],
    ['8why', 'why'],
    ["'a' 'b'", "'b'"],
    ["a == 'b", "'"],
    ['(a', ''],
    ['a)', ')'],
    ['[a)', ')'],
    ['a ==', ''],
    ['a \u00e9', '\u00e9'],
    ['a \u{1F600}', '\u{1F600}'],
    ['a; b', ';'],
  ];
  for (const [text, word] of broken) test(text, () => assert.equal(expressionFault(text)?.word, word));

  test('are looked at wherever the server compiles them', () => {
    check(`apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: { name: gpu }
spec:
  selectors:
    - cel: { expression: «expression-invalid "a b"» }
    - cel: { expression: "\${EXPRESSION} b" }
`);
    check(`apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: replicas }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
  matchConditions: [{ name: a, expression: «expression-invalid "a ="» }]
  variables: [{ name: b, expression: «expression-invalid "(a"» }]
  validations: [{ expression: «expression-invalid "a b"», messageExpression: «expression-invalid "'a"» }]
  auditAnnotations: [{ key: c, valueExpression: «expression-invalid "a +"» }]
`);
  });
});
