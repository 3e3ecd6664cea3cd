/**
 * Texts of any length that would take minutes, or worse, if some step looked at the whole text for each of its parts.
 * `length`: about how many characters.
 */
const head = 'apiVersion: v1\nkind: Pod\n';

type Part = string | ((index: number) => string);

function filled(length: number, part: Part): string {
  const parts: string[] = [];
  for (let i = 0, size = 0; size < length; i++) {
    const next = typeof part === 'string' ? part : part(i);
    parts.push(next);
    size += next.length;
  }
  return parts.join('');
}

const filledWith =
  (part: Part, before = '', after = '') =>
  (length: number): string =>
    before + filled(length, part) + after;

const pod = '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a}]}}';

export const scaling: Readonly<Record<string, (length: number) => string>> = {
  'duplicate keys': filledWith('  a: 1\n', `${head}spec:\n`),
  'different keys': filledWith((i) => `  k${i}: ${i}\n`, `${head}spec:\n`),
  'duplicate blocks': filledWith('spec: {containers: []}\n', head),
  'containers without requests': filledWith(
    (i) => `  - {name: c${i}, image: a}\n`,
    `${head}spec:\n  containers:\n`,
  ),
  'containers of one name': filledWith('  - {name: c, image: a}\n', `${head}spec:\n  containers:\n`),
  'misplaced fields': filledWith(
    '  - {name: c, image: a, volumes: [], replicas: 1}\n',
    `${head}spec:\n  containers:\n`,
  ),
  'misplaced fields of one container': filledWith(
    '    volumes: []\n',
    `${head}spec:\n  containers:\n  - name: c\n`,
  ),
  'pods in a List': filledWith(`- ${pod}\n`, 'apiVersion: v1\nkind: List\nitems:\n'),
  'one long line of JSON': filledWith(
    (i) => `{"name":"a${i}","image":"b"},`,
    '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[',
    ']}}',
  ),
  'one long line with a tag': filledWith('a, ', `${head}spec: {containers: [!a b, `, ']}'),
  'unknown anchors on one line': filledWith('*a, ', `${head}spec: {containers: [`, ']}'),
  'values deep in brackets': (length) =>
    `${head}spec: !a ${'[\n'.repeat(400)}${filled(length, ' "a": b,\n')}${']'.repeat(400)}`,
  'one long broken line': filledWith(
    '{"name":"a" "image":"b"},',
    '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[',
    ']}}',
  ),
  'a mistake on every line': filledWith('  a: @b\n', `${head}spec:\n`),
  'a missing colon on every line': filledWith('  a b\n', `${head}spec:\n`),
  'quotes that never close': filledWith('  a: "b\n', `${head}spec:\n`),
  'brackets that never close': filledWith('  a: [b\n', `${head}spec:\n`),
  'unknown anchors': filledWith((i) => `  k${i}: *a${i}\n`, `${head}spec:\n`),
  'unknown fields': filledWith((i) => `  k${i}: 1\n`, `${head}spec:\n  containers: []\n`),
  'tabs before every line': filledWith((i) => `\tk${i}: 1\n`, `${head}spec:\n`),
  conflicts: filledWith('<<<<<<< a\na: 1\n=======\na: 2\n>>>>>>> b\n', head),
  'conflicts in many documents': filledWith(`---\n${head}<<<<<<< a\na: 1\n=======\na: 2\n>>>>>>> b\n`),
  'comments that ignore a rule in many documents': filledWith(
    (i) =>
      `---\n# elastic-ignore-object requests-missing: because\n${pod.replace('name: a', `name: a${i}`)}\n`,
  ),
  'opening conflict markers': filledWith('<<<<<<< a\n', head),
  'conflicts inside each other': (length) => {
    const levels = Math.floor(length / 40);
    return `${head}${'<<<<<<< a\n'.repeat(levels)}${'=======\nb: 1\n>>>>>>> b\n'.repeat(levels)}`;
  },
  'document markers': filledWith('---\n'),
  'end markers': filledWith('...\n'),
  'many documents': filledWith((i) => `---\n${pod.replace('name: a', `name: a${i}`)}\n`),
  'many documents with mistakes': filledWith((i) => `---\n${pod.replace('name: a', `name: @${i}`)}\n`),
  comments: filledWith('# a\n', head),
  'suppressing comments': filledWith('# elastic-ignore requests-missing: because\n', head),
  directives: filledWith('%YAML 1.2\n'),
  'carriage returns': filledWith('\r', head),
  'lines ended by carriage returns': filledWith((i) => `  k${i}: 1\r`, `${head}spec:\r`),
  spaces: filledWith(' ', `${head}a:`, 'b'),
  'blank lines with spaces': filledWith('  \n', `${head}a:\n`, 'b: @c'),
  braces: filledWith('{', `${head}a: `),
  'template braces': filledWith('{{ '),
  'template lines': filledWith((i) => `  k${i}: {{ .a }}\n`, `${head}spec:\n`),
  'anchors and aliases': filledWith((i) => `  k${i}: &a${i} {v: ${i}}\n  l${i}: *a${i}\n`, `${head}data:\n`),
  'aliases of the first of many anchors': (length) =>
    `${head}data:\n${filled(length / 2, (i) => `  k${i}: &a${i} ${i}\n`)}list:\n${filled(length / 2, '  - *a0\n')}`,
  'aliases with mistakes around': (length) =>
    `${head}data:\n${filled(length / 2, (i) => `  k${i}: &a${i} ${i}\n`)}list:\n${filled(length / 2, '  - *a0\n')}  : @\n`,
  'aliases in brackets': filledWith('*a, ', `${head}a: &a {image: b}\nspec:\n  containers: [`, ']\n'),
  'aliases of a long list': (length) =>
    `${head}a: &a [${'b, '.repeat(length / 20)}]\nc: [${'*a, '.repeat(length / 20)}]\n`,
  'merge keys': (length) =>
    `${head}a: &a {${Array.from({ length: length / 100 }, (_, i) => `k${i}: 1`).join(', ')}}\nb:\n${filled(length / 2, '  - {<<: *a}\n')}`,
  'a long key': (length) => `${head}spec:\n  ? ${'k'.repeat(length)}\n  : {a: 1, a: 2}\n`,
  'a long word': filledWith('k', `${head}spec:\n  a: `, '\n'),
  'a long quoted text': filledWith('k \\n', `${head}spec:\n  a: "`, '"\n'),
  'a long quoted text of many lines': filledWith("    it''s\n", `${head}spec:\n  a: '\n`, "    '\n"),
  'a long block of text': filledWith('    k: [\n', `${head}spec:\n  a: |\n`, '  b: 1\n'),
  'a long folded text': filledWith('    k: [\n', `${head}spec:\n  a: >-\n`, '  b: 1\n'),
  'a long plain text': filledWith('    k\n', `${head}spec:\n  a:\n`, '  b: 1\n'),
  'a long quantity': (length) =>
    `${head}spec: {containers: [{image: a, resources: {limits: {cpu: ${'9'.repeat(length / 2)}, memory: 1.${'9'.repeat(length / 2)}Gi}}}]}\n`,
  'patch directives': filledWith('  $x: 1\n', head),
  'words without colons': filledWith('  word\n', `${head}spec:\n`),
  dashes: filledWith('- ', head),
  'levels of lists': (length) => `${head}a:\n  ${'- '.repeat(length)}a\n`,
  'levels of brackets': (length) => `${head}a: ${'['.repeat(length / 2)}${']'.repeat(length / 2)}\n`,
  'levels of keys': (length) => {
    const levels = Math.floor(Math.sqrt(2 * length));
    return `${head}${Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}`;
  },
  'levels that can be read, again and again': filledWith(
    (i) => `k${i}: ${'['.repeat(90)}${']'.repeat(90)}\n`,
    head,
  ),
};
