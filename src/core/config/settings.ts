import type { Severity } from '../finding.ts';

/**
 * `server-only`: an error means that the API server refuses the document, and nothing else is told.
 * `recommended`: that, and what most people regret. `strict`: what is disputed, too.
 */
export type Preset = 'server-only' | 'recommended' | 'strict';

export const presets: readonly Preset[] = ['server-only', 'recommended', 'strict'];

export type RuleSeverity = Severity | 'off';

export const severities: readonly RuleSeverity[] = ['error', 'warning', 'info', 'hint', 'off'];

/** Which rules are checked, and how much their findings weigh. */
export interface RuleSettings {
  readonly preset: Preset;
  /** Overrides the preset, by the rule's code. */
  readonly rules: Readonly<Record<string, RuleSeverity>>;
  /** Registries images may come from (`ghcr.io/shop`); empty: any. */
  readonly registries: readonly string[];
  /** Most a limit may be, as a multiple of the request beside it. */
  readonly limitRatio: number;
}

export const defaultSettings: RuleSettings = {
  preset: 'recommended',
  rules: {},
  registries: [],
  limitRatio: 4,
};

/** What a person or a team chose; null for what they left to the defaults. */
export interface CheckConfig {
  readonly preset: Preset | null;
  readonly rules: Readonly<Record<string, RuleSeverity>>;
  /** Version of the cluster the manifests are for: `1.34`. */
  readonly kubernetesVersion: string | null;
  readonly registries: readonly string[] | null;
  readonly limitRatio: number | null;
  /** Files that are not checked, as globs from the folder of the file this stands in. */
  readonly exclude: readonly string[];
}

export const emptyConfig: CheckConfig = {
  preset: null,
  rules: {},
  kubernetesVersion: null,
  registries: null,
  limitRatio: null,
  exclude: [],
};

/** Settings from what was chosen, the later choice winning over the earlier, rule by rule. */
export function settingsOf(...configs: readonly CheckConfig[]): RuleSettings {
  const chosen = <K extends 'preset' | 'registries' | 'limitRatio'>(key: K): CheckConfig[K] =>
    configs.findLast((config) => config[key] !== null)?.[key] ?? null;
  return {
    preset: chosen('preset') ?? defaultSettings.preset,
    rules: Object.assign({}, ...configs.map(({ rules }) => rules)) as RuleSettings['rules'],
    registries: chosen('registries') ?? defaultSettings.registries,
    limitRatio: chosen('limitRatio') ?? defaultSettings.limitRatio,
  };
}
