import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, requireText } from '../values.ts';
import { isDescending, isVolumePath, leadsUp } from './paths.ts';

export const volumePathInvalid: Rule = {
  code: 'volume-path-invalid',
  title: 'Path that leads out of its volume',
  origin: 'server',
  severity: 'error',
  docs: `
A file of a volume is named by its path inside the volume: relative, without \`..\`, and not beginning with two dots. Each
item of a ConfigMap or Secret needs the \`key\` it comes from and the \`path\` it goes to. A folder of a node or of a
repository must not have \`..\` in its path either.

\`\`\`yaml
# bad
items:
  - { key: app.conf, path: /etc/app.conf }
# good
items:
  - { key: app.conf, path: app.conf }
\`\`\`
`,
  visit: {
    'core/v1.KeyToPath'(item, visit) {
      requireText(item, 'key', visit);
      requireText(item, 'path', visit);
      checkVolumePath(item.get('path'), item.get('path').path, visit);
    },
    'core/v1.DownwardAPIVolumeFile'(file, visit) {
      // The server names the volume without the file.
      const { path } = file.parent?.parent?.get('path') ?? file;
      if (goText(file.get('path')) === '')
        visit.missing(file, 'path', message('{0} is required; add it', 'path'), { path });
      checkVolumePath(file.get('path'), path, visit);
    },
    'core/v1.ServiceAccountTokenProjection'(token, visit) {
      // The server names the projected volume, as if the path were its own.
      const { path } = token.up('core/v1.ProjectedVolumeSource')?.get('path') ?? token;
      if (goText(token.get('path')) === '')
        visit.missing(token, 'path', message('{0} is required; add it', 'path'), { path });
      checkVolumePath(token.get('path'), path, visit);
    },
    'core/v1.HostPathVolumeSource': checkFolder,
    'core/v1.LocalVolumeSource': checkFolder,
    'core/v1.GitRepoVolumeSource'(repository, visit) {
      const directory = repository.get('directory');
      const path = directory.text();
      if (path !== null && !isDescending(path)) visit.report(directory, outside(path));
    },
  },
};

function checkFolder(source: Field, visit: Visit): void {
  if (!requireText(source, 'path', visit)) return;
  const path = source.get('path').text();
  if (path !== null && leadsUp(path))
    visit.report(source.get('path'), message('"{0}" must not contain ".."; write the folder itself', path));
}

function checkVolumePath(field: Field, place: string, visit: Visit): void {
  const path = field.text();
  if (path !== null && !isVolumePath(path)) visit.report(field, outside(path), { path: place });
}

function outside(path: string): ReturnType<typeof message> {
  return message('"{0}" leads out of the volume; write a relative path without ".."', path);
}
