import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { numberOf, objectOf, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import type { Health } from '../workload/health.ts';
import { conditionOf, conditionsOf, explanation } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { metricTexts } from './metric-text.ts';
import { partsOf, scalarText } from './fields.ts';
import { factsOf, saying, verbatim, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A HorizontalPodAutoscaler (v2, and v1 by its older fields): replicas, range, and each metric against its target. */
export function summarizeAutoscaler(autoscaler: unknown): ResourceSummary {
  const { spec, status } = partsOf(autoscaler);
  const conditions = conditionsOf(autoscaler);
  const current = numberOf(status['currentReplicas']);
  const desired = numberOf(status['desiredReplicas'], current);
  const range = `${numberOf(spec['minReplicas'], 1)}–${numberOf(spec['maxReplicas'])}`;
  const metrics = metricTexts(spec, status);
  const { health, reason } = hindrance(conditions) ?? {
    health: current === desired ? 'healthy' : 'progressing',
    reason: null,
  };
  const replicas = current === desired ? String(current) : `${current} → ${desired}`;
  const target = objectOf(spec['scaleTargetRef']);
  return {
    health,
    words: wordsOf(replicas, range, metrics[0] ?? null, metrics[1] ?? null),
    facts: factsOf(
      [message('Target'), nameWithKind(target)],
      [message('Replicas'), replicas],
      [message('Range'), range],
      ...metrics.map((metric) => [message('Metric'), metric] as const),
      [message('Last scaled'), textOf(status['lastScaleTime'])],
      ...conditions.map((one) => [verbatim(one.type), conditionText(one)] as const),
    ),
    reason,
  };
}

/** Each metric of a HorizontalPodAutoscaler against its target: `cpu 64 of 80 %`. */
export function autoscalerMetrics(autoscaler: unknown): readonly Message[] {
  const { spec, status } = partsOf(autoscaler);
  return metricTexts(spec, status);
}

function nameWithKind({ kind, name }: Json): string {
  return textOf(name) === '' ? '' : `${textOf(kind)} ${textOf(name)}`;
}

function conditionText({ status, reason }: Condition): string {
  return reason === '' ? status : `${status}, ${reason}`;
}

/** What keeps it from scaling as its metrics want; null: nothing. */
function hindrance(conditions: readonly Condition[]): { health: Health; reason: Message | null } | null {
  const able = conditionOf(conditions, 'AbleToScale');
  if (able?.status === 'False') return { health: 'failed', reason: saying(explanation(able)) };
  const active = conditionOf(conditions, 'ScalingActive');
  if (active?.status === 'False') {
    // Its target was scaled to zero by hand: that switches it off, and is meant.
    const health = active.reason === 'ScalingDisabled' ? 'idle' : 'warning';
    return { health, reason: saying(explanation(active)) };
  }
  const limited = conditionOf(conditions, 'ScalingLimited');
  if (limited?.status === 'True' && limited.reason === 'TooManyReplicas') {
    return { health: 'warning', reason: saying(explanation(limited)) };
  }
  return null;
}

/** A PodDisruptionBudget: how many pods may be evicted now, and why none where that is so. */
export function summarizeBudget(budget: unknown): ResourceSummary {
  const { spec, status } = partsOf(budget);
  const allowed = numberOf(status['disruptionsAllowed']);
  const healthy = numberOf(status['currentHealthy']);
  const needed = numberOf(status['desiredHealthy']);
  const expected = numberOf(status['expectedPods']);
  const { health, reason } = budgetVerdict(budget, { allowed, healthy, needed, expected });
  const rule = budgetRule(spec);
  return {
    health,
    words: wordsOf(
      allowed === 1 ? message('1 disruption allowed') : message('{0} disruptions allowed', allowed),
      rule,
      message('{0}/{1} healthy', healthy, expected),
    ),
    facts: factsOf(
      [message('Disruptions allowed'), String(allowed)],
      [message('Budget'), rule],
      [message('Pods'), String(expected)],
      [message('Healthy'), String(healthy)],
      [message('Needed healthy'), String(needed)],
    ),
    reason,
  };
}

function budgetRule(spec: Json): string {
  const { minAvailable, maxUnavailable } = spec;
  if (minAvailable !== undefined) return `min ${scalarText(minAvailable)}`;
  return maxUnavailable === undefined ? '' : `max ${scalarText(maxUnavailable)}`;
}

interface Budget {
  readonly allowed: number;
  readonly healthy: number;
  readonly needed: number;
  readonly expected: number;
}

function budgetVerdict(
  object: unknown,
  { allowed, healthy, needed, expected }: Budget,
): { health: Health; reason: Message | null } {
  const condition = conditionOf(conditionsOf(object), 'DisruptionAllowed');
  if (condition?.reason === 'SyncFailed') return { health: 'failed', reason: saying(explanation(condition)) };
  if (allowed > 0) return { health: 'healthy', reason: null };
  if (expected === 0) return { health: 'idle', reason: message('It selects no pods') };
  if (healthy < needed) {
    return {
      health: 'warning',
      reason: message('Healthy: {0}, needed: {1}; none of its pods may be evicted', healthy, needed),
    };
  }
  if (needed >= expected) {
    return {
      health: 'warning',
      reason: message(
        'All of its pods ({0}) have to stay: no node with one of them can be drained',
        expected,
      ),
    };
  }
  return {
    health: 'warning',
    reason: message(
      'Healthy: {0} of {1}, just as many as are needed; none may be evicted',
      healthy,
      expected,
    ),
  };
}
