import type { TextRange } from '../finding.ts';
import type { ManifestObject } from '../protocol.ts';
import type { DocumentNode } from './document.ts';
import type { LineIndex } from './lines.ts';
import { mappingToJson } from './nodes.ts';
import { locateField } from './objects.ts';
import type { ObjectNode } from './objects.ts';

/** One use of an image by a container of the object's pods. */
export interface ImageUse {
  /** As written. */
  readonly reference: string;
  readonly range: TextRange;
  /** Field path inside the object. */
  readonly path: string;
  /** Name of the container. */
  readonly container: string;
}

/** `replicas:` of an object: where its value stands; `value` is null where that is no whole number. */
export interface WrittenReplicas {
  readonly range: TextRange;
  readonly value: number | null;
}

/** A Kubernetes object of a manifest file. Offsets count from the start of the file. */
export class KubernetesObject {
  /** Index of its YAML document in the file, from 0. */
  readonly document: number;
  readonly #object: ObjectNode;
  readonly #node: DocumentNode;
  readonly #base: number;
  #value: Readonly<Record<string, unknown>> | null = null;

  constructor(object: ObjectNode, node: DocumentNode, base: number, document: number) {
    this.#object = object;
    this.#node = node;
    this.#base = base;
    this.document = document;
  }

  /** Field path inside its document: `''`, or `items[2]` for an item of a List. */
  get path(): string {
    return this.#object.path;
  }

  get apiVersion(): string {
    return this.#object.apiVersion;
  }

  get kind(): string {
    return this.#object.kind;
  }

  get name(): string {
    return this.#object.name;
  }

  get namespace(): string | null {
    return this.#object.namespace;
  }

  get range(): TextRange {
    return this.#shift(this.#object.node.range);
  }

  /** The object as JSON, read as the API server reads YAML. */
  get value(): Readonly<Record<string, unknown>> {
    return (this.#value ??= mappingToJson(this.#object.node));
  }

  /** `spec.replicas`; null when it is not written. */
  get replicas(): WrittenReplicas | null {
    const written = this.#object.node.mapping('spec')?.entry('replicas');
    if (!written) return null;
    const value = written.value.type === 'scalar' ? written.value.value : null;
    const { start, end } = written.value.range;
    return {
      range: this.#shift(end > start ? written.value.range : written.keyRange),
      value: typeof value === 'number' && Number.isInteger(value) ? value : null,
    };
  }

  get images(): readonly ImageUse[] {
    const pod = this.#node.podTemplateOf(this.#object);
    return (pod === null ? [] : this.#node.containersOf(pod)).flatMap(({ node, name, path }) => {
      const image = node.scalar('image');
      if (image === null || typeof image.value !== 'string' || image.value.trim() === '') return [];
      const inner = this.path === '' ? path : path.slice(this.path.length + 1);
      return [
        {
          reference: image.value.trim(),
          range: this.#shift(image.range),
          path: `${inner}.image`,
          container: name,
        },
      ];
    });
  }

  /** Range of a field the API server named, else of its nearest ancestor that is written down. */
  locate(field: string): TextRange {
    return this.#shift(locateField(this.#object.node, field));
  }

  #shift({ start, end }: TextRange): TextRange {
    return { start: start + this.#base, end: end + this.#base };
  }
}

/** The object as it travels between the language server and its clients. */
export function toManifestObject(object: KubernetesObject, lines: LineIndex): ManifestObject {
  const { document, path, apiVersion, kind, name, namespace, value } = object;
  return {
    document,
    path,
    apiVersion,
    kind,
    name,
    namespace,
    range: lines.rangeAt(object.range),
    value,
    replicas: object.replicas?.value ?? null,
  };
}
