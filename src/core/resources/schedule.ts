import { formatDuration } from '../durations.ts';
import { message } from '../finding.ts';
import { textOf } from '../json.ts';
import { partsOf, timeOf } from './fields.ts';
import { factsOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A CronJob: its schedule, what runs now, and whether its last run came to a good end. */
export function summarizeCronJob(cronJob: unknown, now: number): ResourceSummary {
  const { spec, status } = partsOf(cronJob);
  const active = Array.isArray(status['active']) ? status['active'].length : 0;
  const last = timeOf(status['lastScheduleTime']);
  const success = timeOf(status['lastSuccessfulTime']);
  const suspended = spec['suspend'] === true;
  // A run that succeeded ends after it began.
  const failed = active === 0 && last !== null && (success === null || success < last);
  const ago = (time: number | null): string | null => (time === null ? null : formatDuration(now - time));
  const lastAgo = ago(last);
  const successAgo = ago(success);
  const zone = textOf(spec['timeZone']);
  const schedule = textOf(spec['schedule']);
  return {
    health: failed ? 'warning' : suspended ? 'idle' : active > 0 ? 'progressing' : 'healthy',
    words: wordsOf(
      schedule,
      suspended ? message('suspended') : null,
      active === 0 ? null : message('{0} active', active),
      lastAgo === null ? null : message('ran {0} ago', lastAgo),
    ),
    facts: factsOf(
      [message('Schedule'), zone === '' ? schedule : `${schedule} (${zone})`],
      [message('State'), suspended ? message('suspended') : null],
      [message('Active Jobs'), String(active)],
      [message('Last run'), lastAgo === null ? message('never') : message('{0} ago', lastAgo)],
      [message('Last success'), successAgo === null ? message('never') : message('{0} ago', successAgo)],
      [message('If one still runs'), textOf(spec['concurrencyPolicy'])],
    ),
    reason: failed ? message('Its last run did not succeed') : null,
  };
}
