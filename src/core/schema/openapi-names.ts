/** How Kubernetes names its types in OpenAPI, and how they are called here. */

const prefixes = [
  'io.k8s.api.',
  'io.k8s.apimachinery.pkg.apis.',
  'io.k8s.apiextensions-apiserver.pkg.apis.',
  'io.k8s.kube-aggregator.pkg.apis.',
] as const;

/** `io.k8s.api.core.v1.Container` → `core/v1.Container`; the types of others keep their whole name. */
export function typeNameOf(definition: string): string {
  const prefix = prefixes.find((one) => definition.startsWith(one));
  if (prefix === undefined) return definition;
  const [group = '', version, ...name] = definition.slice(prefix.length).split('.');
  return name.length === 0 ? definition : `${group}/${version ?? ''}.${name.join('.')}`;
}

/**
 * The name under which the server publishes a custom kind: its group backwards, its version, its kind. Types that are
 * compiled into a server have other names, whatever their group.
 */
export function customName(group: string, version: string, kind: string): string {
  return [...group.split('.').reverse(), version, kind].join('.');
}

/** What these are is said by their names: their schemas tell as much as a text or a number. */
const leaves: ReadonlyMap<string, string> = new Map([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', 'q'],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', 'x'],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', 't'],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime', 'u'],
]);

/** Specification of a type that is a single value; null for all others. */
export function leafOf(definition: string): string | null {
  return leaves.get(definition) ?? null;
}
