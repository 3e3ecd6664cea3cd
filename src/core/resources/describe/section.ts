import type { Message } from '../../finding.ts';
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
  /** A sentence where facts and table are missing or need one: `No events in the last hour`; null: none. */
  readonly note: Message | null;
}

/** What is known around an object, as the API server sends it. */
export interface Related {
  /** Events about it (v1 or events.k8s.io), in any order. */
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
