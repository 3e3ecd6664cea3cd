import { message } from '../finding.ts';
import { numberOf, textOf } from '../json.ts';
import type { Health } from '../workload/health.ts';
import { conditionOf, conditionsOf, explanation } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { partsOf } from './fields.ts';
import type { Parts } from './fields.ts';
import { factsOf, saying, sinceOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** Conditions that say whether an object does what it is for, the most telling first. */
const wellWhenTrue = [
  'Ready',
  'Available',
  'Healthy',
  'Synced',
  'Programmed',
  'Accepted',
  'Established',
  'Succeeded',
  'Complete',
  'Initialized',
  'Valid',
] as const;
/** Conditions that are there, or true, only in trouble. */
const badWhenTrue = ['Stalled', 'Failed', 'Degraded', 'ReplicaFailure', 'Error'] as const;

/**
 * A summary of an object of any kind, from what controllers agree on: conditions, else `status.phase` or
 * `status.state`. The order follows kstatus (sigs.k8s.io/cli-utils): a controller that has not seen the newest
 * spec says nothing of it, then what is stalled, then what is on its way, then whether it is ready.
 */
export function summarizeAny(object: unknown): ResourceSummary {
  const parts = partsOf(object);
  const conditions = conditionsOf(object);
  const failure = badWhenTrue
    .map((type) => conditionOf(conditions, type))
    .find((one) => one?.status === 'True');
  if (failure != null) return told('failed', failure.type, failure);
  if (isBehind(parts)) {
    const reason = message('The controller has not acted on the change yet');
    return { health: 'progressing', words: [reason], facts: [], reason };
  }
  const reconciling = conditionOf(conditions, 'Reconciling');
  if (reconciling?.status === 'True') return told('progressing', reconciling.type, reconciling);
  const telling = wellWhenTrue.map((type) => conditionOf(conditions, type)).find((one) => one !== null);
  if (telling != null) return fromCondition(telling);
  return fromPhase(parts);
}

function isBehind({ metadata, status }: Parts): boolean {
  return numberOf(status['observedGeneration'], Infinity) < numberOf(metadata['generation']);
}

function fromCondition(condition: Condition): ResourceSummary {
  if (condition.status === 'True') return { ...told('healthy', condition.type, condition), reason: null };
  const health = condition.status === 'False' ? 'warning' : 'progressing';
  return told(health, condition.reason || `${condition.type}: ${condition.status}`, condition);
}

function told(health: Health, word: string, condition: Condition | null): ResourceSummary {
  const why = explanation(condition);
  return {
    health,
    words: wordsOf(word),
    facts: factsOf([message('State'), word]),
    reason: saying(why),
    ...sinceOf(condition?.since ?? null),
  };
}

const phases: ReadonlyMap<string, Health> = new Map([
  ...['active', 'available', 'bound', 'healthy', 'ok', 'online', 'ready', 'running', 'synced'].map(
    (word) => [word, 'healthy'] as const,
  ),
  ...['complete', 'completed', 'idle', 'paused', 'succeeded', 'success', 'suspended'].map(
    (word) => [word, 'idle'] as const,
  ),
  ...['creating', 'deleting', 'inprogress', 'pending', 'progressing', 'provisioning', 'terminating'].map(
    (word) => [word, 'progressing'] as const,
  ),
  ...['degraded', 'notready', 'warning'].map((word) => [word, 'warning'] as const),
  ...['error', 'errored', 'failed', 'failure', 'invalid'].map((word) => [word, 'failed'] as const),
]);

/** How a word that a controller chose for a state sounds; what it means otherwise only its makers know. */
export function healthOfPhase(phase: string): Health {
  return phases.get(phase.toLowerCase().replace(/[^a-z]/g, '')) ?? 'unknown';
}

function fromPhase({ status }: Parts): ResourceSummary {
  const phase = textOf(status['phase']) || textOf(status['state']);
  if (phase === '') return { health: 'healthy', words: [], facts: [], reason: null };
  return {
    health: healthOfPhase(phase),
    words: wordsOf(phase),
    facts: factsOf([message('State'), phase]),
    reason: saying(textOf(status['message']) || textOf(status['reason'])),
  };
}
