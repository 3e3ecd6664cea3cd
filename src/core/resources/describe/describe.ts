import { kindKeyOf } from '../fields.ts';
import { isKnownKind } from '../summarize.ts';
import { describeFields } from './fields.ts';
import { describeNode } from './node.ts';
import { conditionsSection, eventsSection, overview } from './overview.ts';
import {
  describeBinding,
  describeEndpointSlice,
  describeIngress,
  describeKeys,
  describeLimitRange,
  describeQuota,
  describeRole,
  describeService,
} from './parts.ts';
import { describePod, podsSection } from './pods.ts';
import type { Describer, DescriptionSection, Related } from './section.ts';
import { describeWorkload } from './workloads.ts';

const access = 'rbac.authorization.k8s.io';

const describers: ReadonlyMap<string, Describer> = new Map<string, Describer>([
  ['/ConfigMap', describeKeys],
  ['/LimitRange', describeLimitRange],
  ['/Node', describeNode],
  ['/Pod', describePod],
  ['/ReplicationController', describeWorkload],
  ['/ResourceQuota', describeQuota],
  ['/Secret', describeKeys],
  ['/Service', describeService],
  ['apps/DaemonSet', describeWorkload],
  ['apps/Deployment', describeWorkload],
  ['apps/ReplicaSet', describeWorkload],
  ['apps/StatefulSet', describeWorkload],
  ['batch/CronJob', describeWorkload],
  ['batch/Job', describeWorkload],
  ['discovery.k8s.io/EndpointSlice', describeEndpointSlice],
  ['networking.k8s.io/Ingress', describeIngress],
  [`${access}/ClusterRole`, describeRole],
  [`${access}/ClusterRoleBinding`, describeBinding],
  [`${access}/Role`, describeRole],
  [`${access}/RoleBinding`, describeBinding],
]);

/**
 * What there is to say of an object, in the order of interest: what it is and how it does, what it is made of, its
 * conditions, its pods, its events. Data only: whoever shows it translates and lays it out. Values of a Secret are
 * never in it. Never throws.
 */
export function describeObject(object: unknown, related: Related): readonly DescriptionSection[] {
  const describer = describers.get(kindKeyOf(object)) ?? (isKnownKind(object) ? () => [] : describeFields);
  return [
    overview(object, related.now),
    ...describer(object, related),
    ...conditionsSection(object, related.now),
    ...podsSection(related.pods, related.now),
    ...eventsSection(related.events, related.now),
  ];
}
