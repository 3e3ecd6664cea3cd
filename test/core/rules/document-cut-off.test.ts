import { describe, test } from 'node:test';
import { check } from '../marked.ts';

describe('document-cut-off', () => {
  test('a space before the first line, and all below is dropped', () => {
    check(' apiVersion: v1\n«document-cut-off kind: Pod»\nmetadata: { name: web }\nspec: 5\n');
    check(
      ' apiVersion: v1\n kind: ConfigMap\n metadata: { name: web }\n# These:\n«document-cut-off data: {} # none»\n',
    );
  });

  test('a line that was pasted above an object hides it', () => {
    check('    app: web\n«document-cut-off apiVersion: v1»\nkind: Pod\nmetadata: { name: web }\n');
    check('«yaml-syntax \t»spec: { a: b }\n\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n');
  });

  test('what ends as it began is whole', () => {
    const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n';
    for (const text of [
      object.replace(/^/gm, '  ').trimEnd(),
      `${object}# More?\n`,
      `${object}data:\n  a: |+\n    b\n\n\n#\n`,
      `${object}data:\n  a: "b\n\n    c" # d\n  # e\n`,
      `${object}...\n`,
      '{"apiVersion": "v1", "kind": "ConfigMap",\n"metadata": {"name": "web"}\n} # c\n\n# d\n',
    ]) {
      check(text);
      check(text.replaceAll('\n', '\r\n'));
    }
    check('  - a\nb: c\n');
  });
});
