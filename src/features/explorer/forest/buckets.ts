import { healthOf, type ObjectRow } from '../rows/rows.ts';
import type { Forest } from './forest.ts';
import { compareNames } from './names.ts';
import { orders } from './orders.ts';
import { Siblings } from './siblings.ts';

/** What pods are grouped by. */
export type Grouping = 'namespace' | 'node' | 'owner';

/** Objects of one kind by something they have in common, whoever owns them; kept up change by change. */
export class Buckets {
  readonly #keyOf: (row: ObjectRow) => string;
  readonly #buckets = new Map<string, Siblings>();
  readonly #unwell = new Map<string, number>();
  #keys: readonly string[] | null = null;

  constructor(forest: Forest, kind: string, keyOf: (row: ObjectRow) => string) {
    this.#keyOf = keyOf;
    for (const row of forest.all(kind)) this.#put(null, row);
    forest.listen((former, row) => {
      if ((row ?? former)?.of !== kind) return;
      const same = former !== null && row !== null && keyOf(former) === keyOf(row);
      if (former !== null && !same) this.#remove(former);
      if (row !== null) this.#put(same ? former : null, row);
    });
  }

  /** In order. */
  keys(): readonly string[] {
    this.#keys ??= [...this.#buckets.keys()].sort(compareNames);
    return this.#keys;
  }

  get(key: string): Siblings | null {
    return this.#buckets.get(key) ?? null;
  }

  /** How many of a bucket are not well. */
  unhealthy(key: string): number {
    return this.#unwell.get(key) ?? 0;
  }

  #put(former: ObjectRow | null, row: ObjectRow): void {
    const key = this.#keyOf(row);
    this.#count(key, Number(isUnwell(row)) - Number(former !== null && isUnwell(former)));
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = new Siblings(orders.name);
      this.#buckets.set(key, bucket);
      this.#keys = null;
    }
    bucket.put(row);
  }

  #remove(row: ObjectRow): void {
    const key = this.#keyOf(row);
    const bucket = this.#buckets.get(key);
    bucket?.remove(row.uid);
    this.#count(key, -Number(isUnwell(row)));
    if (bucket?.size !== 0) return;
    this.#buckets.delete(key);
    this.#keys = null;
  }

  #count(key: string, difference: number): void {
    if (difference !== 0) this.#unwell.set(key, this.unhealthy(key) + difference);
  }
}

function isUnwell(row: ObjectRow): boolean {
  const health = healthOf(row);
  return health === 'failed' || health === 'warning';
}

/** `''`: the pod waits for a node, or nothing owns it. */
export const groupings: Readonly<Record<Grouping, (row: ObjectRow) => string>> = {
  namespace: (row) => row.namespace,
  node: (row) => row.pod?.node ?? '',
  owner: ownerKey,
};

/** `Deployment web`: where a ReplicaSet bears the hash of its pods in its name, what it belongs to is known without it. */
export function ownerKey({ owner, labels, namespace }: ObjectRow): string {
  if (owner === null) return '';
  const hash = labels['pod-template-hash'];
  const isOfDeployment =
    owner.kind === 'ReplicaSet' && typeof hash === 'string' && owner.name.endsWith(`-${hash}`);
  const name = isOfDeployment ? owner.name.slice(0, -hash.length - 1) : owner.name;
  return `${isOfDeployment ? 'Deployment' : owner.kind} ${name} ${namespace}`;
}
