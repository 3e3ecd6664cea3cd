import { message } from '../finding.ts';
import { textOf } from '../json.ts';
import { workloadStatus } from '../rollout/status.ts';
import { podStatus } from '../workload/pod-status.ts';
import { partsOf } from './fields.ts';
import { factsOf, verbatim, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** Workloads and pods, as the rollout and the pod's status tell them. */
export function summarizeWorkload(object: unknown): ResourceSummary {
  const { root, spec } = partsOf(object);
  const { health, summary, reason } = workloadStatus(object);
  if (root['kind'] !== 'Pod') {
    return { health, words: wordsOf(summary), facts: factsOf([message('State'), summary]), reason };
  }
  const { text, ready, restarts } = podStatus(object);
  const node = textOf(spec['nodeName']);
  return {
    health,
    words: wordsOf(restarts === 0 ? verbatim(text) : message('{0} ×{1}', text, restarts), ready, node),
    facts: factsOf(
      [message('State'), text],
      [message('Node'), node === '' ? message('none yet') : node],
      [message('Containers ready'), ready],
      [message('Restarts'), String(restarts)],
    ),
    reason,
  };
}
