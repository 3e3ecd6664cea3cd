import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';

/** What the API server's reader stumbles over, in words that say what to do. */
export const refusals = {
  colon: message('A key, a colon and a value belong on one line: is the colon missing?'),
  secondColon: message('A second colon on one line; put the value in quotes or on a line of its own'),
  indent: message('This line is indented differently from its siblings; line it up with them'),
  tab: message('Tabs cannot indent YAML; use spaces'),
  comma: message('A comma is missing before this; add it'),
  question: message('A ? within brackets begins a key; put the text in quotes'),
  quote: message('The closing quote is missing; add it'),
  escape: message('This escape is unknown in double quotes; write two backslashes, or use single quotes'),
  character: message('This escape stands for no character; write the character itself'),
  blockHead: message('Nothing may follow | or > on the line; begin the text on the next one'),
  directive: message('The API server does not know this directive; remove the line'),
  anchor: message('The name of an anchor holds letters, digits, - and _ only; rename it'),
  tag: message('The API server cannot read this tag; remove it'),
  start: message('A value cannot begin like this; put it in quotes'),
  content: message('A value is missing here; add it'),
} as const satisfies Record<string, Message>;

/** Thrown where the API server's reader gives up, and never seen outside this folder. */
export class Refusal extends Error {
  readonly at: number;
  readonly reason: keyof typeof refusals;

  constructor(reason: keyof typeof refusals, at: number) {
    super(reason);
    this.reason = reason;
    this.at = at;
  }
}
