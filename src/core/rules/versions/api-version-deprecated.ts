import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { before, lifecycleOf } from '../../schema/history/index.ts';
import type { Lifecycle } from '../../schema/history/index.ts';
import type { Rule, Visit } from '../rule.ts';
import { moveFixes } from './move.ts';
import { successorOf } from './successor.ts';

export const apiVersionDeprecated: Rule = {
  code: 'api-version-deprecated',
  title: 'API version that will be removed',
  origin: 'advice',
  severity: 'warning',
  docs: `
Servers of the target version still take this API version, and warn that a later Kubernetes will not. Move to the newer
version before the cluster is upgraded: the manifest can then be applied before and after.

\`\`\`yaml
# bad: a cluster of 1.30 takes it, one of 1.32 refuses it
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
# good
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
\`\`\`
`,
  visit: { root: visitRoot },
};

function visitRoot(object: Field, visit: Visit): void {
  const { schema } = visit.context;
  const apiVersion = object.get('apiVersion').text();
  const kind = object.get('kind').text();
  if (schema.version === null || apiVersion === null || kind === null) return;
  const lifecycle = lifecycleOf(apiVersion, kind);
  if (lifecycle === null || !isDeprecated(lifecycle, schema.version)) return;
  const successor = successorOf(apiVersion, kind, schema);
  const fixes = successor === null ? [] : moveFixes(object, kind, successor, visit.context);
  visit.report(object.get('apiVersion'), sentence(apiVersion, kind, lifecycle, successor), { fixes });
}

function isDeprecated({ introduced, deprecated, removed }: Lifecycle, version: string): boolean {
  if (deprecated === null || before(version, deprecated)) return false;
  if (introduced !== null && before(version, introduced)) return false;
  return removed === null || before(version, removed);
}

function sentence(
  apiVersion: string,
  kind: string,
  { removed, replacement, replacementKind }: Lifecycle,
  successor: string | null,
): Message {
  if (replacement !== null && replacementKind !== null)
    return message('{0} is deprecated; use {1} of {2}', kind, replacementKind, replacement);
  // Of v1, which stays: these are not removed.
  if (removed === null) return message('{0} is deprecated; do without it', kind);
  return successor === null
    ? message('Kubernetes {0} removes {1} of {2}; plan to do without it', removed, kind, apiVersion)
    : message('Kubernetes {0} removes {1} of {2}; use {3}', removed, kind, apiVersion, successor);
}
