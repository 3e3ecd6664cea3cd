/** What a kustomization says about the files around it. Fields as kustomize 5.8 reads them. */
import type { TextRange } from '../finding.ts';
import { embeddedText } from './embedded.ts';
import type { EmbeddedText } from './embedded.ts';
import type { MappingNode, Node, ScalarNode } from './nodes.ts';
import { readDocument } from './read.ts';
import { isKustomizationFile } from './roles.ts';
import { splitDocuments } from './split.ts';

/** A file or folder a kustomization names; the path is as written. */
export interface PathUse {
  readonly path: string;
  readonly range: TextRange;
}

/** Which objects a patch is for; kustomize reads each but the last two as a regular expression of the whole text. */
export interface PatchTarget {
  readonly group: string | null;
  readonly version: string | null;
  readonly kind: string | null;
  readonly name: string | null;
  readonly namespace: string | null;
  readonly labelSelector: string | null;
  readonly annotationSelector: string | null;
}

/** A patch of any form: in a file or written in place; a strategic merge or a list of JSON 6902 operations. */
export interface Patch {
  readonly file: PathUse | null;
  readonly inline: EmbeddedText | null;
  /** Null: the patch itself names its object. */
  readonly target: PatchTarget | null;
  readonly range: TextRange;
}

/** A ConfigMap or Secret that kustomize makes of files and literals. */
export interface Generator {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly namespace: string | null;
  readonly behavior: 'create' | 'merge' | 'replace';
  /** The object's name ends in a hash of its content. */
  readonly hashed: boolean;
  /** Null where they stand in a file of variables. */
  readonly keys: readonly string[] | null;
  /** What it is made of. */
  readonly files: readonly PathUse[];
  /** Of its name; of the generator where it has none. */
  readonly range: TextRange;
}

/** An entry of `images:`; what is not set stays as it was. */
export interface ImageChange {
  readonly name: string;
  readonly newName: string | null;
  readonly newTag: string | null;
  readonly digest: string | null;
  readonly range: TextRange;
}

/** A value a kustomization sets on objects, and where it stands. */
export interface Setting {
  readonly value: string;
  readonly range: TextRange;
}

/** Copies a value into fields of other objects. */
export interface Replacement {
  /** Where it is written down, if not in the kustomization. */
  readonly file: PathUse | null;
  /** The fields it fills, of the objects chosen by `target`; empty where it stands in a file. */
  readonly fields: readonly { readonly target: PatchTarget; readonly field: Setting }[];
}

/** A kustomization as written. Offsets count from the start of its file. */
export interface Kustomization {
  /** Changes what includes it, and cannot be built by itself. */
  readonly component: boolean;
  /** Files, folders and addresses of `resources:` and `bases:`. */
  readonly resources: readonly PathUse[];
  readonly components: readonly PathUse[];
  readonly patches: readonly Patch[];
  /** What transforms, generates, validates or configures: configuration of kustomize, and no manifest to be applied. */
  readonly plugins: readonly PathUse[];
  readonly generators: readonly Generator[];
  /** Values files of the charts it inflates. */
  readonly values: readonly PathUse[];
  readonly namePrefix: Setting | null;
  readonly nameSuffix: Setting | null;
  readonly namespace: Setting | null;
  /** By key; `commonLabels` and `labels` alike. */
  readonly labels: ReadonlyMap<string, Setting>;
  readonly annotations: ReadonlyMap<string, Setting>;
  readonly images: readonly ImageChange[];
  readonly replacements: readonly Replacement[];
  /** By the name of the workload. */
  readonly replicas: ReadonlyMap<string, Setting>;
}

