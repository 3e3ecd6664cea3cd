import { formatMessage, message, type Message } from '../../core/index.ts';
import type { LogAddress } from './address.ts';
import type { LogFilter } from './filter.ts';
import type { LogChoices } from './look.ts';
import { renderHead, sinceWords } from './rendering.ts';

interface Described {
  readonly address: LogAddress;
  readonly choices: LogChoices;
  readonly filter: LogFilter | null;
  readonly begun: boolean;
}

/** The first line of a log's document: whose lines these are, and which of them. */
export function headOf(
  { address, choices, filter, begun }: Described,
  dropped: number,
  translate: (template: string) => string,
): string {
  const say = (text: Message): string => formatMessage(text, translate);
  const { context, namespace, kind, name, container } = address;
  const parts = [`${kind} ${name}`, `${context} / ${namespace}`];
  const containers = container === undefined ? choices.containers : [container];
  if (containers !== null) parts.push(containers.join(', '));
  if (choices.previous) parts.push(say(message('the run before')));
  if (choices.sinceSeconds !== null)
    parts.push(say(message('the last {0}', sinceWords(choices.sinceSeconds))));
  if (filter !== null) parts.push(say(message('filter: {0}', filter.text)));
  if (!begun) parts.push(say(message('not read since the window was opened')));
  const earlier = dropped === 0 ? null : say(message('{0} earlier lines were dropped', dropped));
  return renderHead(parts, earlier);
}
