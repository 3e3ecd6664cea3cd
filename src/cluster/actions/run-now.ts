import { fieldsIn } from '../apply/json.ts';
import { ClusterError } from '../errors.ts';
import { fieldManager, type KubeObject, type Session } from '../model.ts';
import { metaOf, resourcePath } from '../objects.ts';
import type { SeenObject } from './workloads.ts';

/** Names tried after the first one. */
const mostTaken = 10;
/** Names of Jobs end up as a label of their pods. */
const longestName = 63;

/**
 * The Job that `kubectl create job --from=cronjob/…` makes. The CronJob owns it, so it counts in its history and goes
 * with it; it runs even while the CronJob is suspended.
 */
function jobFrom(cronJob: KubeObject, name: string): KubeObject {
  const template = fieldsIn(fieldsIn(cronJob, 'spec'), 'jobTemplate');
  const metadata = fieldsIn(template, 'metadata');
  const { name: owner, uid, namespace } = metaOf(cronJob);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace,
      annotations: {
        'cronjob.kubernetes.io/instantiate': 'manual',
        ...fieldsIn(metadata, 'annotations'),
      },
      ...('labels' in metadata && { labels: metadata.labels }),
      ownerReferences: [
        { apiVersion: String(cronJob.apiVersion), kind: 'CronJob', name: owner, uid, controller: true },
      ],
    },
    spec: template.spec,
  };
}

/** Starts a run of a CronJob now; answers its Job. `now` (ms since 1970) makes its name. */
export async function runCronJob(
  session: Session,
  { ref, seen, signal }: SeenObject,
  now: number,
): Promise<KubeObject> {
  const resource = await session.resource('batch/v1', 'Job');
  const path = resourcePath(resource, ref.namespace);
  const first = Math.floor(now / 1000);
  for (let stamp = first; ; stamp += 1) {
    const name = runName(ref.name, stamp);
    try {
      return await session.request<KubeObject>(path, {
        method: 'POST',
        body: jobFrom(seen, name),
        query: { fieldManager, fieldValidation: 'Strict' },
        ...(signal !== undefined && { signal }),
      });
    } catch (error) {
      // Somebody started one within the same second; a webhook may say so for ever.
      const taken = error instanceof ClusterError && error.code === 'conflict';
      if (!taken || stamp - first === mostTaken) throw error;
    }
  }
}

/** `report-manual-1x2y3z`: cut where it would be too long, and in order of time. */
function runName(cronJob: string, stamp: number): string {
  const suffix = `-manual-${stamp.toString(36)}`;
  return `${cronJob.slice(0, longestName - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
}
