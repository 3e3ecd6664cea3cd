import type { WorkloadArgument } from '../../contributions.ts';

/** What a log's document shows, as its address says it: VS Code opens the document again from nothing else. */
export interface LogAddress extends WorkloadArgument {
  /** Absent: all containers. */
  readonly container?: string;
}

/** The parts of a document's URI. */
export interface AddressParts {
  readonly path: string;
  readonly query: string;
}

/** A name in a path holds no slash; this one looks like it. */
const slash = '\u2215';

export function partsOf(address: LogAddress): AddressParts {
  const { context, namespace } = address;
  const folder = [context, namespace].map((part) => part.replaceAll('/', slash)).join('/');
  return { path: `/${folder}/${titleOf(address)}`, query: JSON.stringify(address) };
}

/** `web logs (dev ∕ shop)`: the document's name, and so the title of its tab. */
export function titleOf({ context, namespace, name, container }: LogAddress): string {
  const what = container === undefined ? name : `${name}${slash}${container}`;
  return `${what} logs (${context} ${slash} ${namespace})`.replaceAll('/', slash);
}

/** null where the query is none of ours. */
export function addressOf(query: string): LogAddress | null {
  let read: unknown;
  try {
    read = JSON.parse(query);
  } catch {
    // Somebody's own words after the scheme.
    return null;
  }
  const fields = typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  const { context, namespace, apiVersion, kind, name, uid, container } = fields;
  if (!isText(context) || !isText(namespace) || !isText(apiVersion) || !isText(kind) || !isText(name)) {
    return null;
  }
  return {
    context,
    namespace,
    apiVersion,
    kind,
    name,
    ...(isText(uid) && { uid }),
    ...(isText(container) && { container }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
