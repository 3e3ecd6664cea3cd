import * as vscode from 'vscode';
import type { ObjectTarget } from '../../platform/objects.ts';

/** Names of contexts and roles may hold what ends a part of a path. */
const escape = (part: string): string => part.replace(/[%/\\?#]/g, encodeURIComponent);

/** A cluster-scoped object stands below this; no namespace can be called so. */
const noNamespace = '-';

/**
 * Address of an object's document: `elastic-object:/dev/shop/Deployment/web.yaml?apps/v1`. The kind alone does not say
 * which API it is of. A title is one part more, which an editor shows as its name and nobody reads back.
 */
export function uriOf(scheme: string, target: ObjectTarget, extension: string, title?: string): vscode.Uri {
  const { context, namespace, kind, name, apiVersion } = target;
  const parts = [context, namespace ?? noNamespace, kind, `${name}.${extension}`].map(escape);
  // A slash would end the part; this one only looks like it.
  if (title !== undefined) parts.push(title.replace(/[/\\]/g, '∕'));
  return vscode.Uri.from({ scheme, path: `/${parts.join('/')}`, query: apiVersion });
}

/** The object of such an address; null when it is not one. */
export function targetOfUri({ path, query }: vscode.Uri): ObjectTarget | null {
  const [, context, namespace, kind, file] = path.split('/').map(unescapePart);
  const name = file === undefined ? undefined : /^(.+)\.[a-z]+$/.exec(file)?.[1];
  if (context === undefined || namespace === undefined || kind === undefined || name === undefined)
    return null;
  if (query === '') return null;
  return { context, namespace: namespace === noNamespace ? null : namespace, kind, name, apiVersion: query };
}

function unescapePart(part: string): string {
  return part.replace(/%(?:25|2F|5C|3F|23)/gi, decodeURIComponent);
}
