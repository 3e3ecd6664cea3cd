import {
  type Fact,
  type FailoverStory,
  formatDuration,
  message,
  type Message,
  type Use,
  useSentence,
  useWords,
  verbatim,
} from '../../../core/index.ts';
import type { NodeHeartbeat } from '../live/heartbeats.ts';
import type { ObjectRow } from '../rows/rows.ts';

export interface NodeSetting {
  readonly heartbeat: NodeHeartbeat | null;
  /** null while pods are not, or may not be, listed. */
  readonly use: Use | null;
  /** What is in use at the moment; empty where nobody measures it. */
  readonly used: readonly Message[];
  /** null: it was not lost while anybody looked. */
  readonly story: FailoverStory | null;
  readonly now: number;
}

/** `Ready · cpu 62 % · mem 40 % · 34 pods`; silent `no heartbeat for 52 s`, not ready `NotReady 45 s · heartbeat 52 s ago`. */
export function nodeWords({ node, conditions }: ObjectRow, setting: NodeSetting): readonly Message[] {
  const { heartbeat, use, used, story, now } = setting;
  if (node === null) return [];
  const silent = heartbeat?.late === true;
  const since = node.readySince === null ? '' : ` ${formatDuration(now - node.readySince)}`;
  const age = heartbeat === null ? null : formatDuration(heartbeat.age);
  const troubles = conditions.filter(({ type, status }) => type !== 'Ready' && status === 'True');
  return [
    node.ready === 'True' ? verbatim('Ready') : verbatim(`NotReady${since}`),
    ...(silent && node.ready === 'True' && age !== null ? [message('no heartbeat for {0}', age)] : []),
    ...(node.ready !== 'True' && age !== null ? [message('heartbeat {0} ago', age)] : []),
    ...(node.cordoned ? [message('cordoned')] : []),
    ...troubles.map(({ type }) => verbatim(type)),
    // What became of its pods says more than how full it was.
    ...(story !== null && !story.settled ? story.outcome : [...(use === null ? [] : useWords(use)), ...used]),
  ];
}

export function nodeFactLines({ heartbeat, use }: NodeSetting): readonly Fact[] {
  return [
    ...(heartbeat === null
      ? []
      : [{ name: message('Heartbeat'), value: message('{0} ago', formatDuration(heartbeat.age)) }]),
    ...(use === null
      ? []
      : use.resources.map((one) => ({ name: verbatim(one.name), value: useSentence(one) }))),
  ];
}

/** What moved where, and what could not: in a tooltip, as far as it has room. */
export function storyLines(story: FailoverStory | null): readonly Message[] {
  if (story === null) return [];
  return [story.headline, ...story.outcome, ...story.steps.map(({ text }) => text)];
}
