import { message } from '../finding.ts';
import { textOf } from '../json.ts';
import { partsOf, timeOf } from './fields.ts';
import { factsOf, momentText, sinceOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A CronJob: its schedule, what runs now, and whether its last run came to a good end. */
export function summarizeCronJob(cronJob: unknown): ResourceSummary {
  const { spec, status } = partsOf(cronJob);
  const active = Array.isArray(status['active']) ? status['active'].length : 0;
  const last = timeOf(status['lastScheduleTime']);
  const success = timeOf(status['lastSuccessfulTime']);
  const suspended = spec['suspend'] === true;
  // A run that succeeded ends after it began.
  const failed = active === 0 && last !== null && (success === null || success < last);
  const zone = textOf(spec['timeZone']);
  const schedule = textOf(spec['schedule']);
  return {
    health: failed ? 'warning' : suspended ? 'idle' : active > 0 ? 'progressing' : 'healthy',
    words: wordsOf(
      schedule,
      suspended ? message('suspended') : null,
      active === 0 ? null : message('{0} active', active),
    ),
    facts: factsOf(
      [message('Schedule'), zone === '' ? schedule : `${schedule} (${zone})`],
      [message('State'), suspended ? message('suspended') : null],
      [message('Active Jobs'), String(active)],
      [message('Last run'), momentText(last) ?? message('never')],
      [message('Last success'), momentText(success) ?? message('never')],
      [message('If one still runs'), textOf(spec['concurrencyPolicy'])],
    ),
    reason: failed ? message('Its last run did not succeed') : null,
    ...sinceOf(last),
  };
}
