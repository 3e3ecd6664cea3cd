import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { before, lifecycleOf } from '../../schema/history/index.ts';
import type { Rule, Visit } from '../rule.ts';
import { moveFixes } from './move.ts';
import { successorOf } from './successor.ts';

export const apiVersionRemoved: Rule = {
  code: 'api-version-removed',
  title: 'API version that was removed',
  origin: 'server',
  severity: 'error',
  docs: `
Kubernetes removes an old API version of a kind some time after a newer one has come. A server of the target version
does not know it any more and refuses the object; objects that exist already stay, and are served in the newer version.

The quick fix moves an object to the newer version where that is a matter of form: the apiVersion, and fields that got
other names or places, such as the service of an Ingress. Where it takes a decision, none is offered:

- \`PodSecurityPolicy\` has no successor; label namespaces for Pod Security admission, or use another admission controller.
- \`CustomResourceDefinition\` of v1 needs a structural schema for each version.
- A webhook of v1 must declare \`sideEffects: None\` or \`NoneOnDryRun\`.
- \`PodDisruptionBudget\` with \`selector: {}\` selected no pod in v1beta1, and selects all of them in v1.
- \`PriorityLevelConfiguration\` with 0 shares got the default in v1beta3, and gets none in v1.

Defaults changed with some versions. A \`DaemonSet\` of extensions/v1beta1 and a \`StatefulSet\` of apps/v1beta1 waited
for their pods to be deleted (\`updateStrategy: OnDelete\`); those of apps/v1 replace them.

\`\`\`yaml
# bad
apiVersion: batch/v1beta1
kind: CronJob
# good
apiVersion: batch/v1
kind: CronJob
\`\`\`
`,
  visit: { root: visitRoot },
};

function visitRoot(object: Field, visit: Visit): void {
  const { schema } = visit.context;
  const apiVersion = object.get('apiVersion').text();
  const kind = object.get('kind').text();
  if (schema.version === null || apiVersion === null || kind === null) return;
  const removed = lifecycleOf(apiVersion, kind)?.removed ?? null;
  // A cluster that says it has the kind, has it.
  if (removed === null || before(schema.version, removed) || schema.typeOf(apiVersion, kind) !== null) return;
  const successor = successorOf(apiVersion, kind, schema);
  const fixes = successor === null ? [] : moveFixes(object, kind, successor, visit.context);
  visit.report(object.get('apiVersion'), sentence(apiVersion, kind, removed, successor, fixes.length > 0), {
    fixes,
  });
}

function sentence(
  apiVersion: string,
  kind: string,
  removed: string,
  successor: string | null,
  fixed: boolean,
): Message {
  if (kind === 'PodSecurityPolicy')
    return message('Kubernetes {0} removed {1}; label namespaces for Pod Security admission', removed, kind);
  if (successor === null)
    return message('Kubernetes {0} removed {1} of {2}; nothing took its place', removed, kind, apiVersion);
  return fixed
    ? message('Kubernetes {0} removed {1} of {2}; use {3}', removed, kind, apiVersion, successor)
    : message(
        'Kubernetes {0} removed {1} of {2}; rewrite it for {3}, where it differs',
        removed,
        kind,
        apiVersion,
        successor,
      );
}
