import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, fixed, only, titles } from '../../marked.ts';

function policy(selector: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a }
spec:
  podSelector: ${selector}
`;
}

const expression = (parts: string): string => policy(`{ matchExpressions: [{ ${parts} }] }`);

describe('selector-invalid', () => {
  test('takes what the server takes', () => {
    check(policy('{}'));
    check(policy('{ matchLabels: { app: web, tier: "" } }'));
    check(expression('key: app, operator: In, values: [web, ""]'));
    check(expression('key: example.com/app, operator: DoesNotExist, values: []'));
    check(expression('key: "${KEY}", operator: "${OPERATOR}"'));
  });

  const wrong: Record<string, readonly [string, string]> = {
    'no values': ['key: «selector-invalid app», operator: In', 'values'],
    'empty values': ['key: app, operator: NotIn, «selector-invalid values»: []', 'values'],
    'too many values': ['key: app, operator: Exists, «selector-invalid values»: [a]', 'values'],
    'a value that is none': ['key: app, operator: In, values: [«selector-invalid "a b"»]', 'values[0]'],
    'an unknown operator': ['key: app, operator: «selector-invalid Equals»', 'operator'],
    'no operator': ['«selector-invalid key»: app', 'operator'],
    'no key': ['«selector-invalid operator»: Exists', 'key'],
    'a key that is none': ['key: «selector-invalid "a b"», operator: Exists', 'key'],
  };
  for (const [name, [marked, path]] of Object.entries(wrong)) {
    test(name, () => {
      const text = expression(marked).replace('key: «selector-invalid app»', '«selector-invalid key»: app');
      assert.equal(only(text).path, `spec.podSelector.matchExpressions[0].${path}`);
    });
  }

  test('labels are told as a whole', () => {
    const { findings } = check(
      policy('{ matchLabels: { «selector-invalid a b»: c, d: «selector-invalid "e f"» } }'),
    );
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['spec.podSelector.matchLabels', 'spec.podSelector.matchLabels'],
    );
  });

  test('the operator that was meant', () => {
    const finding = only(expression('key: app, operator: «selector-invalid exists»'));
    assert.deepEqual(titles(finding), ['Change to Exists !']);
    check(fixed(finding));
  });

  test('of a metric any selector will do', () => {
    check(`apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 3
  metrics:
    - type: Pods
      pods:
        metric: { name: requests, selector: { matchExpressions: [{ key: a b, operator: Near }] } }
        target: { type: AverageValue, averageValue: 5 }
`);
  });
});