/** Text that is no path but the thing itself. */
const writtenInPlace = /[\n{]|:\s/;

/**
 * Reads a kustomization; null where the text is none. `path` decides where the text does not say its kind, which it
 * need not. Flux has another kind of the same name: a custom resource, read as such.
 */
export function readKustomization(text: string, path = ''): Kustomization | null {
  const named = isKustomizationFile(path);
  if (!named && !text.includes('kustomize.config.k8s.io')) return null;
  for (const { start, end } of splitDocuments(text)) {
    const source = text.slice(start, end);
    const { root } = readDocument(source);
    if (root?.type !== 'mapping' || !isKustomization(root, named)) continue;
    return new KustomizationReader(source, start).read(root);
  }
  return null;
}

function isKustomization(root: MappingNode, named: boolean): boolean {
  const version = root.text('apiVersion');
  const kind = root.text('kind');
  if (version !== null && !version.startsWith('kustomize.config.k8s.io/')) return false;
  return kind === null ? named : kind === 'Kustomization' || kind === 'Component';
}

/** Reads the fields of one document that begins at `base` of its file. */
class KustomizationReader {
  readonly #text: string;
  readonly #base: number;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  read(root: MappingNode): Kustomization {
    const paths = (...keys: readonly string[]): PathUse[] =>
      keys.flatMap((key) => this.#paths(root.get(key)));
    return {
      component: root.text('kind') === 'Component',
      resources: paths('resources', 'bases'),
      components: paths('components'),
      patches: this.#patches(root),
      plugins: [
        ...paths('transformers', 'generators', 'validators', 'configurations'),
        ...mappings(root.get('replacements')).flatMap((one) => this.#paths(one.get('path'))),
        ...this.#paths(root.mapping('openapi')?.get('path') ?? null),
      ],
      generators: this.#generators(root),
      values: mappings(root.get('helmCharts')).flatMap((chart) => [
        ...this.#paths(chart.get('valuesFile')),
        ...this.#paths(chart.get('additionalValuesFiles')),
      ]),
      namePrefix: this.#setting(root.scalar('namePrefix')),
      nameSuffix: this.#setting(root.scalar('nameSuffix')),
      namespace: this.#setting(root.scalar('namespace')),
      labels: new Map([
        ...mappings(root.get('labels')).flatMap((one) => this.#settings(one.mapping('pairs'))),
        ...this.#settings(root.mapping('commonLabels')),
      ]),
      annotations: new Map(this.#settings(root.mapping('commonAnnotations'))),
      images: mappings(root.get('images')).flatMap((one) => this.#image(one)),
      replacements: mappings(root.get('replacements')).map((one) => this.#replacement(one)),
      replicas: new Map(mappings(root.get('replicas')).flatMap((one) => this.#replicas(one))),
    };
  }

  #patches(root: MappingNode): readonly Patch[] {
    const merges = scalars(root.get('patchesStrategicMerge')).map((scalar): Patch => {
      const written = writtenInPlace.test(scalar.source);
      return {
        file: written ? null : this.#path(scalar),
        inline: written ? this.#embedded(scalar) : null,
        target: null,
        range: this.#shift(scalar.range),
      };
    });
    const targeted = ['patches', 'patchesJson6902']
      .flatMap((key) => mappings(root.get(key)))
      .map((one): Patch => {
        const path = one.scalar('path');
        const inline = one.scalar('patch');
        const target = one.mapping('target');
        return {
          file: path === null || path.source === '' ? null : this.#path(path),
          inline: inline === null ? null : this.#embedded(inline),
          target: target === null ? null : targetOf(target),
          range: this.#shift((path ?? inline ?? one).range),
        };
      });
    return [...merges, ...targeted];
  }

  #generators(root: MappingNode): readonly Generator[] {
    const all = root.mapping('generatorOptions');
    return (['ConfigMap', 'Secret'] as const).flatMap((kind) =>
      mappings(root.get(kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator')).map((one) =>
        this.#generator(one, kind, all),
      ),
    );
  }

  #generator(one: MappingNode, kind: Generator['kind'], all: MappingNode | null): Generator {
    const name = one.scalar('name');
    const behavior = one.text('behavior');
    const variables = [...this.#paths(one.get('envs')), ...this.#paths(one.get('env'))];
    const files = scalars(one.get('files')).map((file) => keyedFile(file, this.#shift(file.range)));
    const literals = scalars(one.get('literals')).map(({ source }) => source.split('=', 1)[0] ?? '');
    return {
      kind,
      name: name?.source ?? '',
      namespace: one.text('namespace'),
      behavior: behavior === 'merge' || behavior === 'replace' ? behavior : 'create',
      hashed: ![one.mapping('options'), all].some(disablesHash),
      keys: variables.length > 0 ? null : [...literals, ...files.map(({ key }) => key)],
      files: [...files.map(({ use }) => use), ...variables],
      range: this.#shift((name ?? one.entries[0]?.value ?? one).range),
    };
  }

  #image(one: MappingNode): readonly ImageChange[] {
    const text = (key: string): string | null => one.scalar(key)?.source ?? null;
    const name = text('name');
    if (name === null) return [];
    const shown = one.scalar('newTag') ?? one.scalar('digest') ?? one.scalar('newName') ?? one;
    return [
      {
        name,
        newName: text('newName'),
        newTag: text('newTag'),
        digest: text('digest'),
        range: this.#shift(shown.range),
      },
    ];
  }

  #replacement(one: MappingNode): Replacement {
    const path = one.scalar('path');
    const fields = mappings(one.get('targets')).flatMap((target) => {
      const select = target.mapping('select');
      if (select === null) return [];
      return scalars(target.get('fieldPaths')).map((field) => ({
        target: targetOf(select),
        field: { value: field.source, range: this.#shift(field.range) },
      }));
    });
    return { file: path === null ? null : this.#path(path), fields };
  }

  #replicas(one: MappingNode): readonly (readonly [string, Setting])[] {
    const name = one.scalar('name')?.source;
    const count = this.#setting(one.scalar('count'));
    return name === undefined || count === null ? [] : [[name, count]];
  }

  #settings(node: MappingNode | null): readonly (readonly [string, Setting])[] {
    return (node?.entries ?? []).flatMap(({ key, value }) => {
      const setting = value.type === 'scalar' ? this.#setting(value) : null;
      return setting === null ? [] : [[key, setting] as const];
    });
  }

  #setting(node: ScalarNode | null): Setting | null {
    return node === null ? null : { value: node.source, range: this.#shift(node.range) };
  }

  #paths(node: Node | null): PathUse[] {
    return scalars(node).flatMap((one) => (writtenInPlace.test(one.source) ? [] : [this.#path(one)]));
  }

  #path({ source, range }: ScalarNode): PathUse {
    return { path: source, range: this.#shift(range) };
  }

  #embedded(node: ScalarNode): EmbeddedText {
    return embeddedText(this.#text, node, this.#base);
  }

  #shift({ start, end }: TextRange): TextRange {
    return { start: start + this.#base, end: end + this.#base };
  }
}

/** `key=path`, or a path whose last part is the key. */
function keyedFile(
  { source }: ScalarNode,
  range: TextRange,
): { readonly key: string; readonly use: PathUse } {
  const at = source.indexOf('=');
  const path = source.slice(at + 1);
  return {
    key: at < 0 ? path.slice(path.lastIndexOf('/') + 1) : source.slice(0, at),
    use: { path, range },
  };
}

/** Options of one generator and of all: either can do it. */
function disablesHash(options: MappingNode | null): boolean {
  return options?.scalar('disableNameSuffixHash')?.value === true;
}

function targetOf(node: MappingNode): PatchTarget {
  const text = (key: string): string | null => node.scalar(key)?.source || null;
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
    labelSelector: text('labelSelector'),
    annotationSelector: text('annotationSelector'),
  };
}

/** Scalars of a list; a single one counts as a list of itself. */
export function scalars(node: Node | null): readonly ScalarNode[] {
  const nodes = node?.type === 'sequence' ? node.items : node === null ? [] : [node];
  return nodes.flatMap((one) => (one.type === 'scalar' && one.value !== null ? [one] : []));
}

export function mappings(node: Node | null): readonly MappingNode[] {
  return node?.type === 'sequence' ? node.items.filter((one) => one.type === 'mapping') : [];
}
