import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { changeTo, goText } from '../values.ts';

export const definitionNameMismatch: Rule = {
  code: 'definition-name-mismatch',
  title: 'CustomResourceDefinition called otherwise than its resource',
  origin: 'server',
  severity: 'error',
  docs: `
A CustomResourceDefinition is called by the plural of its resource and its group, with a dot between them, so that two
definitions of one resource cannot exist.

\`\`\`yaml
# bad
metadata:
  name: place
spec:
  group: maps.example.com
  names: { plural: places, kind: Place }
# good
metadata:
  name: places.maps.example.com
spec:
  group: maps.example.com
  names: { plural: places, kind: Place }
\`\`\`
`,
  visit: {
    'apiextensions/v1.CustomResourceDefinition'(definition, visit) {
      const name = definition.at('metadata.name');
      const plural = definition.at('spec.names.plural');
      const group = definition.at('spec.group');
      const text = name.text();
      const parts = [goText(plural), goText(group)];
      if (text === null || text === '' || parts.includes(null) || text === parts.join('.')) return;
      const absent = [plural, group].find((part) => !part.written);
      const wanted = parts.join('.');
      const said = message('The name must be spec.names.plural and spec.group: {0}; change it', wanted);
      if (absent !== undefined && absent.parent !== null)
        visit.missing(absent.parent, absent.key, said, { path: name.path, range: name.range });
      else visit.report(name, said, { fixes: changeTo(name, wanted) });
    },
  },
};
