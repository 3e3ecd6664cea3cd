/** What the API server of Kubernetes 1.36 asks of the metadata of each kind of object that it stores. */
import type { Field } from '../../schema/field.ts';
import { isCanonicalIp } from '../addresses.ts';
import { dnsLabel, dnsSubdomain, pathSegment } from '../forms.ts';
import type { Form } from '../forms.ts';

export interface ObjectKind {
  /** What its name has to look like. */
  readonly name: Form;
  /** The server names an object that has no name. */
  readonly nameOptional: boolean;
  /**
   * A `generateName` has to be a name of that form by itself, even where it is not used; or it does not matter but for
   * the name that is made of it; or there can be none, because the name follows from the spec.
   */
  readonly prefix: 'checked' | 'free' | 'forbidden';
  /** Lives in a namespace; elsewhere the server drops what `namespace` says. */
  readonly namespaced: boolean;
  /** Finalizers without a domain have to be Kubernetes' own. */
  readonly knownFinalizers: boolean;
  /** The server takes its `generation` as it is written, instead of starting with 1. */
  readonly keepsGeneration: boolean;
}

const addressName: Form = {
  fits: isCanonicalIp,
  template: '{0} cannot be "{1}"; write the IP address in its shortest form, such as 10.0.0.53',
};

const namespaced: Readonly<Record<string, string>> = {
  core: 'ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  apps: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  autoscaling: 'HorizontalPodAutoscaler',
  batch: 'CronJob Job',
  coordination: 'Lease',
  discovery: 'EndpointSlice',
  events: 'Event',
  networking: 'Ingress NetworkPolicy',
  policy: 'PodDisruptionBudget',
  rbac: 'Role RoleBinding',
  resource: 'ResourceClaim ResourceClaimTemplate',
  storage: 'CSIStorageCapacity',
};

const clusterWide: Readonly<Record<string, string>> = {
  core: 'Namespace Node PersistentVolume',
  admissionregistration:
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  apiextensions: 'CustomResourceDefinition',
  apiregistration: 'APIService',
  certificates: 'CertificateSigningRequest',
  flowcontrol: 'FlowSchema PriorityLevelConfiguration',
  networking: 'IPAddress IngressClass ServiceCIDR',
  node: 'RuntimeClass',
  rbac: 'ClusterRole ClusterRoleBinding',
  resource: 'DeviceClass ResourceSlice',
  scheduling: 'PriorityClass',
  storage: 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
};

/** All others are DNS subdomains. */
const names: Readonly<Record<string, Form>> = {
  'core.Namespace': dnsLabel,
  'core.Service': dnsLabel,
  'apps.StatefulSet': dnsLabel,
  'core.Event': pathSegment,
  'apiregistration.APIService': pathSegment,
  'certificates.CertificateSigningRequest': pathSegment,
  'policy.PodDisruptionBudget': pathSegment,
  'rbac.ClusterRole': pathSegment,
  'rbac.ClusterRoleBinding': pathSegment,
  'rbac.Role': pathSegment,
  'rbac.RoleBinding': pathSegment,
  'networking.IPAddress': addressName,
};

const prefixes: Readonly<Record<string, ObjectKind['prefix']>> = {
  'core.ReplicationController': 'free',
  'resource.DeviceClass': 'free',
  'apiextensions.CustomResourceDefinition': 'forbidden',
  'apiregistration.APIService': 'forbidden',
};

const anyFinalizer: ReadonlySet<string> = new Set([
  ...[
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'coordination',
    'node',
    'policy',
    'core.Event',
  ],
]);

const countedFromOne: ReadonlySet<string> = new Set([
  ...['admissionregistration', 'apiextensions', 'batch', 'discovery', 'flowcontrol', 'policy', 'scheduling'],
  ...['apps.DaemonSet', 'apps.Deployment', 'apps.ReplicaSet', 'apps.StatefulSet'],
  ...['core.Pod', 'core.PodTemplate', 'core.ReplicationController'],
  ...['networking.Ingress', 'networking.IngressClass', 'networking.NetworkPolicy'],
  ...['resource.DeviceClass', 'resource.ResourceSlice'],
]);

const kinds = new Map<string, ObjectKind>();
for (const [scope, groups] of [namespaced, clusterWide].entries()) {
  for (const [group, list] of Object.entries(groups)) {
    for (const kind of list.split(' ')) {
      const key = `${group}.${kind}`;
      kinds.set(key, {
        name: names[key] ?? dnsSubdomain,
        nameOptional: key === 'core.LimitRange',
        prefix: prefixes[key] ?? 'checked',
        namespaced: scope === 0,
        knownFinalizers: !anyFinalizer.has(group) && !anyFinalizer.has(key),
        keepsGeneration: !countedFromOne.has(group) && !countedFromOne.has(key),
      });
    }
  }
}

/** Of other people, defined by a CustomResourceDefinition. */
const customKind: ObjectKind = {
  name: dnsSubdomain,
  nameOptional: false,
  prefix: 'checked',
  namespaced: true,
  knownFinalizers: false,
  keepsGeneration: false,
};

const nameForms = new Map([...kinds].map(([key, { name }]) => [key.slice(key.indexOf('.') + 1), name]));

/** What the names of a kind of Kubernetes' own have to look like; null for all other kinds. */
export function nameForm(kind: string): Form | null {
  return nameForms.get(kind) ?? null;
}

/** By type, whatever its version: `apps/v1.Deployment`. */
const byType = new Map<string, ObjectKind | null>();

/** Null for what is not stored as it is written, such as a review, and for kinds nobody defined here. */
export function objectKind({ type, parent }: Field): ObjectKind | null {
  if (parent !== null || type?.kind !== 'object') return null;
  if (type.definition !== undefined) return customKind;
  const known = byType.get(type.name);
  if (known !== undefined) return known;
  const kind = kinds.get(type.name.replace(/\/[^.]*/, '')) ?? null;
  byType.set(type.name, kind);
  return kind;
}
