import type { Order } from '../kinds/description.ts';
import type { ObjectRow } from '../rows/rows.ts';
import { compareNames } from './names.ts';
import type { RowOrder } from './siblings.ts';

function byName(one: ObjectRow, other: ObjectRow): number {
  return compareNames(one.name, other.name) || compareNames(one.namespace, other.namespace);
}

function newestRevision(one: ObjectRow, other: ObjectRow): number {
  return Number(other.revision ?? 0) - Number(one.revision ?? 0) || byName(one, other);
}

function newestFirst(one: ObjectRow, other: ObjectRow): number {
  return (other.createdAt ?? 0) - (one.createdAt ?? 0) || byName(one, other);
}

export const orders: Readonly<Record<Order, RowOrder>> = {
  name: byName,
  revision: newestRevision,
  newest: newestFirst,
};
