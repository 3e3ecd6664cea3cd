import type { TextRange } from '../finding.ts';
import type { ObjectFacts } from '../workspace/facts.ts';
import type { LocalName } from '../workspace/local-names.ts';

export interface ObjectName {
  /** With its group where it is not Kubernetes' own: somebody else's Service is another thing. */
  readonly kind: string;
  readonly name: string;
  /** Null where it is not written: any. `''` for what is in none. */
  readonly namespace: string | null;
}

/** What a name stands for. */
export interface NamedThing {
  /** `object` itself, a `key` of its data or a port of it that others name, or something in it; a `file` by its path. */
  readonly of: 'object' | 'key' | 'file' | LocalName['of'];
  readonly name: string;
  /** The object, or the one it is part of. */
  readonly object: ObjectName;
  /** The object in which the name is written; null in files that hold none. */
  readonly home: ObjectFacts | null;
  /** Written in something that changes objects kept elsewhere. */
  readonly patch: boolean;
}

/** A name where it is written; the range counts from the start of its document. */
export interface NameUse extends NamedThing {
  readonly range: TextRange;
  readonly defines: boolean;
  /** As a value or key of YAML, as part of a text, or not at all: it would stand before what is there. */
  readonly written: 'scalar' | 'part' | 'before';
}

/** A namespace that is not written may be any. */
export function isSameNamespace(one: string | null, other: string | null): boolean {
  return one === other || one === null || other === null || one === '' || other === '';
}

function objectNameOf({ apiVersion, kind, name, namespace }: ObjectFacts): ObjectName {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  const own = !group.includes('.') || group.endsWith('.k8s.io');
  return { kind: own ? kind : `${group}/${kind}`, name, namespace };
}

const kept = new WeakMap<ObjectFacts, { patch: boolean; uses: readonly NameUse[] }>();

/** Every name in an object. `patch`: it changes an object kept elsewhere, so what it names is defined there. */
export function namesIn(facts: ObjectFacts, patch: boolean): readonly NameUse[] {
  const known = kept.get(facts);
  if (known?.patch === patch) return known.uses;
  const uses = [...collect(facts, patch)];
  kept.set(facts, { patch, uses });
  return uses;
}

/** The name of an object, where it is written: what has none shows another place. */
function ownName(facts: ObjectFacts): NameUse {
  const object = objectNameOf(facts);
  const { name, range } = facts;
  return { of: 'object', name, object, home: facts, patch: false, range, defines: true, written: 'scalar' };
}

function* collect(facts: ObjectFacts, patch: boolean): Iterable<NameUse> {
  const own = objectNameOf(facts);
  const base = { home: facts, patch, written: 'scalar' } as const;
  if (facts.name !== '') yield { ...ownName(facts), patch, defines: !patch };
  for (const { name, range } of facts.keys) {
    yield { ...base, of: 'key', name, object: own, range, defines: !patch };
  }
  for (const { kind, name, namespace, range, parts } of facts.references) {
    const object = { kind, name, namespace: namespace ?? facts.namespace };
    yield { ...base, of: 'object', name, object, range, defines: false };
    const of = kind === 'Service' ? 'servicePort' : 'key';
    for (const part of parts) {
      yield { ...base, of, name: part.name, object, range: part.range, defines: false };
    }
  }
  for (const { of, name, range, defines } of facts.localNames) {
    yield { ...base, of, name, object: own, range, defines: defines && !(patch && of === 'servicePort') };
  }
}
