import type { LogEntry, LogLine } from '../../cluster/index.ts';
import { formatDuration, formatMessage } from '../../core/index.ts';

/** How the lines of a log are shown. */
export interface Rendering {
  /** Whether each line says when it was written. */
  readonly timestamps: boolean;
  /** What tells the lines apart; names of pods lose what all of them begin with. */
  readonly pods: { readonly common: string } | null;
  readonly containers: boolean;
  readonly translate: (template: string) => string;
}

/** What stands before everything that is no line of the log. */
const noteMark = '──';
/** Stands between where a line comes from and the line. */
const bar = '│';

/** An entry as one line of the document. */
export function render(entry: LogEntry, rendering: Rendering): string {
  if ('note' in entry) return `${noteMark} ${visible(formatMessage(entry.note, rendering.translate))}`;
  const time = rendering.timestamps ? `${shortTime(entry.time)} ` : '';
  const origin = originOf(entry, rendering);
  const text = visible(withoutCodes(entry.text));
  const cut = entry.dropped > 0 ? ` … +${entry.dropped}` : '';
  return `${time}${origin === '' ? '' : `${origin} ${bar} `}${text}${cut}`;
}

/** An entry as the container wrote it, for a file; null for what no container wrote. */
export function renderRaw(entry: LogEntry, rendering: Rendering): string | null {
  if ('note' in entry) return null;
  const origin = [rendering.pods === null ? '' : entry.pod, rendering.containers ? entry.container : '']
    .filter((part) => part !== '')
    .join('/');
  return [rendering.timestamps ? entry.time : '', origin, entry.text].filter((part) => part !== '').join(' ');
}

function originOf({ pod, container }: LogLine, { pods, containers }: Rendering): string {
  const short = pods === null ? '' : pod.startsWith(pods.common) ? pod.slice(pods.common.length) : pod;
  return [short, containers ? container : ''].filter((part) => part !== '').join('/');
}

/** To the millisecond. */
function shortTime(time: string): string {
  return time.replace(/(\.\d{3})\d+/, '$1');
}

const codes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;

/** Colours and titles meant for a terminal. */
function withoutCodes(text: string): string {
  return text.includes('\u001b') ? text.replace(codes, '') : text;
}

const invisible = /[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/g;

/** Control characters as the pictures there are for them: some would end the line in an editor. */
function visible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : '␤';
  });
}

/** The head of the document: what it shows, and what it no longer does. */
export function renderHead(parts: readonly string[], dropped: string | null): string {
  const head = `${noteMark} ${parts.map(visible).join(' · ')}`;
  return dropped === null ? head : `${head} · ${dropped}`;
}

/** `5 min`, of what a person chose as seconds. */
export function sinceWords(seconds: number): string {
  return formatDuration(seconds * 1_000);
}
