import { formatDuration } from '../../core/durations.ts';
import type { Instant, ReplicaTexts } from '../protocol.ts';

/** Fills `{0}` … of a text with what the page knows. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

/** Age of something as a table shows it; `''` when the time is not known. */
export function age(at: Instant, now: number): string {
  return at === null ? '' : formatDuration(now - at);
}

/** `0.2 s ago` for what is fresh, whole units after the first second. */
export function ago(at: number, now: number, texts: ReplicaTexts): string {
  const span = Math.max(0, now - at);
  return fill(texts.ago, span < 1_000 ? `${(span / 1_000).toFixed(1)} s` : formatDuration(span));
}

/** Hover text of a time: the moment itself, in the reader's own format. */
export function moment(at: Instant): string {
  return at === null ? '' : new Date(at).toLocaleString();
}
