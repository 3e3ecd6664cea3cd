import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerfileStages, parseImageReference } from '../../src/core/index.ts';

const hex = '0123456789abcdef'.repeat(4);

describe('parseImageReference', () => {
  const valid: Record<
    string,
    readonly [registry: string | null, repository: string, tag: string | null, digest: string | null]
  > = {
    nginx: [null, 'nginx', null, null],
    'nginx:1.27-alpine': [null, 'nginx', '1.27-alpine', null],
    'library/nginx': [null, 'library/nginx', null, null],
    'ghcr.io/acme/web:2': ['ghcr.io', 'acme/web', '2', null],
    'localhost/web': ['localhost', 'web', null, null],
    'localhost:5000/web': ['localhost:5000', 'web', null, null],
    'localhost:5000/a/b/c:v1': ['localhost:5000', 'a/b/c', 'v1', null],
    'registry:5000': [null, 'registry', '5000', null],
    '[::1]:5000/web': ['[::1]:5000', 'web', null, null],
    'Registry/web': ['Registry', 'web', null, null],
    'a__b/c-d.e_f--g': [null, 'a__b/c-d.e_f--g', null, null],
    [`web@sha256:${hex}`]: [null, 'web', null, `sha256:${hex}`],
    [`ghcr.io/web:1@sha256:${hex}`]: ['ghcr.io', 'web', '1', `sha256:${hex}`],
    'web:_x': [null, 'web', '_x', null],
  };
  for (const [text, parts] of Object.entries(valid)) {
    test(text.slice(0, 60), () => {
      const reference = parseImageReference(text);
      assert.ok(reference);
      const { registry, repository, tag, digest } = reference;
      assert.deepEqual([registry, repository, tag, digest], parts);
    });
  }

  const invalid = [
    '',
    ' nginx',
    'Nginx',
    'a/B',
    'web:',
    'web: 1',
    'web:.x',
    `web:${'x'.repeat(129)}`,
    'a//b',
    '/a',
    'a/',
    'a..b',
    '-a',
    'http://ghcr.io/a',
    'ghcr.io/',
    'web@sha256:12ab',
    `web@sha256:${hex}0`,
    `web@sha256:${hex.toUpperCase()}`,
    'web@latest',
    'a_-b',
    'host-:5000/a',
    hex,
    `a/${'b'.repeat(260)}`,
  ];
  for (const text of invalid) {
    test(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(parseImageReference(text), null));
  }
});

describe('dockerfileStages', () => {
  const stages = (text: string): readonly (readonly [string | null, string, string])[] =>
    dockerfileStages(text).map(({ name, base, range }) => [name, base, text.slice(range.start, range.end)]);

  test('one, with comments and arguments around it', () => {
    assert.deepEqual(stages('# syntax=docker/dockerfile:1\nARG V=1\n\nFROM node:$V\nRUN echo FROM x\n'), [
      [null, 'node:$V', 'FROM node:$V'],
    ]);
  });

  test('several, in any letter case, with flags', () => {
    assert.deepEqual(
      stages(
        'FROM --platform=$BUILDPLATFORM golang:1.24 AS build\nRUN go build\nfrom build as test\n  From scratch\r\n',
      ),
      [
        ['build', 'golang:1.24', 'FROM --platform=$BUILDPLATFORM golang:1.24 AS build'],
        ['test', 'build', 'from build as test'],
        [null, 'scratch', '  From scratch'],
      ],
    );
  });

  test('lines that go on', () => {
    assert.deepEqual(stages('FROM \\\n  # why\n  alpine \\\n\n  AS base\nRUN a\\\n  FROM x\n'), [
      ['base', 'alpine', 'FROM \\\n  # why\n  alpine \\\n\n  AS base'],
    ]);
    assert.deepEqual(stages('# escape=`\nFROM a `\n AS b\nRUN x\\\nFROM c'), [
      ['b', 'a', 'FROM a `\n AS b'],
      [null, 'c', 'FROM c'],
    ]);
  });

  test('text of here-documents is none', () => {
    assert.deepEqual(
      stages('FROM a\nRUN <<EOF cat > x <<"B"\nFROM b\nEOF\nFROM c\nB\nCOPY <<-\\\n EOF x\nFROM d\n'),
      [
        [null, 'a', 'FROM a'],
        [null, 'd', 'FROM d'],
      ],
    );
  });

  test('what is no Dockerfile has none', () => {
    for (const text of ['', '\n', 'FROM', 'FROM ', 'FROMAGE a', 'x FROM a', '\uFEFF'])
      assert.deepEqual(stages(text), []);
    assert.deepEqual(stages('\uFEFFFROM a'), [[null, 'a', 'FROM a']]);
  });
});
