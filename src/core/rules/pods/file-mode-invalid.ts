import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo } from '../values.ts';

const LARGEST_MODE = 0o777;

export const fileModeInvalid: Rule = {
  code: 'file-mode-invalid',
  title: 'File mode out of range',
  origin: 'server',
  severity: 'error',
  docs: `
The mode of a file is a number from 0 to 0777 in octal, which is 511. YAML reads a number as octal only when it begins
with a 0: \`0600\` is what \`chmod 600\` means, \`600\` is the decimal number, too large for a mode. Decimal numbers that
are not too large are taken as they are: \`400\` is \`0620\`.

\`\`\`yaml
# bad
defaultMode: 600
# good
defaultMode: 0600
\`\`\`
`,
  visit: {
    'core/v1.SecretVolumeSource': checkDefault,
    'core/v1.ConfigMapVolumeSource': checkDefault,
    'core/v1.DownwardAPIVolumeSource': checkDefault,
    'core/v1.ProjectedVolumeSource': checkDefault,
    'core/v1.KeyToPath'(item, visit) {
      checkMode(item.get('mode'), item.get('mode').path, visit);
    },
    'core/v1.DownwardAPIVolumeFile'(file, visit) {
      // The server names the volume without the file.
      checkMode(file.get('mode'), file.parent?.parent?.get('mode').path ?? '', visit);
    },
  },
};

function checkDefault(source: Field, visit: Visit): void {
  const mode = source.get('defaultMode');
  if (mode.written) checkMode(mode, mode.path, visit);
}

function checkMode(mode: Field, path: string, visit: Visit): void {
  const value = mode.number();
  if (value === null || (value >= 0 && value <= LARGEST_MODE)) return;
  const octal = octalOf(mode);
  visit.report(
    mode,
    octal === null
      ? message('A file mode must be from 0 to 0777 in octal; change it')
      : message('{0} is decimal here, too large for a file mode; write {1}', value, octal),
    { path, fixes: octal === null ? [] : changeTo(mode, octal) },
  );
}

/** `0600` for `600`; null where the digits are no octal mode. */
function octalOf({ node }: Field): string | null {
  const source = node?.type === 'scalar' ? node.source : '';
  return /^[0-7]{3}$/.test(source) ? `0${source}` : null;
}
