/** The kinds that one server has beyond those every server has, from its discovery. */
import type { ApiResource, ResourceIndex } from '../../../cluster/index.ts';
import { type PrinterColumn, summarizeCustom, verbatim } from '../../../core/index.ts';
import { compareNames } from '../forest/names.ts';
import { describe, kindOf } from './catalogue.ts';
import type { KindDescription } from './description.ts';

const gatewayGroup = 'gateway.networking.k8s.io';
const metricsGroup = 'metrics.k8s.io';

/** Groups that come with Kubernetes itself; all others are somebody's own. */
const builtIn = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  metricsGroup,
  'custom.metrics.k8s.io',
  'external.metrics.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
  gatewayGroup,
]);

/** What the definitions of custom resources say beyond discovery, where they may be read. */
export interface Definitions {
  /** Kinds whose definition was deleted since the server was asked. */
  readonly gone: ReadonlySet<string>;
  /** What `kubectl get` shows of each kind. */
  readonly columns: ReadonlyMap<string, readonly PrinterColumn[]>;
}

/** Immutable: a server that serves other kinds by now has another catalogue. */
export class ServedKinds {
  /** What the tree knows of before the server said anything: what every server has. */
  static readonly unknown = new ServedKinds(null, new Map());

  readonly #gateway: readonly KindDescription[];
  readonly #custom: readonly KindDescription[];
  readonly #index: ResourceIndex | null;
  readonly #columns: Definitions['columns'];
  readonly #known: Map<string, KindDescription>;
  readonly #namespaced = new Set<string>();

  /** `known` holds the descriptions made before, so that the projection of a kind stays the same function. */
  constructor(
    index: ResourceIndex | null,
    known: Map<string, KindDescription>,
    definitions: Definitions = { gone: new Set(), columns: new Map() },
  ) {
    const { gone } = definitions;
    this.#columns = definitions.columns;
    this.#index = index;
    this.#known = known;
    const gateway: KindDescription[] = [];
    const custom: KindDescription[] = [];
    const seen = new Set<string>();
    for (const resource of index?.resources ?? []) {
      const key = keyOf(resource);
      // The first version is the one the server prefers.
      if (seen.has(key) || gone.has(key) || !resource.verbs.includes('list')) continue;
      seen.add(key);
      if (resource.namespaced) this.#namespaced.add(key);
      if (resource.group === gatewayGroup) gateway.push(this.#describe(key, resource));
      else if (resource.group === metricsGroup && resource.kind === 'NodeMetrics')
        this.#known.set('NodeMetrics', this.#known.get('NodeMetrics') ?? metrics(resource));
      else if (!builtIn.has(resource.group)) custom.push(this.#describe(key, resource));
    }
    const inOrder = (one: KindDescription, other: KindDescription): number =>
      compareNames(one.kind, other.kind) || compareNames(one.key, other.key);
    this.#gateway = gateway.sort(inOrder);
    this.#custom = custom.sort(inOrder);
  }

  /** null: the tree does not know the kind, or the server does not serve it. */
  kind(key: string): KindDescription | null {
    const kind = kindOf(key) ?? this.#known.get(key) ?? null;
    return kind !== null && this.#serves(kind) ? kind : null;
  }

  /** Those of a namespace, or of the cluster itself. */
  gatewayIn(namespace: string | null): readonly KindDescription[] {
    return this.#gateway.filter(({ key }) => this.#namespaced.has(key) === (namespace !== null));
  }

  /** Those a namespace can hold; all of them below the cluster, objects of all namespaces included. */
  customIn(namespace: string | null): readonly KindDescription[] {
    return namespace === null ? this.#custom : this.#custom.filter(({ key }) => this.#namespaced.has(key));
  }

  #serves({ apiVersion, kind }: KindDescription): boolean {
    return this.#index === null || this.#index.find(apiVersion, kind) !== null;
  }

  #describe(key: string, resource: ApiResource): KindDescription {
    const { apiVersion, kind, plural, scalable } = resource;
    const columns = this.#columns.get(key) ?? [];
    // Columns are part of what is read: another projection is another store.
    const id = JSON.stringify([key, apiVersion, kind, columns]);
    const made =
      this.#known.get(id) ??
      describe({
        key,
        apiVersion,
        kind,
        plural,
        group: verbatim(kind),
        scalable,
        ...(columns.length === 0
          ? {}
          : { summary: (object) => summarizeCustom(object, columns, Date.now()) }),
      });
    this.#known.set(id, made);
    this.#known.set(key, made);
    return made;
  }
}

function keyOf({ plural, group }: ApiResource): string {
  return `${plural}.${group}`;
}

function metrics({ apiVersion, kind, plural }: ApiResource): KindDescription {
  return describe({ apiVersion, kind, plural, group: verbatim(kind), judged: false });
}
