/** Colours that people give contexts: pure, so that rows can be tested without an editor. */
import { message, type Message } from '../core/finding.ts';
import type { ContextColor } from '../contributions.ts';

interface Appearance {
  /** Id of a theme colour: each theme has its own shade. */
  readonly theme: string;
  /** The colour's name: a colour never stands alone. */
  readonly word: Message;
}

export const contextColors: Readonly<Record<ContextColor, Appearance>> = {
  red: { theme: 'charts.red', word: message('red') },
  orange: { theme: 'symbolIcon.classForeground', word: message('orange') },
  yellow: { theme: 'charts.yellow', word: message('yellow') },
  green: { theme: 'charts.green', word: message('green') },
  blue: { theme: 'charts.blue', word: message('blue') },
  purple: { theme: 'charts.purple', word: message('purple') },
};

/** Whether a setting's value is the name of a colour we have. */
export function isContextColor(value: unknown): value is ContextColor {
  return typeof value === 'string' && Object.hasOwn(contextColors, value);
}
