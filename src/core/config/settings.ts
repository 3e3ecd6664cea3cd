import type { Severity } from '../finding.ts';

/**
 * `server-only`: an error means that the API server refuses the document, and nothing else is told.
 * `recommended`: that, and what most people regret. `strict`: what is disputed, too.
 */
export type Preset = 'server-only' | 'recommended' | 'strict';

export const presets: readonly Preset[] = ['server-only', 'recommended', 'strict'];

/** Which rules are checked, and how much their findings weigh. */
export interface RuleSettings {
  readonly preset: Preset;
  /** Overrides the preset, by the rule's code. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
}

export const defaultSettings: RuleSettings = { preset: 'recommended', rules: {} };
