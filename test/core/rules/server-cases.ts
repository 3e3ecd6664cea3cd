/**
 * Manifests with what the API server says of them: `code path` for each of its mistakes, none where it takes the
 * manifest. Tables of them are held against the core here.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, type AnalyzeOptions, defaultSettings } from '../../../src/core/index.ts';
import { indent } from '../marked.ts';

export interface ServerCase {
  readonly title: string;
  readonly text: string;
  readonly errors: readonly string[];
}

const settings = { ...defaultSettings, preset: 'server-only' } as const;

/** `code path` of each error, in the order of the text, each once. */
export function errorsOf(text: string, options: AnalyzeOptions = {}): readonly string[] {
  const errors = analyze(text, { settings, ...options }).findings.filter(
    ({ severity }) => severity === 'error',
  );
  return [...new Set(errors.map(({ code, path }) => `${code} ${path}`))];
}

export function testCases(name: string, cases: readonly ServerCase[]): void {
  describe(name, () => {
    for (const { title, text, errors } of cases) {
      test(errors.length === 0 ? `takes ${title}` : `refuses ${title}`, () => {
        assert.deepEqual([...errorsOf(text)].sort(), [...errors].sort(), text);
      });
    }
  });
}

/** A case of an object: its kind and what stands below its metadata. */
export function objectCase(
  apiVersion: string,
  kind: string,
  title: string,
  body: string,
  errors: readonly string[] = [],
): ServerCase {
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: case\n${body}\n`;
  return { title: `${kind}: ${title}`, text, errors };
}

const container = 'containers:\n  - name: app\n    image: app:1';

/** A case of a pod's spec; one that says nothing of containers gets one. */
export function podCase(title: string, spec: string, errors: readonly string[] = []): ServerCase {
  return objectCase('v1', 'Pod', title, `spec:\n${indent(whole(spec), 2)}`, errors);
}

/** The same in a Deployment; paths of `errors` are those inside the template. */
export function templateCase(title: string, spec: string, errors: readonly string[] = []): ServerCase {
  const template = `metadata:\n  labels: { app: case }\nspec:\n${indent(whole(spec), 2)}`;
  const body = `spec:\n  selector:\n    matchLabels: { app: case }\n  template:\n${indent(template, 4)}`;
  const inTemplate = errors.map((error) => error.replace(' ', ' spec.template.'));
  return objectCase('apps/v1', 'Deployment', title, body, inTemplate);
}

function whole(spec: string): string {
  return /^containers:/m.test(spec) ? spec : `${container}\n${spec}`;
}
