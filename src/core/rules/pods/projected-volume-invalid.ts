import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkRange, requireText } from '../values.ts';

const SHORTEST_TOKEN = 600;
const LONGEST_TOKEN = 2 ** 32;
/** Sources the server looks at. It drops those of features that are not switched on. */
const sources = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'];

export const projectedVolumeInvalid: Rule = {
  code: 'projected-volume-invalid',
  title: 'Projected volume that cannot be put together',
  origin: 'server',
  severity: 'error',
  docs: `
A projected volume puts several sources into one folder. Each entry of \`sources\` holds one of them, secrets and
ConfigMaps by their names; no two may write the same path. A service account's token lives at least 600 seconds.

\`\`\`yaml
# bad
projected:
  sources:
    - serviceAccountToken: { path: token, expirationSeconds: 60 }
# good
projected:
  sources:
    - serviceAccountToken: { path: token, expirationSeconds: 3600 }
\`\`\`
`,
  visit: {
    'core/v1.ProjectedVolumeSource'(volume, visit) {
      const paths = new Set<string>();
      for (const source of volume.get('sources').items()) checkPaths(volume, source, paths, visit);
    },
    'core/v1.VolumeProjection'(source, visit) {
      if (sources.filter((key) => source.get(key).written).length > 1)
        visit.report(
          source,
          message('An entry of a projected volume holds one source; move the others to entries'),
        );
      for (const key of ['secret', 'configMap'])
        if (source.get(key).written) requireText(source.get(key), 'name', visit);
      const token = source.get('serviceAccountToken');
      const expiry = token.get('expirationSeconds');
      if (token.written && expiry.written) checkRange(expiry, SHORTEST_TOKEN, LONGEST_TOKEN, visit);
    },
  },
};

function checkPaths(volume: Field, source: Field, paths: Set<string>, visit: Visit): void {
  for (const key of ['secret', 'configMap', 'downwardAPI']) {
    for (const item of source.get(key).get('items').items()) {
      const path = item.get('path').text();
      if (path === null || path === '') continue;
      if (paths.has(path))
        visit.report(item.get('path'), message('Two sources write {0}; change one of the paths', path), {
          path: volume.path,
        });
      paths.add(path);
    }
  }
}
