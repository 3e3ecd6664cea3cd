import type { ContainerNode, DocumentNode, PodTemplateNode } from '../manifest/document.ts';
import type { Entry, MappingNode } from '../manifest/nodes.ts';
import { joinKey, joinPath } from '../manifest/path.ts';
import {
  containerFields,
  jobFields,
  metadataFields,
  objectFields,
  podFields,
  resourcesFields,
  templateFields,
  workloadFields,
} from '../schema/fields.ts';

/** A part of a workload that has fields of its own; `job` is what a CronJob's `jobTemplate` describes. */
export type Part =
  'object' | 'metadata' | 'spec' | 'jobTemplate' | 'job' | 'template' | 'pod' | 'container' | 'resources';

interface Place {
  readonly part: Part;
  readonly fields: ReadonlySet<string>;
  readonly path: string;
  /** Null where the part is not written. */
  readonly mapping: MappingNode | null;
}

/** A field that stands in a part which has no such field, and the part that has it. */
export interface MisplacedField {
  readonly pod: PodTemplateNode;
  readonly entry: Entry;
  readonly mapping: MappingNode;
  readonly path: string;
  readonly from: Part;
  readonly to: Part;
  readonly target: { readonly path: string; readonly mapping: MappingNode | null };
}

/** Parts in which to look for the owner of a stray field, the likeliest first. */
const owners: Readonly<Record<Part, readonly Part[]>> = {
  object: ['metadata', 'spec', 'pod', 'container'],
  metadata: ['object', 'spec', 'job', 'pod', 'container'],
  spec: ['job', 'container', 'pod', 'metadata'],
  jobTemplate: ['job', 'spec', 'container', 'pod'],
  job: ['spec', 'container', 'pod', 'metadata'],
  template: ['container', 'pod', 'metadata', 'job', 'spec'],
  pod: ['container', 'job', 'spec', 'metadata'],
  container: ['pod', 'resources', 'job', 'spec'],
  resources: [],
};

/** What both a pod and a container have: outside of both, the pod's is meant. */
const ofThePod = new Set(['securityContext', 'restartPolicy']);
/** Names too common to tell where they belong, anywhere but beside `kind`. */
const anybodys = new Set(['name', 'namespace', 'status', 'generation', 'kind', 'apiVersion']);

/** Fields of workloads that stand in the wrong part; a field that belongs nowhere is not among them. */
export function misplacedFields(document: DocumentNode): readonly MisplacedField[] {
  return document.podTemplates.flatMap((pod) => {
    const containers = document.containersOf(pod);
    const outer = placesOf(pod);
    const targets = [...outer, ...innerPlaces(pod, containers)];
    const places = [...outer, ...containers.map(containerPlace)];
    return places.flatMap((place) => [...strays(pod, place, targets)]);
  });
}

function* strays(pod: PodTemplateNode, place: Place, places: readonly Place[]): Iterable<MisplacedField> {
  const { part: from, mapping } = place;
  for (const entry of mapping?.entries ?? []) {
    const { key } = entry;
    if (mapping === null || entry.inherited || place.fields.has(key)) continue;
    if (from !== 'object' && anybodys.has(key)) continue;
    const target = ownerOf(key, place, places);
    if (target === null) continue;
    yield { pod, entry, mapping, path: joinKey(place.path, key), from, to: target.part, target };
  }
}

function ownerOf(key: string, { part: from }: Place, places: readonly Place[]): Place | null {
  const candidates = owners[from].flatMap((part) => {
    const having = places.filter((place) => place.part === part && place.fields.has(key));
    // Labels that strayed into the template belong to the pods; elsewhere to the object.
    const inTemplate = part === 'metadata' && (from === 'template' || from === 'pod');
    const chosen = inTemplate ? having.at(-1) : having[0];
    return chosen === undefined ? [] : [chosen];
  });
  const ofPod = ofThePod.has(key) ? candidates.find(({ part }) => part === 'pod') : undefined;
  return ofPod ?? candidates[0] ?? null;
}

function placesOf({ object, path, node, spec, specPath }: PodTemplateNode): readonly Place[] {
  const at = (part: Part, fields: ReadonlySet<string>, keys: string): Place => {
    let mapping: MappingNode | null = object.node;
    for (const key of keys === '' ? [] : keys.split('.')) mapping = mapping?.mapping(key) ?? null;
    return { part, fields, path: joinPath(object.path, keys), mapping };
  };
  const specFields = workloadFields(object.kind);
  const topFields = specFields === null ? new Set([...objectFields, 'template']) : objectFields;
  const places = [at('object', topFields, ''), at('metadata', metadataFields, 'metadata')];
  if (specFields !== null) places.push(at('spec', specFields, 'spec'));
  if (object.kind.toLowerCase() === 'cronjob') {
    places.push(
      at('jobTemplate', templateFields, 'spec.jobTemplate'),
      at('job', jobFields, 'spec.jobTemplate.spec'),
    );
  }
  if (node !== object.node) {
    const metadata = { part: 'metadata' as const, fields: metadataFields, path: `${path}.metadata` };
    places.push(
      { part: 'template', fields: templateFields, path, mapping: node },
      { ...metadata, mapping: node.mapping('metadata') },
    );
  }
  places.push({ part: 'pod', fields: podFields, path: specPath, mapping: spec });
  return places;
}

function containerPlace({ node, path }: ContainerNode): Place {
  return { part: 'container', fields: containerFields, path, mapping: node };
}

/** Where a container's field can be moved to: with several containers nobody can tell which one is meant. */
function innerPlaces({ specPath }: PodTemplateNode, containers: readonly ContainerNode[]): readonly Place[] {
  const running = containers.filter(({ list }) => list === 'containers');
  const only = running.length === 1 ? running[0] : undefined;
  const path = only?.path ?? `${specPath}.containers[]`;
  const mapping = only?.node.mapping('resources') ?? null;
  return [
    { part: 'container', fields: containerFields, path, mapping: only?.node ?? null },
    { part: 'resources', fields: resourcesFields, path: `${path}.resources`, mapping },
  ];
}
