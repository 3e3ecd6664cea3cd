import { analyze } from '../analyze.ts';
import type { TextRange } from '../finding.ts';
import { mappings, readKustomization, scalars } from '../manifest/kustomization.ts';
import type { Kustomization, PathUse } from '../manifest/kustomization.ts';
import type { EmbeddedText } from '../manifest/embedded.ts';
import type { MappingNode, ScalarNode } from '../manifest/nodes.ts';
import { readDocument } from '../manifest/read.ts';
import { folderOf, resolvePath } from '../manifest/roles.ts';
import { namesIn } from './references-names.ts';
import type { NameUse, ObjectName } from './references-names.ts';

const base = { home: null, patch: true, written: 'scalar' } as const;

/** A target's fields are regular expressions; a name that is one as well means itself. */
const plainName = /^[a-z0-9][-a-z0-9.]*$/i;

/**
 * The names in a kustomization, with ranges of its file: of the ConfigMaps and Secrets it generates, of the objects it
 * changes, and of the files it is made of, these by their whole path.
 */
export function kustomizationNames(text: string, path: string): readonly NameUse[] {
  const kustomization = readKustomization(text, path);
  if (kustomization === null) return [];
  const { root } = readDocument(text);
  return [
    ...filesOf(kustomization).map((use) => fileName(use, path)),
    ...(root?.type === 'mapping' ? objectsIn(root, text) : []),
    ...kustomization.patches.flatMap(({ inline }) => (inline === null ? [] : namesInPatch(inline))),
  ];
}

function filesOf(kustomization: Kustomization): readonly PathUse[] {
  const { resources, components, patches, plugins, generators, values } = kustomization;
  const named = [...patches.flatMap(({ file }) => file ?? []), ...generators.flatMap(({ files }) => files)];
  return [...resources, ...components, ...named, ...plugins, ...values];
}

function fileName(use: PathUse, path: string): NameUse {
  const name = use.path.includes('://') ? use.path : resolvePath(folderOf(path), use.path);
  const object: ObjectName = { kind: '', name: '', namespace: '' };
  return { ...base, of: 'file', name, object, range: use.range, defines: false };
}

function* objectsIn(root: MappingNode, text: string): Iterable<NameUse> {
  for (const kind of ['ConfigMap', 'Secret']) {
    const key = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
    for (const generator of mappings(root.get(key))) yield* generated(generator, kind, text);
  }
  for (const key of ['patches', 'patchesJson6902']) {
    for (const patch of mappings(root.get(key))) yield* chosen(patch.mapping('target'));
  }
  for (const replacement of mappings(root.get('replacements'))) {
    yield* chosen(replacement.mapping('source'));
    for (const target of mappings(replacement.get('targets'))) yield* chosen(target.mapping('select'));
  }
  for (const variable of mappings(root.get('vars'))) yield* chosen(variable.mapping('objref'));
  for (const count of mappings(root.get('replicas'))) {
    const name = count.scalar('name');
    for (const kind of ['Deployment', 'StatefulSet', 'ReplicaSet']) {
      if (name !== null) yield objectUse({ kind, name: name.source, namespace: null }, name.range);
    }
  }
}

function* generated(generator: MappingNode, kind: string, text: string): Iterable<NameUse> {
  const name = generator.scalar('name');
  if (name === null || name.source === '') return;
  const object = { kind, name: name.source, namespace: generator.text('namespace') };
  const behavior = generator.text('behavior');
  const defines = behavior !== 'merge' && behavior !== 'replace';
  yield { ...objectUse(object, name.range), defines };
  for (const literal of scalars(generator.get('literals'))) {
    const range = partAt(text, literal, literal.source.split('=', 1)[0] ?? '');
    if (range !== null) yield keyUse(object, text, range, defines, 'part');
  }
  for (const file of scalars(generator.get('files'))) {
    const [key = '', path] = file.source.split('=', 2);
    const range = partAt(text, file, path === undefined ? file.source : key);
    if (range === null) continue;
    if (path !== undefined) yield keyUse(object, text, range, defines, 'part');
    else {
      const name = key.slice(key.lastIndexOf('/') + 1);
      yield { ...keyUse(object, text, range, defines, 'before'), name };
    }
  }
}

function keyUse(
  object: ObjectName,
  text: string,
  range: TextRange,
  defines: boolean,
  written: NameUse['written'],
): NameUse {
  return { ...base, of: 'key', name: text.slice(range.start, range.end), object, range, defines, written };
}

/** Where the beginning of a scalar stands; null where it is not written as it reads. */
function partAt(text: string, { range }: ScalarNode, part: string): TextRange | null {
  const quoted = /^["']/.test(text.slice(range.start, range.start + 1)) ? 1 : 0;
  const start = range.start + quoted;
  const end = start + part.length;
  return part !== '' && text.slice(start, end) === part ? { start, end } : null;
}

function* chosen(target: MappingNode | null): Iterable<NameUse> {
  const name = target?.scalar('name') ?? null;
  const kind = target?.text('kind') ?? null;
  if (target === null || name === null || kind === null || !plainName.test(name.source)) return;
  yield objectUse({ kind, name: name.source, namespace: target.text('namespace') }, name.range);
}

function objectUse(object: ObjectName, range: TextRange): NameUse {
  return { ...base, of: 'object', name: object.name, object, range, defines: false };
}

/** A patch written in the kustomization. */
function namesInPatch({ text, outer }: EmbeddedText): readonly NameUse[] {
  return (analyze(text, { role: 'patch' }).facts.patches ?? []).flatMap(({ objects, start }) =>
    objects.flatMap((facts) =>
      namesIn(facts, true).map((use) => ({
        ...use,
        range: outer({ start: use.range.start + start, end: use.range.end + start }),
      })),
    ),
  );
}
