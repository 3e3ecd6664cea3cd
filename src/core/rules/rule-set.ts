import type { RuleSettings } from '../config/settings.ts';
import type { Severity } from '../finding.ts';
import type { Field } from '../schema/field.ts';
import { rules } from './index.ts';
import type { Rule, Visit } from './rule.ts';

export type Visitor = { readonly rule: Rule; readonly visit: (field: Field, visit: Visit) => void };

const none: readonly Visitor[] = [];

/** The rules that settings leave switched on, ready to be called by the place they look at. */
export class RuleSet {
  /** Rules that look at whole documents. */
  readonly checks: readonly Rule[];
  /** Rules that look beyond the document. */
  readonly relations: readonly Rule[];
  readonly #visitors = new Map<string, Visitor[]>();
  readonly #settings: RuleSettings;

  constructor(settings: RuleSettings) {
    this.#settings = settings;
    const active = rules.filter((rule) => this.isActive(rule));
    this.checks = active.filter((rule) => rule.check !== undefined);
    this.relations = active.filter((rule) => rule.relate !== undefined);
    for (const rule of active) {
      for (const [place, visit] of Object.entries(rule.visit ?? {})) {
        const visitors = this.#visitors.get(place) ?? [];
        this.#visitors.set(place, visitors);
        visitors.push({ rule, visit });
      }
    }
  }

  visitorsOf(place: string): readonly Visitor[] {
    return this.#visitors.get(place) ?? none;
  }

  isActive(rule: Rule): boolean {
    return this.severityOf(rule) !== 'off';
  }

  /** How much a problem weighs that sets no severity of its own, or (`own`) one that does. */
  severityOf(rule: Rule, own?: Severity): Severity | 'off' {
    const { preset, rules: overrides } = this.#settings;
    // Whatever a team wants besides: in this preset an error is a refusal.
    if (preset === 'server-only' && rule.origin !== 'server') return 'off';
    const override = Object.hasOwn(overrides, rule.code) ? overrides[rule.code] : undefined;
    if (override !== undefined) return override;
    const severity = preset === 'strict' ? (rule.strict ?? rule.severity) : rule.severity;
    return severity === 'off' ? 'off' : (own ?? severity);
  }
}

const sets = new WeakMap<RuleSettings, RuleSet>();

/** The set of rules for settings; the same one for the same settings. */
export function ruleSet(settings: RuleSettings): RuleSet {
  const kept = sets.get(settings);
  if (kept !== undefined) return kept;
  const set = new RuleSet(settings);
  sets.set(settings, set);
  return set;
}
