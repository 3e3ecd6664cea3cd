import type { TypeName } from '../schema/generated/type-names.ts';
import type { Field } from '../schema/field.ts';
import type { Reference, ReferencePart } from './facts.ts';

/** How the fields of a type name an object of another kind. */
export interface Naming {
  /** Absent: the type's own field `kind` says it. */
  readonly kind?: string;
  /** Field that holds the name. */
  readonly name: string;
  /** Field that holds a key of it, or a list of `{key}`. */
  readonly key?: string;
  readonly items?: string;
  /** Field that holds its namespace; `''`: it is in none. Absent: it is in the object's own. */
  readonly namespace?: string;
  /** Other types of object that the same type names in other places are left out. */
  readonly under?: string;
}

const configMap = { kind: 'ConfigMap', name: 'name' } as const;
const secret = { kind: 'Secret', name: 'name' } as const;
const clusterWide = '';

/** Every type whose fields name other objects. */
const namings: Partial<Record<TypeName, readonly Naming[]>> = {
  'core/v1.ConfigMapKeySelector': [{ ...configMap, key: 'key' }],
  'core/v1.SecretKeySelector': [{ ...secret, key: 'key' }],
  'core/v1.ConfigMapEnvSource': [configMap],
  'core/v1.SecretEnvSource': [secret],
  'core/v1.ConfigMapVolumeSource': [{ ...configMap, items: 'items' }],
  'core/v1.ConfigMapProjection': [{ ...configMap, items: 'items' }],
  'core/v1.SecretVolumeSource': [{ kind: 'Secret', name: 'secretName', items: 'items' }],
  'core/v1.SecretProjection': [{ ...secret, items: 'items' }],
  'core/v1.PersistentVolumeClaimVolumeSource': [{ kind: 'PersistentVolumeClaim', name: 'claimName' }],
  'core/v1.LocalObjectReference': [{ ...secret, under: 'imagePullSecrets' }],
  'core/v1.PodSpec': [
    { kind: 'ServiceAccount', name: 'serviceAccountName' },
    { kind: 'PriorityClass', name: 'priorityClassName', namespace: clusterWide },
    { kind: 'RuntimeClass', name: 'runtimeClassName', namespace: clusterWide },
  ],
  'core/v1.PersistentVolumeClaimSpec': [
    { kind: 'StorageClass', name: 'storageClassName', namespace: clusterWide },
  ],
  'apps/v1.StatefulSetSpec': [{ kind: 'Service', name: 'serviceName' }],
  'networking/v1.IngressServiceBackend': [{ kind: 'Service', name: 'name', key: 'port' }],
  'networking/v1.IngressTLS': [{ kind: 'Secret', name: 'secretName' }],
  'networking/v1.IngressSpec': [{ kind: 'IngressClass', name: 'ingressClassName', namespace: clusterWide }],
  'autoscaling/v2.CrossVersionObjectReference': [{ name: 'name' }],
  'autoscaling/v1.CrossVersionObjectReference': [{ name: 'name' }],
  'rbac/v1.RoleRef': [{ name: 'name' }],
  'rbac/v1.Subject': [{ name: 'name', namespace: 'namespace' }],
};

/** Types whose fields may name other objects. */
export const referringTypes = Object.keys(namings) as readonly TypeName[];

/** People are no objects, and the accounts `default` come with their namespaces. */
const withoutObject = new Set(['User', 'Group']);

/** How the fields of a type name objects of other kinds. */
export function namingsOf(type: string): readonly Naming[] {
  return namings[type as TypeName] ?? [];
}

/** What the fields of one place name; empty where they name nothing yet. */
export function referencesAt(field: Field): readonly Reference[] {
  const type = field.type?.kind === 'object' ? namings[field.type.name as TypeName] : undefined;
  return (type ?? []).flatMap((naming) => {
    const reference = referenceBy(naming, field);
    return reference === null ? [] : [reference];
  });
}

function referenceBy(naming: Naming, field: Field): Reference | null {
  if (naming.under !== undefined && field.parent?.key !== naming.under) return null;
  const kind = naming.kind ?? field.get('kind').text();
  const name = field.get(naming.name);
  const text = name.text();
  if (kind === null || withoutObject.has(kind) || text === null || text === '') return null;
  if (kind === 'ServiceAccount' && text === 'default') return null;
  const optional = field.get('optional').flag() === true;
  return {
    kind,
    name: text,
    namespace: namespaceOf(naming, kind, field),
    optional,
    path: name.path,
    range: name.range,
    parts: [...partsOf(naming, field, optional)],
  };
}

function namespaceOf({ namespace }: Naming, kind: string, field: Field): string | null {
  if (kind === 'ClusterRole' || namespace === clusterWide) return '';
  return namespace === undefined ? null : field.get(namespace).text();
}

function* partsOf({ key, items }: Naming, field: Field, optional: boolean): Iterable<ReferencePart> {
  if (items !== undefined)
    for (const item of field.get(items).items()) yield* partAt(item.get('key'), optional);
  if (key === undefined) return;
  const named = field.get(key);
  if (named.type?.kind !== 'object') yield* partAt(named, optional);
  else for (const port of [named.get('name'), named.get('number')]) yield* partAt(port, optional);
}

function* partAt(field: Field, optional: boolean): Iterable<ReferencePart> {
  const name = field.text() ?? field.number();
  if (name !== null && name !== '')
    yield { name: String(name), path: field.path, range: field.range, optional };
}
