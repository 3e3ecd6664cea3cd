/** Names of resources, told apart as Kubernetes 1.36 does (`pkg/apis/core/helper`). */
import { isQualifiedName } from './names.ts';

const ofContainers: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

const counted: ReadonlySet<string> = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const ofQuotas: ReadonlySet<string> = new Set([
  ...ofContainers,
  ...counted,
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
]);

/** `hugepages-2Mi`. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

function isQuotaHugePages(name: string): boolean {
  return isHugePages(name) || name.startsWith('requests.hugepages-');
}

/** One of Kubernetes' own: without a prefix, or with its. */
function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Something a device plugin or an administrator adds: `nvidia.com/gpu`. */
export function isExtendedResource(name: string): boolean {
  return !isNativeResource(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`);
}

/** More of it may be allowed than there is. */
export function isOvercommitAllowed(name: string): boolean {
  return isNativeResource(name) && !isHugePages(name);
}

/** Known to Kubernetes, or qualified by a domain. */
export function isResourceName(name: string): boolean {
  if (!isQualifiedName(name)) return false;
  return name.includes('/') || ofQuotas.has(name) || name === 'storage' || isQuotaHugePages(name);
}

/** What a container may ask for. */
export function isContainerResource(name: string): boolean {
  if (!isResourceName(name)) return false;
  if (!name.includes('/')) return ofContainers.has(name) || isHugePages(name);
  return isNativeResource(name) || isExtendedResource(name);
}

/** What a ResourceQuota may limit. */
export function isQuotaResource(name: string): boolean {
  return isResourceName(name) && (name.includes('/') || isStandardQuotaResource(name));
}

/** One that the quota system knows by itself. */
export function isStandardQuotaResource(name: string): boolean {
  return ofQuotas.has(name) || isQuotaHugePages(name);
}

/** One that is counted in whole numbers. */
export function isCountedResource(name: string): boolean {
  return counted.has(name) || isExtendedResource(name);
}
