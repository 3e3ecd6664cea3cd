/**
 * Manifests whose expected findings are written into them: `memory: «quantity-invalid 500Mb»` says that
 * `500Mb` gets that finding, and that nothing else in the text gets any. `«a+b text»`: two findings on one place.
 */
import assert from 'node:assert/strict';
import { analyze, formatMessage } from '../../src/core/index.ts';
import type { Analysis, AnalyzeOptions, Finding, Fix } from '../../src/core/index.ts';

const mark = /«([a-z+-]+)(?: ([^«»]*))?»/g;

interface Marked {
  readonly text: string;
  readonly expected: readonly { readonly code: string; readonly start: number; readonly end: number }[];
}

function readMarks(marked: string): Marked {
  const expected: { code: string; start: number; end: number }[] = [];
  let text = '';
  let done = 0;
  for (const match of marked.matchAll(mark)) {
    text += marked.slice(done, match.index);
    const content = match[2] ?? '';
    for (const code of (match[1] ?? '').split('+')) {
      expected.push({ code, start: text.length, end: text.length + content.length });
    }
    text += content;
    done = match.index + match[0].length;
  }
  return { text: text + marked.slice(done), expected };
}

/** Rules that every test looks at; others are looked at where a test marks some of their findings. */
const alwaysChecked = new Set([
  'yaml-syntax',
  'duplicate-key',
  'kind-unknown',
  'field-misplaced',
  'field-unknown',
  'type-invalid',
  'quantity-invalid',
  'quantity-unusual',
  'request-above-limit',
  'requests-missing',
  'memory-millibytes',
  'file-too-large',
]);

function isChecked(code: string, expected: Marked['expected']): boolean {
  return alwaysChecked.has(code) || expected.some((one) => one.code === code);
}

/**
 * Analyses a marked text, and fails unless its findings are exactly the marked ones: those of every rule that speaks
 * for the server, and of the advice it marks.
 */
export function check(marked: string, options: AnalyzeOptions = {}): Analysis & { readonly text: string } {
  const { text, expected } = readMarks(marked);
  const analysis = analyze(text, options);
  const findings = analysis.findings.filter(({ code }) => isChecked(code, expected));
  assert.deepEqual(
    inOrder(findings.map(({ code, range }) => ({ code, ...range }))).map((found) => show(text, found)),
    inOrder(expected).map((one) => show(text, one)),
  );
  return { ...analysis, findings, text };
}

type Place = { readonly code: string; readonly start: number; readonly end: number };

function inOrder(places: readonly Place[]): readonly Place[] {
  return [...places].sort((a, b) => a.start - b.start || a.end - b.end || a.code.localeCompare(b.code));
}

function show(text: string, { code, start, end }: Place): string {
  return `${code} at ${start}: ${JSON.stringify(text.slice(start, end))}`;
}

/** The only finding of a marked text. */
export function only(marked: string, options: AnalyzeOptions = {}): Finding & { readonly text: string } {
  const { findings, text } = check(marked, options);
  const [finding] = findings;
  assert.ok(finding !== undefined && findings.length === 1, 'one finding is expected');
  return { ...finding, text };
}

export function applyFix(text: string, fix: Fix): string {
  let result = text;
  const edits = [...fix.edits].sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end);
  for (const { range, newText } of edits)
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  return result;
}

/** What is left of a finding's text after its fix of that index. */
export function fixed(finding: Finding & { readonly text: string }, index = 0): string {
  const fix = finding.fixes[index];
  assert.ok(fix !== undefined, 'the fix is offered');
  return applyFix(finding.text, fix);
}

export function titles(finding: Finding): readonly string[] {
  return finding.fixes.map((fix) => formatMessage(fix.title) + (fix.preferred ? ' !' : ''));
}

/** A Deployment that has nothing wrong with it, its container's lines replaced by others. */
export function deployment(container: string, pod = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:${pod === '' ? '' : `\n${indent(pod, 6)}`}
      containers:
        - name: web
          image: web:1
${indent(container, 10)}
`;
}

export function indent(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(columns) + line))
    .join('\n');
}

export const enough = 'resources: { requests: { cpu: 100m, memory: 64Mi } }';
