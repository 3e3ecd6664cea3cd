import { message } from '../../finding.ts';
import { before, lifecycleOf } from '../../schema/history/index.ts';
import type { Rule } from '../rule.ts';

export const kindTooNew: Rule = {
  code: 'kind-too-new',
  title: 'Kind that the target version does not have yet',
  origin: 'server',
  severity: 'error',
  docs: `
This kind, or this API version of it, came with a later Kubernetes than the one the manifest is checked for. A server of
the target version does not know it and refuses the object. Leave the object out, or set the Kubernetes version to that
of the cluster.

\`\`\`yaml
# bad for 1.31: networking.k8s.io/v1 has ServiceCIDR since 1.33
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
\`\`\`
`,
  visit: {
    root(object, visit) {
      const { schema } = visit.context;
      const apiVersion = object.get('apiVersion').text();
      const kind = object.get('kind').text();
      if (schema.version === null || apiVersion === null || kind === null) return;
      const introduced = lifecycleOf(apiVersion, kind)?.introduced ?? null;
      if (introduced === null || !before(schema.version, introduced)) return;
      if (schema.typeOf(apiVersion, kind) !== null) return;
      visit.report(
        object.get('apiVersion'),
        message(
          '{0} of {1} came with Kubernetes {2}; the target is {3}',
          kind,
          apiVersion,
          introduced,
          schema.version,
        ),
      );
    },
  },
};
