import { message } from '../finding.ts';
import { objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { conditionOf, conditionsOf, explanation } from './conditions.ts';
import { partsOf, textsIn } from './fields.ts';
import { factsOf, saying, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A column of `kubectl get` for a custom kind (`additionalPrinterColumns`). */
export interface PrinterColumn {
  readonly name: string;
  /** `string`, `integer`, `number`, `boolean` or `date`. */
  readonly type: string;
  readonly jsonPath: string;
  /** 0: always shown; more: only where there is room (`-o wide`). */
  readonly priority: number;
}

/** What a tree has to know of a custom kind to show its objects. */
export interface CustomKindFacts {
  readonly group: string;
  /** The newest version served: the one to read. */
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly columns: readonly PrinterColumn[];
}

interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  readonly columns: unknown;
}

function versionsOf(spec: Json): readonly Version[] {
  return objectsIn(spec['versions']).map((one) => ({
    name: textOf(one['name']),
    served: one['served'] === true,
    storage: one['storage'] === true,
    deprecated: one['deprecated'] === true,
    columns: one['additionalPrinterColumns'],
  }));
}

/** The custom kind a CustomResourceDefinition makes; null while the server does not serve it. */
export function customKindFacts(definition: unknown): CustomKindFacts | null {
  const { spec } = partsOf(definition);
  const names = objectOf(spec['names']);
  const served = versionsOf(spec).filter(({ served: isServed }) => isServed);
  const version = served.find(({ storage }) => storage) ?? served[0];
  if (version === undefined) return null;
  return {
    group: textOf(spec['group']),
    version: version.name,
    kind: textOf(names['kind']),
    plural: textOf(names['plural']),
    namespaced: spec['scope'] === 'Namespaced',
    columns: objectsIn(version.columns).map((one) => ({
      name: textOf(one['name']),
      type: textOf(one['type']) || 'string',
      jsonPath: textOf(one['jsonPath']),
      priority: typeof one['priority'] === 'number' ? one['priority'] : 0,
    })),
  };
}

/** A CustomResourceDefinition: its kind, scope and versions, and whether the server has taken it. */
export function summarizeDefinition(definition: unknown): ResourceSummary {
  const { spec } = partsOf(definition);
  const conditions = conditionsOf(definition);
  const established = conditionOf(conditions, 'Established');
  const refused = conditionOf(conditions, 'NamesAccepted');
  const isRefused = refused?.status === 'False';
  const isEstablished = established?.status === 'True';
  const names = objectOf(spec['names']);
  const versions = versionsOf(spec);
  const namesOf = (which: (version: Version) => boolean): string =>
    versions
      .filter(which)
      .map(({ name }) => name)
      .join(', ');
  const served = namesOf((version) => version.served);
  const state = isEstablished
    ? 'Established'
    : isRefused
      ? refused.reason || 'NamesNotAccepted'
      : message('not established yet');
  return {
    health: isEstablished ? 'healthy' : isRefused ? 'failed' : 'progressing',
    words: wordsOf(isEstablished ? null : state, textOf(names['kind']), textOf(spec['scope']), served),
    facts: factsOf(
      [message('State'), state],
      [message('Group'), textOf(spec['group'])],
      [message('Kind'), textOf(names['kind'])],
      [message('Scope'), textOf(spec['scope'])],
      [message('Versions'), served],
      [message('Not served'), namesOf((version) => !version.served)],
      [message('Deprecated'), namesOf((version) => version.deprecated)],
      [message('Short names'), textsIn(names['shortNames']).join(', ')],
    ),
    reason: isEstablished ? null : saying(explanation(isRefused ? refused : established)),
  };
}
