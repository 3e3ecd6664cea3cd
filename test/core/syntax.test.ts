import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, formatMessage } from '../../src/core/index.ts';
import { check, deployment, enough, fixed, only, titles } from './marked.ts';

/** Somebody else's kind, which may have any fields. */
const head = 'apiVersion: example.com/v1\nkind: Thing\n';

describe('yaml-syntax', () => {
  const cases: Record<string, readonly [marked: string, sentence: RegExp]> = {
    'a closing quote is missing': [`${head}data:\n  a: «yaml-syntax "b»\n  c: d\n  e: f\n`, /closing "/],
    'a closing single quote is missing': [`${head}data:\n  a: «yaml-syntax 'b»\n  c: d\n`, /closing '/],
    'a quote is missing and another follows': [
      `${head}data:\n  a: «yaml-syntax "b»\n  c: "d"\n`,
      /closing "/,
    ],
    'a bracket is never closed': [`${head}data:\n  a: «yaml-syntax [»b, c\n  d: e\nx: y\n`, /add \]/],
    'a second colon': [`${head}data:\n  a: «yaml-syntax bc»: c\n  d: e\n`, /second colon/],
    'a line too far right': [`${head}data:\n  a: b\n    «yaml-syntax c»: d\n    e: f\n`, /too far/],
    'a line between two levels': [`${head}data:\n    a: b\n  «yaml-syntax c»: d\n`, /siblings/],
    'a line between two levels behind a comment': [
      `${head}data:\n  a: b\n\n  # c\n   «yaml-syntax c»: d\n`,
      /siblings/,
    ],
    'a list item between two levels': [
      `${head}data:\n    - a: b\n  «yaml-syntax -» c: d\n  - e: f\nx: y\n`,
      /siblings/,
    ],
    'a list item of words between two levels': [
      `${head}data:\n  - a\n «yaml-syntax -» c\nx: y\n`,
      /siblings/,
    ],
    'a list item beside a key': [`${head}data:\n  a: b\n  «yaml-syntax -» c: d\nx: y\n`, /siblings/],
    'a list item whose dash is missing': [
      `${head}data:\n  - a: b\n  - c: d\n   «yaml-syntax e»: f\n`,
      /siblings/,
    ],
    'a bracket is never closed in JSON': [
      '{"apiVersion": "v1", "kind": "ConfigMap",\n"metadata": {"name": "a"},\n"data": {"a": «yaml-syntax [»1,}\n}}',
      /add \]/,
    ],
    'an unknown escape': [`${head}data:\n  a: "b«yaml-syntax \\q»c"\n`, /escape/],
    'an alias without anchor': [`${head}data:\n  a: «yaml-syntax *b»\n`, /&b/],
    'an anchor inside itself': [`${head}data: &a\n  b: «yaml-syntax *a»\n`, /\*a stands inside/],
    'a control character': [`${head}data:\n  a: b«yaml-syntax \u0007»c\n`, /U\+0007/],
    'a NUL': [`${head}data:\n  a: b«yaml-syntax \0»c\0\n`, /U\+0000/],
    'a list as a key': [`${head}data:\n  ? «yaml-syntax [a]»\n  : b\n`, /not a mapping or list/],
  };
  for (const [name, [marked, sentence]] of Object.entries(cases)) {
    test(name, () => {
      const finding = only(marked);
      const text = formatMessage(finding.message);
      assert.match(text, sentence);
      assert.ok(text.length <= 120);
      assert.equal(finding.path, '');
    });
  }

  const fixable: Record<string, readonly [marked: string, fixed: string]> = {
    'a missing colon': [`${head}data:\n  «yaml-syntax a b»\n  c: d\n`, `${head}data:\n  a: b\n  c: d\n`],
    'a missing colon above a block': [`${head}«yaml-syntax data»\n  a: b\n`, `${head}data:\n  a: b\n`],
    'a missing space after the colon': [
      `${head}data:\n  «yaml-syntax a:1»\n  c: d\n`,
      `${head}data:\n  a: 1\n  c: d\n`,
    ],
    'a missing space after the dash': [
      `${head}data:\n  «yaml-syntax -a: b»\n   c: d\n`,
      `${head}data:\n  - a: b\n   c: d\n`,
    ],
    'a character no value begins with': [
      `${head}data:\n  a: «yaml-syntax @b's» # c\n`,
      `${head}data:\n  a: '@b''s' # c\n`,
    ],
    'a tab before a list item': [
      `${head}data:\n  a:\n«yaml-syntax \t»- b: c\n`,
      `${head}data:\n  a:\n  - b: c\n`,
    ],
    'a tab after a dash': [
      `${head}data:\n«yaml-syntax   -\t»b: c\n    d: e\n`,
      `${head}data:\n  - b: c\n    d: e\n`,
    ],
    'tabs on blank lines, all of them at once': [
      `${head}data:\n  a: b\n«yaml-syntax \t»\t\n\t\n  c: d\n`,
      `${head}data:\n  a: b\n\n\n  c: d\n`,
    ],
    'a tab behind spaces, others in a script left alone': [
      `${head}data:\n  a: |\n    all:\n    \tcc\n  b:\n    c: d\n«yaml-syntax     \t»e: f\n`,
      `${head}data:\n  a: |\n    all:\n    \tcc\n  b:\n    c: d\n      e: f\n`,
    ],
    tabs: [`${head}data:\n«yaml-syntax \t»a: b\n\tc: d\n`, `${head}data:\n  a: b\n  c: d\n`],
  };
  for (const [name, [marked, expected]] of Object.entries(fixable)) {
    test(`${name} is put right by its fix`, () => {
      const finding = only(marked);
      assert.match(titles(finding)[0] ?? '', / !$/);
      assert.equal(fixed(finding), expected);
    });
  }

  test('what stands after a mistake is still checked', () => {
    check(
      deployment('args: «yaml-syntax @x»\nresources: { limits: { cpu: «quantity-invalid 1K», memory: 1 } }'),
    );
    check(
      `${deployment(enough)}«yaml-syntax status»\n  a: b\n---\n${deployment('resources: { limits: { cpu: 1, memory: «quantity-invalid 1gb» } }')}`,
    );
  });

  test('nothing follows from what was put aside', () => {
    const web = deployment(enough);
    check(web.replace('  template:', '  «yaml-syntax template»'));
    check(web.replace('      labels: { app: web }', '      «yaml-syntax labels»\n        app: web'));
    check(web.replace('{ app: web }\n    spec:', '{ app: web }\n   «yaml-syntax spec»:'));
    check(web.replace('          image: web:1', '           «yaml-syntax image»: web:1'));
    check(deployment(`${enough}\nports: «yaml-syntax [»{ containerPort: 1 }\nstdin: true`));
    check('apiVersion: v1\nkind: ConfigMap\ndata:\n  a: «yaml-syntax [»b, c\n  d: e\n');
  });

  test('aliases that unfold to too much get one finding', () => {
    const levels = [...'bcdefghijk'].map((key, index) => {
      const below = 'abcdefghij'[index] ?? '';
      return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${below}`).join(', ')}]`;
    });
    const { findings } = analyze(`${head}a: &a [x, x, x, x, x, x, x, x, x]\n${levels.join('\n')}\n`);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['yaml-syntax'],
    );
  });

  test('what is nested too deeply gets one finding', () => {
    for (const text of [
      `${head}data: ${'['.repeat(100_000)}\n`,
      `${head}data: ${'['.repeat(800)}${']'.repeat(800)}\n`,
      `${head}data: ${'{a: '.repeat(100_000)}\n`,
      `${head}data:\n  ${'- '.repeat(50_000)}a\n`,
      `${head}data:\n${Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth + 1)}a:`).join('\n')}\n`,
    ]) {
      const { findings } = analyze(text);
      assert.deepEqual(
        findings.map(({ code, message }) => [code, message.template.includes('too deeply')]),
        [['yaml-syntax', true]],
      );
    }
  });
});

describe('merge conflicts', () => {
  /** A ConfigMap with these lines in its data; lines that mark a conflict get a finding each. */
  const conflict = (...lines: readonly string[]): string =>
    `${head}data:\n${lines.map((line) => (/^[<>|=]{7}/.test(line) ? `«yaml-syntax ${line}»` : line)).join('\n')}\n  z: z\n`;

  test('every marker is found, each with both ways out', () => {
    const { findings, text } = check(
      conflict('<<<<<<< HEAD', '  a: 1', '=======', '  a: 2', '>>>>>>> other'),
    );
    for (const finding of findings.map((one) => ({ ...one, text }))) {
      assert.deepEqual(titles(finding), [
        'Keep the first side of the conflict',
        'Keep the second side of the conflict',
      ]);
      assert.equal(fixed(finding, 0), `${head}data:\n  a: 1\n  z: z\n`);
      assert.equal(fixed(finding, 1), `${head}data:\n  a: 2\n  z: z\n`);
    }
  });

  test('with the common ancestor between', () => {
    const lines = ['<<<<<<< HEAD', '  a: 1', '||||||| base', '  a: 0', '=======', '  a: 2', '>>>>>>> other'];
    const { findings, text } = check(conflict(...lines));
    assert.equal(findings.length, 4);
    assert.equal(fixed({ ...findings[0]!, text }, 0), `${head}data:\n  a: 1\n  z: z\n`);
  });

  test('inside a common ancestor, where their markers are longer', () => {
    const inner = ['<<<<<<<<< Temporary 1', '  a: 3', '=========', '  a: 4', '>>>>>>>>> Temporary 2'];
    const lines = ['<<<<<<< HEAD', '  a: 1', '||||||| base', ...inner, '=======', '  a: 2', '>>>>>>> other'];
    const { findings } = check(conflict(...lines));
    assert.equal(findings.length, 7);
  });

  test('inside a side of another', () => {
    const inner = ['<<<<<<< b', '  a: 1', '=======', '  a: 2', '>>>>>>> b'];
    check(conflict('<<<<<<< a', ...inner, '=======', '  a: 3', '>>>>>>> a'));
  });

  test('inside texts', () => {
    const sides = ['<<<<<<< HEAD', '    b', '=======', '    c', '      d', '>>>>>>> other'];
    check(conflict('  a: |', ...sides, '    e'));
    check(conflict('  a: |', '    b', ...sides));
    check(conflict('  a: >-', ...sides));
    check(conflict("  a: 'b", ...sides, "    c'"));
  });

  test('that have lost markers are found, and nothing follows from them', () => {
    check(conflict('<<<<<<< HEAD', '  a: 1', '  b: 2'));
    check(conflict('<<<<<<< HEAD', '  a: 1', '=======', '  a: 2'));
    check(conflict('<<<<<<< HEAD', '  a: 1', '||||||| base', '  b: 0'));
    check(conflict('  a: 1', '>>>>>>> other', '  b: 2'));
    check(conflict('  a: 1', '=======', '  b: 2'));
    const lost = ['<<<<<<< HEAD', '  a: 1', '=======', '  a: 2'];
    check(conflict(...lost, '<<<<<<< HEAD', '  b: 1', '=======', '  b: 2', '>>>>>>> other'));
    check(
      `${conflict(...lost)}---\n${deployment('resources: { limits: { cpu: «quantity-invalid 1K», memory: 1 } }')}`,
    );
  });

  test('on whose first side nothing is left call nothing missing', () => {
    check(
      deployment(enough).replace(
        /^ *image.*\n/m,
        (line) => `«yaml-syntax <<<<<<< HEAD»\n«yaml-syntax =======»\n${line}«yaml-syntax >>>>>>> other»\n`,
      ),
    );
  });

  test('headings are none', () => {
    check(`${head}data:\n  a: |\n    b\n    =======\n    <<<<<<< c\n`);
    assert.deepEqual(analyze('A title\n=======\n').findings, []);
  });
});

describe('documents that are none of our business', () => {
  const silent: Record<string, string> = {
    'another file format': 'services:\n  web:\n    image: a\n    image: b\n  : [\n',
    'a file of nothing': '',
    'a list': '- a: 1\n  a: 2\n',
    'a text': 'just words: and: colons\n',
    'a Helm template': `${head}data:\n  a: {{ .Values.a }}\n  {{- if .Values.b }}\n  b: c\n  {{- end }}\n`,
    'a Helm template that is YAML by chance': `${head}data: {{ .Values.data }}\n`,
    'a Helm template that is quoted throughout':
      'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: "{{ .Release.Name }}", image: a}]}\n',
    'a Jinja template': `${head}data:\n  {% if a %}\n  a: b\n  {% endif %}\n`,
  };
  for (const [name, text] of Object.entries(silent)) {
    test(name, () => {
      const { findings, documents } = analyze(text);
      assert.deepEqual(findings, []);
      assert.ok(documents.every(({ isKubernetes, objects }) => !isKubernetes && objects.length === 0));
    });
  }

  test('objects of somebody else have metadata of their own', () => {
    const text =
      'apiVersion: backstage.io/v1alpha1\nkind: Component\n' +
      'metadata: { name: shop, title: Shop, links: [{ url: https://shop.test }] }\nspec: { type: service }\n';
    assert.deepEqual(analyze(text).findings, []);
  });

  test('template expressions in strings alone do not make a template', () => {
    const [document] = analyze(
      `${head}data:\n  alert: "{{ $labels.pod }} is down"\n  other: |\n    {{ range . }}\n`,
    ).documents;
    assert.equal(document?.isKubernetes, true);
  });

  test('a broken document with a kind is ours all the same', () => {
    check('kind: Pod\napiVersion: v1\n«yaml-syntax "»\n');
  });
});

describe('files of every shape', () => {
  test('brackets may close anywhere, and tabs may indent what is inside them', () => {
    const lists = ['[a\n]', '[\n  a,\n  {b: "]"}\n  ]', '{a: b,\n\tc: d}', '[\n\t\ta,\n\t\t"b"\n\t]'];
    for (const list of lists) {
      check(`${head}data:\n  a: ${list}\n  b: c\n  «duplicate-key b»: d\n`);
    }
  });

  test('a byte order mark and carriage returns move nothing', () => {
    check(
      `\uFEFF${deployment('resources: { limits: { cpu: 1, memory: «quantity-invalid 1gb» } }').replaceAll('\n', '\r\n')}`,
    );
  });

  test('JSON', () => {
    check(
      '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": «requests-missing "a"», "image": "a"}]}}',
    );
  });

  test('a file that is too large gets one finding that says so', () => {
    const text = `${head}data:\n`.padEnd(2000, '#');
    const finding = analyze(text, { maximumLength: 1000 }).findings;
    assert.deepEqual(
      finding.map(({ code, range }) => [code, text.slice(range.start, range.end)]),
      [['file-too-large', 'apiVersion: example.com/v1']],
    );
    assert.deepEqual(analyze('x'.repeat(2000), { maximumLength: 1000 }).findings, []);
    assert.deepEqual(analyze(text, { maximumLength: 2000 }).findings, []);
  });

  test('a file of 10 MB is not read by default', () => {
    const text = `${head}data: {}\n${'# padding\n'.repeat(1_000_000)}`;
    assert.deepEqual(
      analyze(text).findings.map(({ code }) => code),
      ['file-too-large'],
    );
  });
});
