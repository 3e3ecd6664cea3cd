/** What rules about probes share. */
import type { Field } from '../../schema/field.ts';

/** How often a probe looks and how soon it gives up, in seconds, with the API server's defaults. */
export interface ProbeTimes {
  readonly delay: number;
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
}

/** Null where one of them cannot be known. */
export function timesOf(probe: Field): ProbeTimes | null {
  const delay = read(probe, 'initialDelaySeconds', 0);
  const period = read(probe, 'periodSeconds', 10);
  const timeout = read(probe, 'timeoutSeconds', 1);
  const failures = read(probe, 'failureThreshold', 3);
  if (delay === null || period === null || timeout === null || failures === null) return null;
  return { delay, period, timeout, failures };
}

/** A 0 counts as absent to the server. */
function read(probe: Field, key: string, byDefault: number): number | null {
  if (!probe.has(key)) return byDefault;
  const field = probe.get(key);
  const value = field.written ? field.number() : byDefault;
  return value === 0 ? byDefault : value;
}

/** From the start of the container to its end by a probe that never succeeds. */
export function secondsToEnd({ delay, period, failures }: ProbeTimes): number {
  return delay + period * failures;
}
