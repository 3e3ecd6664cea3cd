import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../../src/core/index.ts';
import type { ManifestSymbol } from '../../../src/core/language/symbols.ts';
import { symbolsOf } from '../../../src/core/language/symbols.ts';

/** `name (detail)` of each symbol, its parts indented below it; each is checked to lie in the one around it. */
function outline(text: string): string {
  const lines: string[] = [];
  const add = ({ name, detail, range, selection, children }: ManifestSymbol, depth: number): void => {
    lines.push('  '.repeat(depth) + name + (detail === '' ? '' : ` (${detail})`));
    assert.ok(
      range.start <= selection.start && selection.end <= range.end,
      `${name} is selected inside of itself`,
    );
    assert.ok(selection.end > selection.start, `${name} is shown somewhere`);
    for (const child of children) {
      assert.ok(range.start <= child.range.start && child.range.end <= range.end, `${child.name} is inside`);
      add(child, depth + 1);
    }
  };
  for (const symbol of symbolsOf(analyze(text))) add(symbol, 0);
  return lines.join('\n');
}

describe('the outline of a file', () => {
  test('workloads', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      initContainers: [{ name: setup, image: setup:1 }]
      containers:
        - image: web:1
          name: web
          ports:
            - containerPort: 80
              name: http
            - containerPort: 81
          env:
            - name: COLOUR
              value: red
      volumes:
      - name: data
        emptyDir: {}
`;
    const expected = `Deployment/web (shop)
  setup (setup:1)
  web (web:1)
    http 80
    81
    COLOUR (red)
  data (emptyDir)`;
    assert.equal(outline(text), expected);
    assert.equal(outline(text.replaceAll('\n', '\r\n')), expected);
  });

  test('other kinds, Lists, custom ones', () => {
    const text = `kind: List
apiVersion: v1
items:
- apiVersion: v1
  kind: Service
  metadata: { name: web }
  spec: { ports: [{ name: http, port: 80, protocol: TCP }] }
- apiVersion: v1
  kind: ConfigMap
  metadata: { name: settings }
  data: { colour: red }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { rules: [{ host: a.example, http: { paths: [{ path: /b, backend: { service: { name: web } } }] } }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ resources: [pods, services], verbs: [get] }]
---
apiVersion: example.com/v1
kind: Thing
metadata: { name: a }
spec: { size: 3, colour: red }
`;
    assert.equal(
      outline(text),
      `Service/web
  http 80 (TCP)
ConfigMap/settings
  colour
Ingress/web
  a.example
    /b (web)
Role/reader
  pods, services (get)
Thing/a
  size
  colour`,
    );
  });

  test('what is half written', () => {
    assert.equal(outline('kind: Pod\nspec:\n  containers:\n    - name: a\n    -\n    - ima'), 'Pod\n  a');
    assert.equal(outline('a: b\n'), '');
    assert.equal(outline(''), '');
  });
});
