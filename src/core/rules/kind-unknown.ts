import { message } from '../finding.ts';
import type { Fix, Severity, TextEdit } from '../finding.ts';
import type { ScalarNode } from '../manifest/nodes.ts';
import type { ObjectNode } from '../manifest/objects.ts';
import { isPlaceholder } from '../manifest/templates.ts';
import { joinPath } from '../manifest/path.ts';
import { columnOf, lineBreak, lineStart } from '../manifest/text.ts';
import { editDistance, nearestWord } from '../nearest.ts';
import { lifecycleOf } from '../schema/history/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { Problem, Rule } from './rule.ts';

export const kindUnknown: Rule = {
  code: 'kind-unknown',
  title: 'Unknown kind or API version',
  origin: 'server',
  severity: 'error',
  docs: `
\`apiVersion\` and \`kind\` together say what an object is, and letter case counts. This finding names a pair
that no Kubernetes server has but that is close to one: \`kind: deployment\`, \`apiVersion: v1\` with
\`kind: Deployment\`, \`apiVersion: app/v1\`. Kinds of custom resources are never reported.

\`\`\`yaml
# bad
apiVersion: v1
kind: deployment
# good
apiVersion: apps/v1
kind: Deployment
\`\`\`
`,
  *check({ document, schema, patch }) {
    for (const object of document.objects) {
      // A patch may leave to its target what it is for.
      if (patch && (object.apiVersion === '' || object.kind === '')) continue;
      yield* judge(object, document.text, schema);
    }
  },
};

function judge(object: ObjectNode, text: string, schema: Schema): readonly Problem[] {
  const version = object.node.scalar('apiVersion');
  const kind = object.node.scalar('kind');
  if ([version, kind].some((node) => node !== null && isPlaceholder(node.source))) return [];
  const hasVersion = version !== null && object.apiVersion !== '';
  const hasKind = kind !== null && object.kind !== '';
  if (hasVersion && hasKind) return judgePair(object, version, kind, schema);
  // Other files have one of the two and mean something else: only with metadata is it a Kubernetes object.
  if (object.node.entry('metadata') === null) return [];
  if (hasKind && object.node.entry('apiVersion') === null) return versionMissing(object, kind, text, schema);
  return hasVersion && kind === null ? kindMissing(object, version, schema) : [];
}

/**
 * Kinds of an API version; null for one that is not known, which may be a newer server's or somebody else's: of theirs
 * there may be more than we know of.
 */
function kindsOf(apiVersion: string, schema: Schema): readonly string[] | null {
  if (schema.isCustom(apiVersion)) return null;
  const kinds = schema.kinds(apiVersion) ?? [];
  return kinds.length === 0 ? null : kinds;
}

function judgePair(
  object: ObjectNode,
  version: ScalarNode,
  kind: ScalarNode,
  schema: Schema,
): readonly Problem[] {
  const kinds = kindsOf(object.apiVersion, schema);
  if (kinds?.includes(object.kind) || isClientKind(object)) return [];
  if (schema.typeOf(object.apiVersion, object.kind) !== null) return [];
  // Of what another version of Kubernetes has, other rules tell more.
  if (lifecycleOf(object.apiVersion, object.kind) !== null) return [];
  const sameWord = kinds?.find((one) => one.toLowerCase() === object.kind.toLowerCase());
  if (sameWord !== undefined) return [kindMeant(object, kind, object.apiVersion, sameWord)];
  const elsewhere = schema.kindNamed(object.kind);
  if (elsewhere !== null) return judgeVersion(object, { version, kind }, elsewhere, schema);
  if (kinds === null) return [];
  const near = nearestWord(object.kind, kinds);
  if (near !== null) return [kindMeant(object, kind, object.apiVersion, near)];
  // Files of many other tools say `apiVersion: v1`; the named groups belong to Kubernetes.
  if (object.apiVersion === 'v1') return [];
  const strange: Problem = {
    message: message('{0} has no kind {1}; check both words', object.apiVersion, object.kind),
    range: kind.range,
    path: joinPath(object.path, 'kind'),
    severity: 'warning',
  };
  return [strange];
}

/** Kinds that are written in files and exist on no server. */
function isClientKind({ apiVersion, kind }: ObjectNode): boolean {
  return apiVersion === 'v1' && ['List', 'Config', 'Status'].includes(kind);
}

