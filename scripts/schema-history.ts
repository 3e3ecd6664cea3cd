/**
 * Writes what changed between versions of the Kubernetes API, as facts: src/core/schema/history/fields.ts and
 * lifecycle.ts. They are committed, so a build needs none of this. The source is the Go source of the API types, which
 * the Go module proxy serves: `node_modules/.bin/node scripts/schema-history.ts` (needs any Go) after a new release of
 * Kubernetes was added to `releases` below.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyGo } from '../test/harness/go.ts';
import { type GoPackage, type Lifecycle, readPackage, typeFolders, typeName } from './go-types.ts';

/** A patch release of every minor version since lifecycles were written down in the source; by minor version. */
const releases: ReadonlyMap<number, string> = new Map(
  '20.15 21.14 22.17 23.17 24.17 25.16 26.15 27.16 28.15 29.15 30.14 31.14 32.13 33.13 34.13 35.10 36.3'
    .split(' ')
    .map((release) => [Number(release.split('.')[0]), `v0.${release}`]),
);
/** The oldest version that can be chosen: what it has is not told. */
const OLDEST = 29;
const NEWEST = Math.max(...releases.keys());

/** Groups of objects that are sent between programs and kept nowhere. */
const unwritten = new Set([
  'admission.k8s.io/',
  'apidiscovery.k8s.io/',
  'imagepolicy.k8s.io/',
  'internal.apiserver.k8s.io/',
]);

interface Release {
  readonly minor: number;
  readonly packages: readonly GoPackage[];
  /** Fields of every type, inlined ones included: name in JSON → type. */
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Type → fields. */
type Changes = Map<string, string[]>;

function read(minor: number): Release {
  const packages = foldersOf(minor).map(readPackage);
  const structs = new Map(
    packages.flatMap(({ apiVersion, structs }) =>
      [...structs].map(([name, struct]) => [typeName(apiVersion, name), struct] as const),
    ),
  );
  const fieldsOf = (name: string): [string, string][] => {
    const struct = structs.get(name);
    return struct === undefined ? [] : [...struct.fields, ...struct.inline.flatMap(fieldsOf)];
  };
  return {
    minor,
    packages,
    types: new Map([...structs.keys()].map((name) => [name, new Map(fieldsOf(name))])),
  };
}

/** Fields are compared from the oldest version on; of earlier ones only lifecycles of kinds are read. */
function foldersOf(minor: number): readonly string[] {
  const version = releases.get(minor) ?? '';
  const api = typeFolders(download('k8s.io/api', version));
  if (minor < OLDEST) return api;
  const extensions = typeFolders(join(download('k8s.io/apiextensions-apiserver', version), 'pkg/apis'));
  const meta = join(download('k8s.io/apimachinery', version), 'pkg/apis/meta/v1');
  // APIService has the fields it always had.
  const services =
    minor < NEWEST ? [] : typeFolders(join(download('k8s.io/kube-aggregator', version), 'pkg/apis'));
  return [...api, ...extensions, ...services, meta];
}

/** Folder of a Go module. */
function download(module: string, version: string): string {
  const go = anyGo();
  if (go === null)
    throw new Error('Reading the API needs Go: install golang-go (any version), then run this again.');
  const answer = execFileSync(go, ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: '/',
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' },
  });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

/** Types that stand in an object of a stable API version. The schema has no beta ones that are still served. */
function writtenTypes({ packages, types }: Release): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = packages
    .filter(({ apiVersion }) => /(?:^|\/)v\d+$/.test(apiVersion) && !isUnwritten(apiVersion))
    .flatMap(({ apiVersion, kinds }) =>
      kinds.filter((kind) => !kind.endsWith('Options')).map((kind) => typeName(apiVersion, kind)),
    );
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(types.get(name)?.values() ?? []));
  }
  return found;
}

function isUnwritten(apiVersion: string): boolean {
  return unwritten.has(apiVersion.replace(/[^/]*$/, ''));
}

/** Fields that types which both releases have gained from the first to the second. */
function gained(before: Release, after: Release, told: ReadonlySet<string>): Changes {
  const changes: Changes = new Map();
  for (const [name, fields] of after.types) {
    const earlier = before.types.get(name);
    if (earlier === undefined || !told.has(name)) continue;
    const news = [...fields.keys()].filter((field) => !earlier.has(field));
    if (news.length > 0) changes.set(name, news.sort());
  }
  return changes;
}

