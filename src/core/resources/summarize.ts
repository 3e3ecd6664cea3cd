import { message } from '../finding.ts';
import { textOf } from '../json.ts';
import { summarizeAny } from './any.ts';
import { summarizeConfiguration } from './configuration.ts';
import { summarizeNode } from './node.ts';
import { groupOf, isDeleting, partsOf } from './fields.ts';
import type { ResourceSummary } from './summary.ts';
import { summarizeWorkload } from './workloads.ts';

/** Summarizes an object of one kind; `now` in milliseconds since 1970. */
export type Summarizer = (object: unknown, now: number) => ResourceSummary;

/** By API group and kind: the version does not matter, the fields read are the same in all that are served. */
const summarizers: Readonly<Record<string, Summarizer>> = {
  '/ConfigMap': summarizeConfiguration,
  '/Node': summarizeNode,
  '/Pod': summarizeWorkload,
  '/ReplicationController': summarizeWorkload,
  '/Secret': summarizeConfiguration,
  'apps/DaemonSet': summarizeWorkload,
  'apps/Deployment': summarizeWorkload,
  'apps/ReplicaSet': summarizeWorkload,
  'apps/StatefulSet': summarizeWorkload,
  'batch/Job': summarizeWorkload,
};

/**
 * What a row and a description say of one object, from its JSON as the API server sends it (items of a list need
 * their apiVersion and kind put back). A kind nobody knows is read by what controllers agree on. Never throws.
 */
export function summarize(object: unknown, now: number): ResourceSummary {
  const parts = partsOf(object);
  const { apiVersion, kind } = parts.root;
  const key = `${groupOf(textOf(apiVersion))}/${textOf(kind)}`;
  const summarizer = Object.hasOwn(summarizers, key) ? summarizers[key] : undefined;
  const summary = (summarizer ?? summarizeAny)(object, now);
  if (!isDeleting(parts) || summary.health === 'failed') return summary;
  return { ...summary, health: 'progressing', reason: summary.reason ?? message('It is being deleted') };
}
