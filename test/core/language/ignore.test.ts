import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  analyze,
  ignoreComment,
  type IgnoreScope,
  readWorkspaceFile,
  safeEdits,
  turnOffEdit,
} from '../../../src/core/index.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: { name: one }
spec:
  containers:
    - name: one
      image: one:1
      resources: { limits: { memory: 5Gb } }
  volumes:
    - name: tmp
      emptyDir: { sizeLimit: 1Mb }
`;
const wrong = 'quantity-invalid';

/** The text with a comment that ignores the finding at a place. */
function ignored(text: string, at: string, scope: IgnoreScope): string {
  const analysis = analyze(text);
  const place = text.indexOf(at);
  const finding = analysis.findings.find(({ code, range }) => code === wrong && range.start === place);
  assert.ok(finding, `nothing is found at ${at}`);
  const comment = ignoreComment(analysis, finding, scope);
  assert.ok(comment);
  const { offset, before, after } = comment;
  return `${text.slice(0, offset)}${before}old nodes${after}${text.slice(offset)}`;
}

function left(text: string): readonly string[] {
  return analyze(text)
    .findings.filter(({ code }) => code === wrong || code === 'suppression-invalid')
    .map(({ range }) => text.slice(range.start, range.end));
}

describe('a comment that ignores a finding', () => {
  test('on the line above, as far in as the line', () => {
    const text = ignored(pod, '1Mb', 'line');
    assert.match(text, /\n {6}# elastic-ignore quantity-invalid: old nodes\n {6}emptyDir/);
    assert.deepEqual(left(text), ['5Gb']);
  });

  test('with the line breaks of the file', () => {
    const text = ignored(pod.replaceAll('\n', '\r\n'), '1Mb', 'line');
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.deepEqual(left(text), ['5Gb']);
  });

  test('in its object, and no other', () => {
    const two = `# two\n${pod}---\n${pod.replace('5Gb', '6Gb').replace('1Mb', '2Mb')}`;
    assert.deepEqual(left(ignored(two, '6Gb', 'object')), ['5Gb', '1Mb']);
    assert.deepEqual(left(ignored(two, '1Mb', 'object')), ['6Gb', '2Mb']);
  });

  test('in its item of a List', () => {
    const item = (text: string): string => `  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`;
    const other = item(pod.replace('5Gb', '6Gb').replace('1Mb', '2Mb'));
    const list = `apiVersion: v1\nkind: List\nitems:\n${item(pod)}${other}`;
    assert.deepEqual(left(ignored(list, '2Mb', 'object')), ['5Gb', '1Mb']);
  });

  test('in its file', () => assert.deepEqual(left(ignored(`---\n${pod}`, '1Mb', 'file')), []));

  test('is not offered for what cannot be read', () => {
    const analysis = analyze(pod.replace('kind: Pod', 'kind: "Pod'));
    const finding = analysis.findings.find(({ code }) => code === 'yaml-syntax');
    assert.ok(finding);
    assert.equal(ignoreComment(analysis, finding, 'line'), null);
  });
});

test('safe edits never touch each other, and keep the order of the text', () => {
  const fix = (preferred: boolean, ...places: readonly (readonly [number, number])[]) => ({
    preferred,
    title: { template: '', args: [] },
    edits: places.map(([start, end]) => ({ range: { start, end }, newText: `${start}` })),
  });
  const finding = analyze(pod).findings[0];
  assert.ok(finding);
  const edits = safeEdits(
    [
      fix(true, [10, 12]),
      fix(true, [12, 14]),
      fix(false, [20, 21]),
      fix(true, [30, 31], [11, 11]),
      fix(true, [0, 1], [40, 41]),
    ].map((one) => ({ ...finding, fixes: [one] })),
  );
  assert.deepEqual(
    edits.map(({ newText }) => newText),
    ['0', '10', '40'],
  );
});

describe('turning a rule off in a workspace file', () => {
  const before = [
    '',
    '# ours\n',
    'preset: strict',
    'preset: strict\nrules:\n',
    'rules:\n  request-above-limit: hint\npreset: strict\n',
    'rules: {}\n',
    'rules: { request-above-limit: hint }\n',
    'rules:\n    quantity-invalid: error # why\n',
    'rules: { quantity-invalid: error }\n',
    'rules: ~\n',
    'rules: # ours\n',
    'rules:\n  quantity-invalid:\n',
    'rules:\n  quantity-invalid: # why\n',
    'rules: { quantity-invalid: , request-above-limit: hint }\n',
  ];
  for (const text of before) {
    test(JSON.stringify(text), () => {
      const edit = turnOffEdit(text, wrong);
      assert.ok(edit);
      const { start, end } = edit.range;
      const after = text.slice(0, start) + edit.newText + text.slice(end);
      const { config, problems } = readWorkspaceFile(after);
      assert.deepEqual(problems, [], after);
      const old = readWorkspaceFile(text).config;
      assert.deepEqual(config, { ...old, rules: { ...old.rules, [wrong]: 'off' } });
    });
  }

  test('leaves alone what is no mapping', () => {
    for (const text of ['[a]', 'rules: [a]', 'rules: a', `rules: { ${wrong} }`])
      assert.equal(turnOffEdit(text, wrong), null);
  });
});
