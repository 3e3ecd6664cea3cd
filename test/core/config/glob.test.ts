import assert from 'node:assert/strict';
import { test } from 'node:test';
import picomatch from 'picomatch';
import { pathMatcher } from '../../../src/core/config/glob.ts';
import { readWorkspaceFile } from '../../../src/core/config/workspace-file.ts';

const paths = [
  '',
  'a',
  'web.yaml',
  'web.yml',
  'Web.yaml',
  '.hidden.yaml',
  'apps/web.yaml',
  'apps/.ci/web.yaml',
  'apps/shop/web.yaml',
  'apps/shop/deep/er/web.yaml',
  'apps/shop/web-1.yaml',
  'apps/shop/web-12.yaml',
  'apps/shop/web[1].yaml',
  'other/apps/shop/web.yaml',
  'charts/shop/templates/web.yaml',
  'charts/shop/crds/x.yaml',
  'a,b.yaml',
  'a*b.yaml',
  'vendor/x/y/z',
  '🚀/🚀.yaml',
];

const patterns = [
  '**',
  '*',
  '*.yaml',
  '**/*.yaml',
  '**/*.{yaml,yml}',
  'apps/**',
  'apps/*/web.yaml',
  'apps/**/web.yaml',
  '**/shop/**',
  '**/shop/**/web*.yaml',
  './apps/**',
  'web.y{a,}ml',
  '{apps,charts}/shop/*/*.yaml',
  '{apps/{shop,none},charts/**}/*.yaml',
  'apps/shop/web-?.yaml',
  'apps/shop/web-[0-9].yaml',
  'apps/shop/web-[0-9]*.yaml',
  '[wW]eb.yaml',
  '🚀/🚀.y*',
  '[^w]eb.yaml',
  'web.yaml',
  'a\\*b.yaml',
  '*,*.yaml',
  '!apps/**',
  'apps',
  'apps/',
  '**/templates/*',
  'charts/**/templates/**/*.yaml',
];

test('patterns mean what they mean elsewhere', () => {
  for (const pattern of patterns) {
    const [ours, theirs] = [pathMatcher(pattern), picomatch(pattern, { dot: true })];
    assert.ok(ours !== null, pattern);
    for (const path of paths.slice(1)) assert.equal(ours(path), theirs(path), `${pattern} for ${path}`);
  }
});

test('a set may be of what is not meant, written either way', () => {
  for (const pattern of ['[!w]eb.yaml', '[^w]eb.yaml']) {
    const matches = pathMatcher(pattern);
    assert.deepEqual([matches?.('web.yaml'), matches?.('Web.yaml')], [false, true]);
  }
});

test('no pattern takes long, whatever the path', () => {
  const name = `${'a'.repeat(250)}/`.repeat(15);
  const hostile = [
    `${'*a'.repeat(200)}b`,
    `${'**/'.repeat(150)}b`,
    `${'*a*/'.repeat(100)}b`,
    `${'[a-z]*'.repeat(80)}B`,
    `${'{a,*}'.repeat(6)}b`,
    `{${'*a*,'.repeat(90)}}b`,
  ];
  for (const pattern of hostile) {
    const matches = pathMatcher(pattern);
    assert.ok(matches !== null, pattern);
    assert.equal(matches(name), false);
    assert.equal(matches(`${name}${'a'.repeat(250)}`), false);
  }
});

test('what cannot be followed in bounded time, or is of another form, is refused', () => {
  for (const pattern of ['+(a|aa)', '!(a)', '@(a|b)', '{1..9}', '{a,b}'.repeat(8), 'a'.repeat(501)]) {
    assert.equal(pathMatcher(pattern), null, pattern);
  }
});

test('a file has only so many patterns that are followed, each alternative counted', () => {
  const { config, problems } = readWorkspaceFile(`exclude:\n${"  - '{a,b}/{c,d}'\n".repeat(300)}`);
  assert.equal(config.exclude.length, 250);
  assert.equal(problems.length, 1);
});
