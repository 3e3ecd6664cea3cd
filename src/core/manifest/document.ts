import type { TextRange } from '../finding.ts';
import { joinIndex, joinPath } from './path.ts';
import { objectsOf } from './objects.ts';
import type { ObjectNode } from './objects.ts';
import { lineEnd } from './text.ts';
import type { MappingNode } from './nodes.ts';
import { readDocument } from './read.ts';
import type { Reading } from './read.ts';
import { isTemplate } from './templates.ts';
import { containerLists, podTemplatePath } from '../workload/kinds.ts';
import type { ContainerList } from '../workload/kinds.ts';

/** A pod template where it stands in the text; `path` leads to it from the document's root. */
export interface PodTemplateNode {
  readonly object: ObjectNode;
  readonly path: string;
  readonly node: MappingNode;
  /** The pod's spec; null where none is written. */
  readonly spec: MappingNode | null;
  readonly specPath: string;
}

export interface ContainerNode {
  readonly pod: PodTemplateNode;
  readonly list: ContainerList;
  readonly path: string;
  readonly node: MappingNode;
  /** `''` where it has none. */
  readonly name: string;
  /** An init container that keeps running beside the others (`restartPolicy: Always`). */
  readonly sidecar: boolean;
}

const namesObject = /^["']?(?:apiVersion|kind)["']?[ \t]*:/m;
const namesJsonObject = /"(?:apiVersion|kind)"\s*:/;

/** Whether a text that could not be read holds a Kubernetes object all the same. */
function looksLikeObject(text: string): boolean {
  return namesObject.test(text) || (/^\s*\{/.test(text) && namesJsonObject.test(text));
}

/** The first line behind the end of what was read that holds more than a comment, if any does. */
function cutOffIn(text: string, end: number): TextRange | null {
  const from = end === 0 || text[end - 1] === '\n' ? end : lineEnd(text, end);
  const more = /^[^\S\n]*(?!#|---(?:\s|$)|\.\.\.(?:\s|$))\S/m.exec(text.slice(from));
  if (more === null) return null;
  const start = from + more.index + more[0].length - 1;
  return { start, end: start + text.slice(start, lineEnd(text, start)).trimEnd().length };
}

/** One YAML document read once; what rules look for in it is computed at first use and kept. */
export class DocumentNode {
  readonly text: string;
  readonly reading: Reading;
  /** Holds a Kubernetes object, as far as can be seen: `apiVersion` or `kind`, and no template. */
  readonly isKubernetes: boolean;
  /** The first line of what the API server does not read any more, without a word; null where it reads all. */
  readonly cutOff: TextRange | null;
  #objects: readonly ObjectNode[] | null = null;
  #podTemplates: readonly PodTemplateNode[] | null = null;
  #containers: readonly ContainerNode[] | null = null;
  #byObject: ReadonlyMap<ObjectNode, PodTemplateNode> | null = null;
  #byPod: ReadonlyMap<PodTemplateNode, readonly ContainerNode[]> | null = null;

  /** `aside`: parts of the text that were put aside before. */
  constructor(text: string, aside: readonly TextRange[] = []) {
    this.text = text;
    this.reading = readDocument(text, aside);
    const { root, problems } = this.reading;
    this.cutOff = root?.type === 'mapping' && problems.length === 0 ? cutOffIn(text, root.range.end) : null;
    const named =
      (root?.type === 'mapping' && (root.entry('apiVersion') ?? root.entry('kind')) !== null) ||
      ((problems.length > 0 || this.cutOff !== null) && looksLikeObject(text));
    this.isKubernetes = named && !isTemplate(text, this.reading);
  }

  get objects(): readonly ObjectNode[] {
    return (this.#objects ??= this.isKubernetes ? objectsOf(this.reading.root) : []);
  }

  get podTemplates(): readonly PodTemplateNode[] {
    return (this.#podTemplates ??= this.objects.flatMap(podTemplateOf));
  }

  get containers(): readonly ContainerNode[] {
    return (this.#containers ??= [...this.#containersByPod().values()].flat());
  }

  podTemplateOf(object: ObjectNode): PodTemplateNode | null {
    this.#byObject ??= new Map(this.podTemplates.map((pod) => [pod.object, pod]));
    return this.#byObject.get(object) ?? null;
  }

  containersOf(pod: PodTemplateNode): readonly ContainerNode[] {
    return this.#containersByPod().get(pod) ?? [];
  }

  #containersByPod(): ReadonlyMap<PodTemplateNode, readonly ContainerNode[]> {
    return (this.#byPod ??= new Map(this.podTemplates.map((pod) => [pod, containersOf(pod)])));
  }
}

function podTemplateOf(object: ObjectNode): readonly PodTemplateNode[] {
  const keys = podTemplatePath(object.apiVersion, object.kind);
  if (keys === null) return [];
  let node: MappingNode | null = object.node;
  for (const key of keys) node = node?.mapping(key) ?? null;
  if (node === null) return [];
  const path = joinPath(object.path, keys.join('.'));
  return [{ object, path, node, spec: node.mapping('spec'), specPath: joinPath(path, 'spec') }];
}

function containersOf(pod: PodTemplateNode): readonly ContainerNode[] {
  return containerLists.flatMap((list) =>
    (pod.spec?.sequence(list)?.items ?? []).flatMap((node, index) => {
      if (node.type !== 'mapping') return [];
      const name = node.scalar('name')?.source ?? '';
      const sidecar = list === 'initContainers' && node.text('restartPolicy') === 'Always';
      return [{ pod, list, path: joinIndex(`${pod.specPath}.${list}`, index), node, name, sidecar }];
    }),
  );
}
