/** Files as people really write them: every finding at its place, and none elsewhere. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { analyze } from '../../src/core/index.ts';
import { applyFix } from './marked.ts';

const folder = new URL('../fixtures/malformed/', import.meta.url);

/** `line:column-column severity code path`, counted from 1. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'broken-lines.yaml': [
    '5:3-14 error yaml-syntax',
    '8:3-13 error yaml-syntax',
    '14:9-19 error type-invalid spec.template.metadata.labels',
    '18:12-17 error yaml-syntax',
    '19:17-21 error yaml-syntax',
    '22:39-42 warning memory-millibytes spec.template.spec.containers[1].resources.limits[memory]',
    '25:20-24 error yaml-syntax',
  ],
  'everything-at-once.yaml': [
    '2:13-15 error kind-unknown apiVersion',
    '3:7-17 error kind-unknown kind',
    '6:1-5 error selector-missing spec.selector',
    '8:3-13 error field-misplaced spec.containers',
    '12:5-13 error field-misplaced spec.template.replicas',
    '16:7-15 error field-misplaced spec.template.spec.strategy',
    '20:11-18 error field-misplaced spec.template.spec.containers[0].volumes',
    '22:30-31 error request-above-limit spec.template.spec.containers[0].resources.requests',
    '22:41-46 error quantity-invalid spec.template.spec.containers[0].resources.requests[memory]',
    '24:17-21 warning requests-missing spec.template.spec.containers[1].resources.requests',
    '29:15-19 error duplicate-key spec.template.spec.containers[1].env[0].name',
    '39:1-5 error duplicate-key spec',
  ],
  'helm.yaml': [],
  'lower-case-kind.yaml': [
    '2:7-17 error kind-unknown kind',
    '17:11-20 warning memory-limit-missing spec.template.spec.containers[0].resources.limits',
    '20:23-27 error quantity-invalid spec.template.spec.containers[0].resources.requests[memory]',
  ],
  'merge-conflict.yaml': [
    '6:1-13 error yaml-syntax',
    '9:1-8 error yaml-syntax',
    '11:1-16 error yaml-syntax',
    '20:1-13 error yaml-syntax',
    '22:1-13 error yaml-syntax',
    '24:1-8 error yaml-syntax',
    '26:1-16 error yaml-syntax',
  ],
  'nine-duplicates.yaml': [
    '7:5-8 error duplicate-key metadata.labels[app]',
    '9:3-7 error duplicate-key metadata.name',
    '12:3-11 error duplicate-key spec.replicas',
    '21:9-13 error duplicate-key spec.template.metadata.labels[tier]',
    '26:11-16 error duplicate-key spec.template.spec.containers[0].image',
    '30:15-20 error duplicate-key spec.template.spec.containers[0].env[0].value',
    '33:15-28 error duplicate-key spec.template.spec.containers[0].ports[0].containerPort',
    '34:11-20 warning memory-limit-missing spec.template.spec.containers[0].resources.limits',
    '38:13-21 error duplicate-key spec.template.spec.containers[0].resources.requests',
    '41:7-36 error duplicate-key spec.template.spec.terminationGracePeriodSeconds',
  ],
  'not-kubernetes.yaml': [],
  'restart-policy-in-container.yaml': [
    '16:11-20 warning memory-limit-missing spec.template.spec.initContainers[0].resources.limits',
    '20:11-24 warning restart-policy-misplaced spec.template.spec.containers[0].restartPolicy',
    '21:11-20 warning memory-limit-missing spec.template.spec.containers[0].resources.limits',
  ],
  'tabs.yaml': [
    '4:1-2 error yaml-syntax',
    '8:12-13 warning image-latest spec.containers[0].image',
    '9:44-48 error quantity-invalid spec.containers[0].resources.limits[memory]',
  ],
  'templates-in-strings.yaml': [
    '19:50-54 warning memory-millibytes spec.template.spec.containers[0].resources.limits[memory]',
  ],
  'two-specs.yaml': [
    '10:1-5 error duplicate-key spec',
    '22:23-27 warning memory-millibytes spec.template.spec.containers[0].resources.limits[memory]',
  ],
};

function found(text: string): readonly string[] {
  const { findings, lines } = analyze(text);
  return findings.map(({ range, severity, code, path }) => {
    const start = lines.positionAt(range.start);
    const end = lines.positionAt(range.end);
    assert.equal(start.line, end.line, 'a finding stays on one line');
    const place = `${start.line + 1}:${start.character + 1}-${end.character + 1}`;
    return `${place} ${severity} ${code} ${path}`.trim();
  });
}

describe('malformed manifests', () => {
  const files = readdirSync(folder).sort();

  test('each has its expectations', () => assert.deepEqual(files, Object.keys(expected).sort()));

  for (const file of files) {
    const text = readFileSync(new URL(file, folder), 'utf8');

    test(file, () => assert.deepEqual(found(text), expected[file]));

    test(`${file} with carriage returns`, () => {
      assert.deepEqual(found(text.replaceAll('\n', '\r\n')), expected[file]);
    });

    test(`${file}: a preferred fix removes its finding`, () => {
      const before = analyze(text).findings;
      for (const finding of before) {
        const fix = finding.fixes.find(({ preferred }) => preferred);
        if (fix === undefined) continue;
        const after = analyze(applyFix(text, fix)).findings;
        const codes = after.map(({ code }) => code).filter((code) => code === finding.code);
        assert.ok(codes.length < before.filter(({ code }) => code === finding.code).length, finding.code);
      }
    });
  }
});
