import type { TextRange } from '../finding.ts';
import type { CustomKind } from '../schema/crd.ts';
import type { LocalName } from './local-names.ts';

/**
 * What other objects, and editors, need to know of an object without reading its file again. Plain data; offsets
 * count from the start of its document, paths from the document's root.
 */
export interface ObjectFacts {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Null when it is not written: wherever the file is deployed to. */
  readonly namespace: string | null;
  readonly path: string;
  /** Its name, or what stands for it where it has none. */
  readonly range: TextRange;
  readonly labels: Readonly<Record<string, string>>;
  /** Of a ConfigMap or Secret. */
  readonly keys: readonly NamedPlace[];
  /** Of a Service: what an Ingress can name, by name and number. */
  readonly ports: readonly PortFacts[];
  /** Null for what makes no pods. */
  readonly pod: PodFacts | null;
  /** `spec.replicas`; null when it is not written, or the kind has none. */
  readonly replicas: number | null;
  readonly references: readonly Reference[];
  readonly selections: readonly Selection[];
  /** Of a CustomResourceDefinition: the kinds it brings. */
  readonly defines: readonly CustomKind[];
  /** Of what is in it, rather than of other objects. */
  readonly localNames: readonly LocalName[];
  /** What only objects of its kind have; null for kinds of which nothing more is asked. */
  readonly particulars: Particulars | null;
}

export type Particulars =
  | { readonly of: 'service'; readonly headless: boolean; readonly external: boolean }
  | { readonly of: 'autoscaler'; readonly minimum: number; readonly maximum: number | null }
  | { readonly of: 'claim'; readonly accessModes: readonly string[] }
  | { readonly of: 'limits'; readonly limits: readonly LimitFacts[] }
  | {
      readonly of: 'quota';
      readonly hard: Amounts;
      /** Counts only some of the pods. */
      readonly scoped: boolean;
    }
  /** Of a kind that is not Kubernetes' own: names and labels in it, for which it may make objects. */
  | { readonly of: 'custom'; readonly mentions: readonly string[] };

/** Quantities as written, by resource. */
export type Amounts = Readonly<Record<string, string>>;

/** One entry of a LimitRange. */
export interface LimitFacts {
  /** `Container`, `Pod` or `PersistentVolumeClaim`. */
  readonly type: string;
  readonly max: Amounts;
  readonly min: Amounts;
  readonly default: Amounts;
  readonly defaultRequest: Amounts;
  readonly maxLimitRequestRatio: Amounts;
}

export interface NamedPlace {
  readonly name: string;
  readonly range: TextRange;
}

export interface PortFacts {
  /** `''` where it has none. */
  readonly name: string;
  readonly number: number | null;
  /** `TCP` where none is written. */
  readonly protocol: string;
  readonly range: TextRange;
}

export interface PodFacts {
  readonly labels: Readonly<Record<string, string>>;
  /** False where one of them is filled in later. */
  readonly labelsKnown: boolean;
  /** Where the labels are written, or would be. */
  readonly labelsRange: TextRange;
  /** In the order they start. */
  readonly containers: readonly ContainerFacts[];
  /** What is asked for the pod as a whole. */
  readonly requests: Amounts;
  readonly limits: Amounts;
  readonly overhead: Amounts;
}

export interface ContainerFacts {
  readonly name: string;
  readonly init: boolean;
  /** Runs beside the others: no init container, or one that is a sidecar. */
  readonly running: boolean;
  readonly range: TextRange;
  readonly ports: readonly PortFacts[];
  /** As written, by resource; a limit stands for a request that is not written. */
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** A place that names another object. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  /** Null: the namespace of the object itself; `''` for what is in none. */
  readonly namespace: string | null;
  /** The pod starts without it. */
  readonly optional: boolean;
  readonly path: string;
  readonly range: TextRange;
  /** Keys of the ConfigMap or Secret, or the port of the Service (name or number), that are used. */
  readonly parts: readonly ReferencePart[];
}

export interface ReferencePart extends NamedPlace {
  readonly path: string;
  readonly optional: boolean;
}

/** A label selector that chooses pods. */
export interface Selection {
  readonly by: 'service' | 'workload' | 'disruptionBudget' | 'networkPolicy' | 'spread';
  readonly selector: LabelSelector;
  readonly path: string;
  readonly range: TextRange;
}

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/** Whether a selector chooses what has these labels; an empty one chooses everything. */
export function selects(
  { matchLabels, matchExpressions }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  const has = (key: string): boolean => Object.hasOwn(labels, key);
  return (
    Object.entries(matchLabels).every(([key, value]) => has(key) && labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const among = has(key) && values.includes(labels[key] ?? '');
      if (operator === 'In') return among;
      if (operator === 'NotIn') return !among;
      return operator === 'Exists' ? has(key) : operator === 'DoesNotExist' && !has(key);
    })
  );
}