/** A known kind under an API version that has it not: a slip, or somebody else's kind of the same name. */
function judgeVersion(
  object: ObjectNode,
  { version, kind }: { readonly version: ScalarNode; readonly kind: ScalarNode },
  named: { readonly kind: string; readonly versions: readonly string[] },
  schema: Schema,
): readonly Problem[] {
  const { apiVersion } = object;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const ours = group === '' || kindsOf(apiVersion, schema) !== null || dotlessGroups.has(group);
  const near = named.versions.find((one) => editDistance(apiVersion.toLowerCase(), one, 2) <= 2);
  const meant = near ?? (ours ? named.versions[0] : undefined);
  if (meant === undefined) return [];
  // A server may have a beta version that nobody wrote down.
  const wasServed = ours && /\/v\d+(?:alpha|beta)\d+$/.test(apiVersion);
  const problem = versionMeant(object, version, named.kind, meant, wasServed ? 'warning' : 'error');
  return named.kind === object.kind ? [problem] : [problem, kindMeant(object, kind, meant, named.kind)];
}

/** Groups without a dot in their names: only Kubernetes itself has such. */
const dotlessGroups = new Set(['apps', 'batch', 'policy', 'autoscaling', 'extensions']);

function kindMeant(object: ObjectNode, kind: ScalarNode, apiVersion: string, meant: string): Problem {
  return {
    message: message('There is no kind {0} in {1}; did you mean {2}?', object.kind, apiVersion, meant),
    range: kind.range,
    path: joinPath(object.path, 'kind'),
    fixes: [change(meant, { range: kind.range, newText: meant })],
  };
}

function versionMeant(
  object: ObjectNode,
  version: ScalarNode,
  kind: string,
  meant: string,
  severity: Severity,
): Problem {
  return {
    message: message('{0} is in {1}, not in {2}; change the apiVersion', kind, meant, object.apiVersion),
    range: version.range,
    path: joinPath(object.path, 'apiVersion'),
    severity,
    fixes: [change(meant, { range: version.range, newText: meant })],
  };
}

function change(meant: string, edit: TextEdit): Fix {
  return { title: message('Change to {0}', meant), edits: [edit], preferred: true };
}

function versionMissing(
  object: ObjectNode,
  kind: ScalarNode,
  text: string,
  schema: Schema,
): readonly Problem[] {
  const named = schema.kindNamed(object.kind);
  const entry = object.node.entry('kind');
  const version = named?.versions[0];
  if (named === null || entry === null || version === undefined) return [];
  const start = entry.keyRange.start;
  const inBlock = !object.node.flow && text.slice(lineStart(text, start), start).trim() === '';
  const newText = `apiVersion: ${version}${lineBreak(text)}${' '.repeat(columnOf(text, start))}`;
  const fix: Fix = {
    title: message('Add apiVersion: {0}', version),
    edits: [{ range: { start, end: start }, newText }],
    preferred: named.versions.length === 1,
  };
  // `apiversion: v1` is renamed: both together would write it twice.
  const isMisspelt = object.node.entries.some(({ key }) => key.toLowerCase() === 'apiversion');
  const problem: Problem = {
    message: message('apiVersion is missing; {0} is in {1}', named.kind, version),
    range: kind.range,
    path: joinPath(object.path, 'apiVersion'),
    fixes: inBlock && !isMisspelt ? [fix] : [],
  };
  return [problem];
}

/** What people write most often, as an example of a kind. */
const usual = ['Deployment', 'Pod', 'Job', 'Ingress', 'Role', 'StorageClass'];

function kindMissing(object: ObjectNode, version: ScalarNode, schema: Schema): readonly Problem[] {
  const kinds = kindsOf(object.apiVersion, schema);
  // Charts and other files say `apiVersion: v1` and need no kind.
  if (kinds === null || object.node.entry('kind') !== null || object.node.entry('spec') === null) return [];
  const likely = usual.find((kind) => kinds.includes(kind)) ?? kinds[0] ?? '';
  const problem: Problem = {
    message: message('kind is missing; add it, such as kind: {0}', likely),
    range: version.range,
    path: joinPath(object.path, 'kind'),
  };
  return [problem];
}
