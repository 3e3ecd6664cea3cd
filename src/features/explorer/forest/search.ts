import type { Filter } from '../filter.ts';
import type { ObjectRow } from '../rows/rows.ts';
import type { Forest } from './forest.ts';

/**
 * Whether a row is shown: it fits, or one above it does, or one below. `within`: one above it has the name and labels
 * looked for.
 */
function isShown(forest: Forest, filter: Filter, row: ObjectRow, within = false): boolean {
  if (!filter.allows(row, row.namespace)) return false;
  const health = forest.health(row);
  const selected = within || filter.selects(row, health);
  if (selected && filter.tells(row, health)) return true;
  if (forest.count(row.uid) === 0) return false;
  for (const child of forest.ownedInNoOrder(row.uid))
    if (isShown(forest, filter, child, selected)) return true;
  return false;
}

/** Whether a row above it in the tree has the name and labels looked for. */
function isWithinSelected(forest: Forest, filter: Filter, row: ObjectRow): boolean {
  for (let above: ObjectRow | null = row; above !== null; above = forest.ownerOf(above)) {
    if (filter.selects(above, forest.health(above))) return true;
  }
  return false;
}

/** Those of the rows that are shown; `parent` is what they stand below. */
export function shownOf(
  forest: Forest,
  filter: Filter | null,
  rows: readonly ObjectRow[],
  parent: ObjectRow | null,
): readonly ObjectRow[] {
  if (filter === null) return rows;
  const within = parent !== null && isWithinSelected(forest, filter, parent);
  return rows.filter((row) => isShown(forest, filter, row, within));
}