/** Kinds with a history worth telling, by API version. */
function lifecyclesOf(all: readonly Release[]): ReadonlyMap<string, ReadonlyMap<string, Lifecycle>> {
  const result = new Map<string, Map<string, Lifecycle>>();
  const seen = new Map<string, { first: number; last: number; lifecycle: Lifecycle | undefined }>();
  for (const { minor, packages } of all) {
    for (const { apiVersion, kinds, lifecycles } of packages) {
      for (const kind of kinds) {
        if (/(?:List|Options)$/.test(kind) || isUnwritten(`${apiVersion}`)) continue;
        const key = `${apiVersion} ${kind}`;
        const before = seen.get(key);
        const lifecycle = lifecycles.get(kind) ?? before?.lifecycle;
        seen.set(key, { first: before?.first ?? minor, last: minor, lifecycle });
      }
    }
  }
  for (const [key, { first, last, lifecycle }] of seen) {
    const [apiVersion = '', kind = ''] = key.split(' ');
    const told = outcome(first, last, lifecycle);
    const news = told.introduced !== null && told.introduced > OLDEST;
    if (!news && told.deprecated === null && told.removed === null) continue;
    result.set(apiVersion, (result.get(apiVersion) ?? new Map<string, Lifecycle>()).set(kind, told));
  }
  return result;
}

/** What the source says of a kind, or else from when to when it was there. */
function outcome(first: number, last: number, lifecycle: Lifecycle | undefined): Lifecycle {
  const gone = last < NEWEST ? last + 1 : Infinity;
  const removed = Math.min(gone, lifecycle?.removed ?? Infinity);
  const deprecated = lifecycle?.deprecated ?? null;
  return {
    introduced: lifecycle?.introduced ?? (first > Math.min(...releases.keys()) ? first : null),
    deprecated: deprecated !== null && deprecated < removed ? deprecated : null,
    removed: removed === Infinity ? null : removed,
    replacement: lifecycle?.replacement ?? null,
  };
}

const header = `/** Facts from the Go source of the Kubernetes API, up to 1.${NEWEST}; made by scripts/schema-history.ts: do not edit. */\n`;

function fieldsFile(all: readonly Release[]): string {
  const newest = all.at(-1);
  if (newest === undefined) throw new Error('No release was read.');
  const told = writtenTypes(newest);
  const pairs = all.slice(1).map((after, index) => ({ before: all[index] ?? after, after }));
  const added = pairs.map(({ before, after }) => [after.minor, gained(before, after, told)] as const);
  const removed = pairs.map(({ before, after }) => [after.minor, gained(after, before, told)] as const);
  return `${header}
/** Minor version → type → the fields it changed, in alphabetical order. */
type FieldChanges = Readonly<Record<number, Readonly<Record<string, string>>>>;

/** Fields that came after 1.${OLDEST}, to types that were there before. */
export const addedFields: FieldChanges = ${literal(added)};

/** Fields that 1.${OLDEST} or a later version had and the newest has no more. */
export const removedFields: FieldChanges = ${literal(removed)};
`;
}

function literal(changes: readonly (readonly [number, Changes])[]): string {
  const told = changes.filter(([, types]) => types.size > 0);
  const entries = told.map(([minor, types]) => {
    const fields = [...types]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, list]) => [name, list.join(' ')]);
    return [minor, Object.fromEntries(fields) as Record<string, string>];
  });
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}

function lifecycleFile(all: readonly Release[]): string {
  const lines = [...lifecyclesOf(all)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([apiVersion, kinds]) => {
      const groups = Map.groupBy(kinds, ([, one]) =>
        JSON.stringify([one.introduced, one.deprecated, one.removed, one.replacement]),
      );
      const rows = [...groups].map(([facts, members]) => {
        const names = members.map(([kind]) => kind).sort();
        return `${facts.slice(0, -1)}, '${names.join(' ')}']`;
      });
      return `  '${apiVersion}': [${rows.join(', ')}],`;
    });
  return `${header}
/** The minor versions that can be chosen, from the first to the last. */
export const known = { first: ${OLDEST}, last: ${NEWEST} };

/** Minor versions of Kubernetes 1, what replaces the kinds (the kind told where it is another one), and the kinds. */
type Row = readonly [
  introduced: number | null,
  deprecated: number | null,
  removed: number | null,
  replacement: string | null,
  kinds: string,
];

/** Kinds that came after 1.${OLDEST}, are deprecated, or were removed since 1.16, by API version. */
export const lifecycles: Readonly<Record<string, readonly Row[]>> = {
${lines.join('\n')}
};
`;
}

const all = [...releases.keys()].map(read);
const folder = fileURLToPath(new URL('../src/core/schema/history', import.meta.url));
const files = {
  'fields.ts': fieldsFile(all.filter(({ minor }) => minor >= OLDEST)),
  'lifecycle.ts': lifecycleFile(all),
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
const prettier = fileURLToPath(new URL('../node_modules/prettier/bin/prettier.cjs', import.meta.url));
execFileSync(process.execPath, [
  prettier,
  '--write',
  ...Object.keys(files).map((name) => join(folder, name)),
]);
