import type { Message } from '../../finding.ts';
import { verbatim } from '../summary.ts';
import type { Fact } from '../summary.ts';

export interface DescriptionTable {
  readonly columns: readonly Message[];
  /** As many cells as there are columns; an empty text where there is nothing to say. */
  readonly rows: readonly (readonly Message[])[];
}

/** A heading and what stands below it: facts first, then a table. */
export interface DescriptionSection {
  readonly title: Message;
  /** 1: of the object; 2: a part of the section of level 1 before it (a container of Containers). */
  readonly level: 1 | 2;
  readonly facts: readonly Fact[];
  readonly table: DescriptionTable | null;
  /** A sentence where facts and table are missing or need one; null: none. */
  readonly note: Message | null;
}

/** What is known around an object, as the API server sends it. */
export interface Related {
  /** Events about it (v1 or events.k8s.io), in any order; none where they are told elsewhere. */
  readonly events: readonly unknown[];
  /** Pods that belong to it: on a node, of a workload, behind a Service. */
  readonly pods: readonly unknown[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The Lease of a Node in kube-node-lease, when it was read. */
  readonly lease?: unknown;
  /** EndpointSlices of a Service, when they were read. */
  readonly endpointSlices?: readonly unknown[];
}

/** The sections of one kind that stand between the overview and the conditions. */
export type Describer = (object: unknown, related: Related) => readonly DescriptionSection[];

export function factSection(title: Message, facts: readonly Fact[], level: 1 | 2 = 1): DescriptionSection {
  return { title, level, facts, table: null, note: null };
}

/** A table, or no section where it has no rows. Cells that are texts are nobody's to translate. */
export function tableSection(
  title: Message,
  columns: readonly Message[],
  rows: readonly (readonly (Message | string)[])[],
): readonly DescriptionSection[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? verbatim(cell) : cell)));
  return [{ title, level: 1, facts: [], table: { columns, rows: cells }, note: null }];
}
