import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmptyMap } from '../values.ts';
import { checkParameters } from './parameters.ts';
import { checkProvisioner } from './storage-class-invalid.ts';

export const volumeAttributesClassInvalid: Rule = {
  code: 'volume-attributes-class-invalid',
  title: 'VolumeAttributesClass that changes nothing',
  origin: 'server',
  severity: 'error',
  docs: `
A VolumeAttributesClass names the storage driver it is for, in \`driverName\`, and has at least one parameter.

\`\`\`yaml
# bad
driverName: csi.example.com
# good
driverName: csi.example.com
parameters: { iops: "4000" }
\`\`\`
`,
  visit: {
    'storage/v1.VolumeAttributesClass': checkClass,
  },
};

function checkClass(attributes: Field, visit: Visit): void {
  checkProvisioner(attributes, 'driverName', visit);
  const parameters = attributes.get('parameters');
  if (isEmptyMap(parameters))
    visit.missing(
      attributes,
      'parameters',
      message('A class of volume attributes needs a parameter; add it'),
    );
  else checkParameters(parameters, visit);
}
