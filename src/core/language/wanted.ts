import { textsOf } from '../workspace/collect.ts';
import type { LabelSelector } from '../workspace/facts.ts';
import { namingsOf } from '../workspace/references.ts';
import type { Site } from './site.ts';
import { fieldAt } from './site.ts';
import { knownValues } from './values.ts';

/**
 * What only the workspace can answer. Plain data: a place in a large file is looked at in a thread that knows no other
 * file. `namespace` is the one that is meant; null: any.
 */
export type Wanted =
  | { readonly what: 'names'; readonly kinds: readonly string[]; readonly namespace: string | null }
  | { readonly what: 'keys'; readonly kind: string; readonly name: string; readonly namespace: string | null }
  | {
      readonly what: 'ports';
      readonly service: string;
      readonly namespace: string | null;
      readonly by: 'name' | 'number';
    }
  | { readonly what: 'podPorts'; readonly selector: LabelSelector; readonly namespace: string | null }
  | {
      readonly what: 'labels';
      readonly namespace: string | null;
      /** Of which values are wanted; null: pairs of key and value. */
      readonly key: string | null;
      readonly without: readonly string[];
      /** Only keys: their values are written already. */
      readonly bare: boolean;
    }
  | { readonly what: 'namespaces' };

const targets = ['Deployment', 'StatefulSet', 'ReplicaSet'];

/** What is wanted at a place; null where the place names nothing. */
export function wantedAt(site: Site): Wanted | null {
  const { object, steps, part } = site;
  const last = steps.at(-1);
  const namespace = object?.at('metadata.namespace').text() ?? null;
  if (part === 'value' && last === 'namespace' && isNamespace(site)) return { what: 'namespaces' };
  return labelsAt(site, namespace) ?? (part === 'value' ? namedBy(site, namespace) : null);
}

function isNamespace({ owner }: Site): boolean {
  return owner?.kind === 'object' && ['meta/v1.ObjectMeta', 'rbac/v1.Subject'].includes(owner.name);
}

function namedBy(site: Site, namespace: string | null): Wanted | null {
  const { owner, steps, siblings } = site;
  const last = steps.at(-1);
  if (owner?.kind !== 'object' || typeof last !== 'string') return null;
  for (const naming of namingsOf(owner.name)) {
    if (naming.under !== undefined && !steps.includes(naming.under)) continue;
    const kind = naming.kind ?? siblings.get('kind') ?? '';
    if (last === naming.name) {
      const kinds = kind !== '' ? [kind] : knownValues({ ...site, steps: [...steps.slice(0, -1), 'kind'] });
      const own = naming.namespace === undefined ? namespace : null;
      return { what: 'names', kinds: kinds.length > 0 ? kinds : targets, namespace: own };
    }
    const name = siblings.get(naming.name) ?? '';
    if (last === naming.key && naming.kind !== undefined && name !== '')
      return { what: 'keys', kind: naming.kind, name, namespace };
  }
  return partOf(site, namespace);
}

/** Keys of a volume's items, ports of an Ingress' Service, ports of a Service's pods. */
function partOf({ owner, steps, object }: Site, namespace: string | null): Wanted | null {
  const last = steps.at(-1);
  if (owner?.kind !== 'object' || object === null) return null;
  if (owner.name === 'core/v1.KeyToPath' && last === 'key') {
    const source = fieldAt(object, steps.slice(0, -3));
    const naming = source?.type?.kind === 'object' ? namingsOf(source.type.name)[0] : undefined;
    const name = naming === undefined ? null : (source?.get(naming.name).text() ?? null);
    return naming?.kind === undefined || name === null
      ? null
      : { what: 'keys', kind: naming.kind, name, namespace };
  }
  if (owner.name === 'networking/v1.ServiceBackendPort' && (last === 'name' || last === 'number')) {
    const service = fieldAt(object, steps.slice(0, -2))?.get('name').text() ?? null;
    return service === null ? null : { what: 'ports', service, namespace, by: last };
  }
  if (owner.name === 'core/v1.ServicePort' && last === 'targetPort') {
    return {
      what: 'podPorts',
      selector: { matchLabels: textsOf(object.at('spec.selector')), matchExpressions: [] },
      namespace,
    };
  }
  return null;
}

/** Of selectors: labels that pods have. */
function labelsAt(site: Site, namespace: string | null): Wanted | null {
  const { part, steps, siblings, colon } = site;
  const inMap = part === 'value' ? site.outer : site.owner;
  const field = part === 'value' ? steps.at(-2) : steps.at(-1);
  if (inMap?.kind !== 'object') return null;
  const isSelector =
    (inMap.name === 'meta/v1.LabelSelector' && field === 'matchLabels') ||
    (inMap.name === 'core/v1.ServiceSpec' && field === 'selector') ||
    (inMap.name === 'core/v1.ReplicationControllerSpec' && field === 'selector');
  if (!isSelector) return null;
  const key = part === 'value' ? String(steps.at(-1)) : null;
  return { what: 'labels', namespace, key, without: [...siblings.keys()], bare: colon };
}
