import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, formatMessage } from '../../../src/core/index.ts';
import { objects } from '../../../src/core/language/snippets/objects.ts';
import { parts } from '../../../src/core/language/snippets/parts.ts';
import { deployment, enough } from '../marked.ts';
import { filled, proposed } from './proposals.ts';

/** What the preset `recommended` calls wrong or unwise. */
function findings(text: string): readonly string[] {
  return analyze(text)
    .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, path, message }) => `${code} ${path}: ${formatMessage(message)}`);
}

describe('snippets', () => {
  for (const [name, text] of Object.entries(objects)) {
    test(`${name} is right as it is`, () => {
      const manifest = filled({ insert: text, snippet: true });
      assert.deepEqual(findings(manifest), []);
      assert.doesNotMatch(manifest, /\$/);
    });
  }

  test('whole objects are proposed where nothing is written yet', () => {
    for (const marked of [
      '¦',
      'Dep¦',
      '# note\n¦\n',
      'kind: Namespace\napiVersion: v1\nmetadata: { name: a }\n---\n¦',
    ]) {
      assert.ok(proposed(marked).labels.includes('Deployment'), marked);
    }
    for (const marked of ['a: b\n¦', 'kind: Pod\n¦', 'kind: Pod\nspec:\n  ¦', '- ¦', 'text\n¦']) {
      assert.ok(!proposed(marked).labels.includes('Deployment'), marked);
    }
  });

  const errorsOf = (text: string): readonly string[] =>
    analyze(text)
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ code, path }) => `${code} ${path}`);

  test('parts fit where they are proposed', () => {
    const places: Readonly<Record<string, string>> = {
      'core/v1.Container': deployment('¦'),
      'core/v1.PodSpec': deployment(enough, '¦'),
    };
    for (const { label, within, key } of parts) {
      const place = places[within] ?? '';
      // The place has these already.
      if (key === 'name' || key === 'containers') assert.ok(!proposed(place).labels.includes(label));
      else assert.deepEqual(errorsOf(proposed(place).accept(label)), [], label);
    }
  });

  test('containers are written at once', () => {
    const bare = `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  ¦\n`;
    assert.deepEqual(errorsOf(proposed(bare).accept('containers (with resources and a port)')), []);
    const item = bare.replace('¦', 'containers:\n    - ¦');
    assert.deepEqual(errorsOf(proposed(item).accept('name (a whole container)')), []);
  });

  test('a mount brings its volume along', () => {
    const text = deployment(`${enough}\n¦`);
    const mounted = proposed(text).accept('volumeMounts (with a volume)');
    assert.match(mounted, /\n {6}volumes:\n {8}- name: data\n {10}emptyDir: \{\}\n {6}containers:/);
    assert.deepEqual(
      analyze(mounted).findings.filter(({ severity }) => severity === 'error'),
      [],
    );
    const second = proposed(deployment(`${enough}\n¦`, 'volumes:\n  - name: data\n    emptyDir: {}')).accept(
      'volumeMounts (with a volume)',
    );
    assert.match(second, /- name: data-2\n {10}emptyDir: \{\}\n {8}- name: data\n/);
    assert.deepEqual(
      analyze(second).findings.filter(({ severity }) => severity === 'error'),
      [],
    );
  });
});
