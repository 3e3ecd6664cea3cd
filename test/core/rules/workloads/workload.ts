/** Workloads that have nothing wrong with them but what a test puts in. */
import { defaultSettings } from '../../../../src/core/index.ts';
import type { AnalyzeOptions } from '../../../../src/core/index.ts';
import { indent } from '../../marked.ts';

export const serverOnly: AnalyzeOptions = { settings: { ...defaultSettings, preset: 'server-only' } };

const pod = 'containers: [{ name: main, image: main:1 }]';

export interface Parts {
  /** Lines of the spec beside selector and template. */
  readonly spec?: string;
  readonly selector?: string;
  readonly labels?: string;
  readonly pod?: string;
  readonly metadata?: string;
}

/** Of `apps/v1`, or a ReplicationController. */
export function workload(
  kind: string,
  { spec = '', selector, labels, pod: own, metadata }: Parts = {},
): string {
  return `apiVersion: ${kind === 'ReplicationController' ? 'v1' : 'apps/v1'}
kind: ${kind}
metadata: ${metadata ?? '{ name: web }'}
spec:
  selector: ${selector ?? (kind === 'ReplicationController' ? '{ app: web }' : '{ matchLabels: { app: web } }')}
${spec === '' ? '' : `${indent(spec, 2)}\n`}  template:
    metadata:
      labels: ${labels ?? '{ app: web }'}
    spec:
${indent(own ?? pod, 6)}
`;
}

export function job({ spec = '', labels = '{}', pod: own, metadata }: Parts = {}): string {
  return `apiVersion: batch/v1
kind: Job
metadata: ${metadata ?? '{ name: import }'}
spec:
${spec === '' ? '' : `${indent(spec, 2)}\n`}  template:
    metadata:
      labels: ${labels}
    spec:
${indent(own ?? `restartPolicy: Never\n${pod}`, 6)}
`;
}

export function cronJob(
  { spec = "schedule: '@daily'", pod: own, metadata }: Parts = {},
  jobSpec = '',
): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata: ${metadata ?? '{ name: import }'}
spec:
${indent(spec, 2)}
  jobTemplate:
    spec:
${jobSpec === '' ? '' : `${indent(jobSpec, 6)}\n`}      template:
        spec:
${indent(own ?? `restartPolicy: Never\n${pod}`, 10)}
`;
}
