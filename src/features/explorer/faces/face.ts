/** How each row looks and reads. Pure: text as templates, icons and colours by name; the tree turns them into items. */
import { type Fact, type Health, message, type Message } from '../../../core/index.ts';

export interface Icon {
  /** Id of a codicon. */
  readonly id: string;
  /** Id of a theme colour; null: the foreground. */
  readonly color: string | null;
}

export interface Tooltip {
  readonly title: Message;
  /** A line each, the name in bold. */
  readonly facts: readonly Fact[];
  /** Lines below a rule: conditions. */
  readonly story: readonly Message[];
}

export interface Face {
  readonly label: Message;
  /** Joined by ` · `. */
  readonly description: readonly Message[];
  readonly icon: Icon | null;
  /** What a screen reader says after label and description: the words for what icon and colour show. */
  readonly spoken: readonly Message[];
  /** Made when the mouse rests on the row: most never are looked at so closely. */
  readonly tooltip: () => Tooltip | null;
  /** File that a click opens; null: none. */
  readonly opens?: string | null;
  /** Words that `view/item/context` menus match. */
  readonly contextValue: string;
}

export function noTooltip(): null {
  return null;
}

const grey = 'disabledForeground';

export const healthIcons: Readonly<Record<Health, Icon>> = {
  healthy: { id: 'circle-filled', color: 'testing.iconPassed' },
  progressing: { id: 'sync', color: 'charts.blue' },
  warning: { id: 'warning', color: 'list.warningForeground' },
  failed: { id: 'error', color: 'list.errorForeground' },
  idle: { id: 'circle-outline', color: grey },
  unknown: { id: 'question', color: grey },
};

export const healthWords: Readonly<Record<Health, Message>> = {
  healthy: message('healthy'),
  progressing: message('in progress'),
  warning: message('needs attention'),
  failed: message('failed'),
  idle: message('idle'),
  unknown: message('state unknown'),
};

/** The same shape without its colour: what is shown was true once and may no longer be. */
export function greyed(icon: Icon): Icon {
  return { id: icon.id, color: grey };
}

/** Characters of a text that a row or a line of a tooltip shows. */
const mostShown = 300;

/** Neither controls nor marks that turn the direction of writing: they would hide or rearrange what stands beside them. */
const unseen = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text of the cluster's on one line: cut when it is long, a visible stand-in for each mark that is none. */
export function tamed(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(unseen, standIn);
  // Half a surrogate pair would be left of a cut character.
  return line.length <= mostShown ? line : `${line.slice(0, mostShown - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** `␛` for ESC and so on; `�` for what has no picture. */
function standIn(mark: string): string {
  const code = mark.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/**
 * Text as Markdown shows it word for word: every mark that could mean something is escaped, bare addresses included.
 * VS Code's own `appendText` glues words together with spaces that do not break, and long sentences run off the hover.
 */
export function escapeMarkdown(text: string): string {
  return tamed(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
