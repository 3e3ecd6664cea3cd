import { message } from '../../finding.ts';
import { isExtendedResource } from '../resource-names.ts';
import type { Rule } from '../rule.ts';
import { checkConfiguration, checkCount, checkSelectors } from './devices.ts';

const MOST_CONFIGURATIONS = 32;

export const deviceClassInvalid: Rule = {
  code: 'device-class-invalid',
  title: 'DeviceClass that selects nothing',
  origin: 'server',
  severity: 'error',
  docs: `
Selectors of a DeviceClass have \`cel\` with an expression, its configurations are \`opaque\` with a driver and parameters,
and \`extendedResourceName\` is a name with a domain that is not Kubernetes' own. Whether the expressions compile, only
the API server can tell.

\`\`\`yaml
# bad
selectors:
  - expression: device.driver == 'gpu.example.com'
# good
selectors:
  - cel: { expression: device.driver == 'gpu.example.com' }
\`\`\`
`,
  visit: {
    'resource/v1.DeviceClassSpec'(spec, visit) {
      checkSelectors(spec.get('selectors'), visit);
      if (checkCount(spec.get('config'), MOST_CONFIGURATIONS, visit))
        for (const config of spec.get('config').items()) checkConfiguration(config, visit);
      const name = spec.get('extendedResourceName');
      const text = name.text();
      if (text !== null && !isExtendedResource(text))
        visit.report(
          name,
          message('extendedResourceName cannot be "{0}"; write one such as example.com/gpu', text),
        );
    },
  },
};
