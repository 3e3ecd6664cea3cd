/** Tries of rules that give advice: manifests in which the places are marked that one rule has something to say about. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, defaultSettings, formatMessage } from '../../../src/core/index.ts';
import type { Finding, RuleSettings } from '../../../src/core/index.ts';
import { applyFix, indent } from '../marked.ts';

export interface Try {
  /** `«…»` marks the place of each finding; without any the rule has nothing to say. */
  readonly text: string;
  /** What the text becomes by the first fix of the first finding; `null`: none is offered. */
  readonly fixed?: string | null;
  readonly settings?: Partial<RuleSettings>;
  /** Of all findings, in the preset `recommended`; without it severities are not looked at. */
  readonly severity?: Finding['severity'];
}

/** Longer than this no sentence should be, even with a long name in it. */
const LONGEST_SENTENCE = 140;

/** One test for each try of a rule, by what is tried. */
export function tryRule(code: string, tries: Readonly<Record<string, Try | string>>): void {
  describe(code, () => {
    for (const [name, one] of Object.entries(tries))
      test(name, () => tryOne(code, typeof one === 'string' ? { text: one } : one));
  });
}

function tryOne(code: string, { text: marked, fixed, settings = {}, severity }: Try): void {
  const { text, places } = readPlaces(marked);
  // A rule that is off by default has its say as well.
  const rules = severity === undefined ? { [code]: 'info' as const } : {};
  const { findings } = analyze(text, { settings: { ...defaultSettings, rules, ...settings } });
  const errors = findings.filter((finding) => finding.severity === 'error' && finding.code !== code);
  assert.deepEqual(
    errors.map((finding) => `${finding.code} ${finding.path}`),
    [],
    'the manifest is valid otherwise',
  );
  const found = findings.filter((finding) => finding.code === code);
  assert.deepEqual(
    found.map(({ range }) => `${range.start}: ${text.slice(range.start, range.end)}`),
    places.map(({ start, end }) => `${start}: ${text.slice(start, end)}`),
  );
  for (const finding of found) {
    const sentence = formatMessage(finding.message);
    assert.ok(sentence.length <= LONGEST_SENTENCE && !/\{\d\}/.test(sentence), sentence);
    if (severity !== undefined) assert.equal(finding.severity, severity);
  }
  if (fixed === undefined) return;
  const fix = found[0]?.fixes[0];
  if (fixed === null) assert.equal(fix, undefined, 'no fix is offered');
  else {
    assert.ok(fix !== undefined, 'a fix is offered');
    assert.equal(applyFix(text, fix), fixed);
  }
}

function readPlaces(marked: string): {
  readonly text: string;
  readonly places: readonly { readonly start: number; readonly end: number }[];
} {
  const places: { start: number; end: number }[] = [];
  let text = '';
  for (const part of marked.split(/(«[^»]*»)/)) {
    const content = part.startsWith('«') ? part.slice(1, -1) : part;
    if (content !== part) places.push({ start: text.length, end: text.length + content.length });
    text += content;
  }
  return { text, places };
}

/** A manifest of an object, its kind given as `apps/v1 Deployment`. */
export function object(kind: string, rest: string, name = 'web'): string {
  const [apiVersion = '', word = ''] = kind.split(' ');
  return `apiVersion: ${apiVersion}\nkind: ${word}\nmetadata:\n  name: ${name}\n${rest}\n`;
}

/** A workload of a kind that has `spec.selector`, around the spec of its pods. */
export function workload(kind: string, pod: string, spec = ''): string {
  const template = `template:\n  metadata:\n    labels: { app: web }\n  spec:\n${indent(pod, 4)}`;
  const serviceName = kind === 'StatefulSet' ? 'serviceName: web\n' : '';
  const parts = `${serviceName}selector:\n  matchLabels: { app: web }\n${spec === '' ? '' : `${spec}\n`}${template}`;
  return object(`apps/v1 ${kind}`, `spec:\n${indent(parts, 2)}`);
}

/** The only container of a pod, with lines of its own. */
export function container(lines: string, name = 'web'): string {
  return `containers:\n  - name: ${name}\n    image: web:1${lines === '' ? '' : `\n${indent(lines, 4)}`}`;
}

/** A Deployment with a container of these lines. */
export function deploymentOf(lines: string): string {
  return workload('Deployment', container(lines));
}

/** A Pod with a container of these lines, and lines of the pod before it. */
export function podOf(lines: string, pod = ''): string {
  return object(
    'v1 Pod',
    `spec:\n${indent(pod === '' ? container(lines) : `${pod}\n${container(lines)}`, 2)}`,
  );
}
