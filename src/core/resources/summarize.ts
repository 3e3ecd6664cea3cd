import { message } from '../finding.ts';
import { summarizeBinding, summarizeRole, summarizeServiceAccount } from './access.ts';
import { summarizeAny } from './any.ts';
import { summarizeAutoscaler, summarizeBudget } from './autoscaler.ts';
import { summarizeConfiguration } from './configuration.ts';
import { summarizeCustom } from './custom.ts';
import { summarizeDefinition } from './definition.ts';
import type { PrinterColumn } from './definition.ts';
import { summarizeEvent } from './event.ts';
import { isDeleting, kindKeyOf, partsOf } from './fields.ts';
import { summarizeGateway, summarizeGatewayClass, summarizePolicy, summarizeRoute } from './gateway.ts';
import { summarizeIngress, summarizeIngressClass } from './ingress.ts';
import { summarizeNetworkPolicy } from './network-policy.ts';
import { summarizeNode } from './node.ts';
import {
  summarizeApiService,
  summarizeLease,
  summarizeNamespace,
  summarizePriorityClass,
  summarizeRevision,
  summarizeSigningRequest,
  summarizeWebhooks,
} from './others.ts';
import { summarizeLimitRange, summarizeQuota } from './quota.ts';
import { summarizeCronJob } from './schedule.ts';
import { summarizeEndpoints, summarizeEndpointSlice, summarizeService } from './service.ts';
import { summarizeAttachment, summarizeClaim, summarizeStorageClass, summarizeVolume } from './storage.ts';
import type { ResourceSummary } from './summary.ts';
import { summarizeWorkload } from './workloads.ts';

/** Summarizes an object of one kind; `now` in milliseconds since 1970. */
type Summarizer = (object: unknown, now: number) => ResourceSummary;

const gateways = 'gateway.networking.k8s.io';
const access = 'rbac.authorization.k8s.io';

/** By API group and kind: the version does not matter, the fields read are the same in all that are served. */
const summarizers: ReadonlyMap<string, Summarizer> = new Map<string, Summarizer>([
  ['/ConfigMap', summarizeConfiguration],
  ['/Endpoints', summarizeEndpoints],
  ['/Event', summarizeEvent],
  ['/LimitRange', summarizeLimitRange],
  ['/Namespace', summarizeNamespace],
  ['/Node', summarizeNode],
  ['/PersistentVolume', summarizeVolume],
  ['/PersistentVolumeClaim', summarizeClaim],
  ['/Pod', summarizeWorkload],
  ['/ReplicationController', summarizeWorkload],
  ['/ResourceQuota', summarizeQuota],
  ['/Secret', summarizeConfiguration],
  ['/Service', summarizeService],
  ['/ServiceAccount', summarizeServiceAccount],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', summarizeWebhooks],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', summarizeWebhooks],
  ['apiextensions.k8s.io/CustomResourceDefinition', summarizeDefinition],
  ['apiregistration.k8s.io/APIService', summarizeApiService],
  ['apps/ControllerRevision', summarizeRevision],
  ['apps/DaemonSet', summarizeWorkload],
  ['apps/Deployment', summarizeWorkload],
  ['apps/ReplicaSet', summarizeWorkload],
  ['apps/StatefulSet', summarizeWorkload],
  ['autoscaling/HorizontalPodAutoscaler', summarizeAutoscaler],
  ['batch/CronJob', summarizeCronJob],
  ['batch/Job', summarizeWorkload],
  ['certificates.k8s.io/CertificateSigningRequest', summarizeSigningRequest],
  ['coordination.k8s.io/Lease', summarizeLease],
  ['discovery.k8s.io/EndpointSlice', summarizeEndpointSlice],
  ['events.k8s.io/Event', summarizeEvent],
  [`${gateways}/BackendTLSPolicy`, summarizePolicy],
  [`${gateways}/GRPCRoute`, summarizeRoute],
  [`${gateways}/Gateway`, summarizeGateway],
  [`${gateways}/GatewayClass`, summarizeGatewayClass],
  [`${gateways}/HTTPRoute`, summarizeRoute],
  [`${gateways}/TCPRoute`, summarizeRoute],
  [`${gateways}/TLSRoute`, summarizeRoute],
  [`${gateways}/UDPRoute`, summarizeRoute],
  ['networking.k8s.io/Ingress', summarizeIngress],
  ['networking.k8s.io/IngressClass', summarizeIngressClass],
  ['networking.k8s.io/NetworkPolicy', summarizeNetworkPolicy],
  ['policy/PodDisruptionBudget', summarizeBudget],
  [`${access}/ClusterRole`, summarizeRole],
  [`${access}/ClusterRoleBinding`, summarizeBinding],
  [`${access}/Role`, summarizeRole],
  [`${access}/RoleBinding`, summarizeBinding],
  ['scheduling.k8s.io/PriorityClass', summarizePriorityClass],
  ['storage.k8s.io/StorageClass', summarizeStorageClass],
  ['storage.k8s.io/VolumeAttachment', summarizeAttachment],
]);

/**
 * What a row and a description say of one object, from its JSON as the API server sends it (items of a list need
 * their apiVersion and kind put back). A kind nobody knows is read by what controllers agree on, and by the
 * columns of its definition where they are given. Never throws.
 */
export function summarize(
  object: unknown,
  now: number,
  columns: readonly PrinterColumn[] = [],
): ResourceSummary {
  const parts = partsOf(object);
  const summarizer = summarizers.get(kindKeyOf(object));
  const summary = summarizer === undefined ? summarizeOther(object, now, columns) : summarizer(object, now);
  if (!isDeleting(parts) || summary.health === 'failed') return summary;
  return { ...summary, health: 'progressing', reason: summary.reason ?? message('It is being deleted') };
}

/** Whether its kind has a summary of its own, which says what matters of it. */
export function isKnownKind(object: unknown): boolean {
  return summarizers.has(kindKeyOf(object));
}

function summarizeOther(object: unknown, now: number, columns: readonly PrinterColumn[]): ResourceSummary {
  return columns.length === 0 ? summarizeAny(object) : summarizeCustom(object, columns, now);
}
