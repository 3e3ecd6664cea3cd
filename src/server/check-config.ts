import {
  type CheckConfig,
  emptyConfig,
  type Preset,
  presets,
  type RuleSeverity,
  severities,
} from '../core/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads the client's settings `elastic.checks`; what is missing or of the wrong shape counts as not set. */
export function readCheckConfig(given: unknown): CheckConfig {
  const { preset, rules, kubernetesVersion, registries, limitRatio }: Fields =
    typeof given === 'object' && given !== null ? (given as Fields) : {};
  return {
    ...emptyConfig,
    preset: isOneOf(preset, presets) ? preset : null,
    rules: readRules(rules),
    kubernetesVersion:
      typeof kubernetesVersion === 'string' && kubernetesVersion !== '' ? kubernetesVersion : null,
    registries: Array.isArray(registries) && registries.length > 0 ? registries.map(String) : null,
    limitRatio: typeof limitRatio === 'number' && limitRatio >= 1 ? limitRatio : null,
  };
}

function readRules(given: unknown): Readonly<Record<string, RuleSeverity>> {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, RuleSeverity] => isOneOf(entry[1], severities)),
  );
}

function isOneOf<T extends Preset | RuleSeverity>(value: unknown, allowed: readonly T[]): value is T {
  return allowed.some((one) => one === value);
}
