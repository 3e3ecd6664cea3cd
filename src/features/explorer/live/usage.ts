import { allocatableOf, AmountTotal, clusterUse, nodeUse, type Use, UseTotal } from '../../../core/index.ts';
import type { Forest } from '../forest/forest.ts';
import type { ObjectRow } from '../rows/rows.ts';

/** What pods take of each node and of the cluster, kept up change by change. */
export class Usage {
  readonly #offered = new AmountTotal();
  readonly #taken = new UseTotal();
  readonly #takenOf = new Map<string, UseTotal>();

  constructor(forest: Forest) {
    forest.listen((former, row) => {
      if (former?.node != null) this.#offered.subtract(allocatableOf(former.node.offer));
      if (row?.node != null) this.#offered.add(allocatableOf(row.node.offer));
      const before = former?.pod ?? null;
      const after = row?.pod ?? null;
      if (before?.node === after?.node && before?.use === after?.use) return;
      if (former !== null) this.#take(former, 'subtract');
      if (row !== null) this.#take(row, 'add');
    });
  }

  cluster(): Use {
    return clusterUse(this.#offered, this.#taken);
  }

  node(row: ObjectRow): Use {
    return nodeUse(row.node?.offer, this.#takenOf.get(row.name) ?? new UseTotal());
  }

  #take({ pod }: ObjectRow, how: 'add' | 'subtract'): void {
    if (pod === null || pod.node === null) return;
    this.#taken[how](pod.use);
    let ofNode = this.#takenOf.get(pod.node);
    if (ofNode === undefined) {
      ofNode = new UseTotal();
      this.#takenOf.set(pod.node, ofNode);
    }
    ofNode[how](pod.use);
  }
}
