import { message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import { checkDivisor } from '../divisors.ts';
import { isQualifiedName } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, goText, isEmpty, listOf } from '../values.ts';

const fields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];
/** `metadata.labels['app']`. */
const subscripted = /^metadata\.(labels|annotations)\['(.*)'\]$/s;
const resources = /^(?:requests|limits)\.(?:cpu|memory|ephemeral-storage|hugepages-.*)$/;

export const downwardApiInvalid: Rule = {
  code: 'downward-api-invalid',
  title: 'Fact about a pod that no file can hold',
  origin: 'server',
  severity: 'error',
  docs: `
Each file of a \`downwardAPI\` volume holds one fact: with \`fieldRef\` the pod's name, namespace, uid, labels or
annotations, or one of these; with \`resourceFieldRef\` a container's request or limit, the container by its name.

\`\`\`yaml
# bad
items:
  - path: node
    fieldRef: { fieldPath: spec.nodeName }
# good
items:
  - path: labels
    fieldRef: { fieldPath: metadata.labels }
\`\`\`
`,
  visit: {
    'core/v1.DownwardAPIVolumeFile'(file, visit) {
      const [field, resource] = [file.get('fieldRef'), file.get('resourceFieldRef')];
      // The server names the volume without the file.
      const place = file.parent?.parent ?? file;
      if (field.written === resource.written) {
        if (!field.written && visit.context.patch) return;
        visit.report(file, message('A file needs either fieldRef or resourceFieldRef; write one'), {
          path: place.path,
        });
      }
      if (field.written) checkField(field, place.get('fieldRef').path, visit);
      else if (resource.written) checkResource(resource, place.get('resourceFieldRef').path, visit);
    },
  },
};

function checkField(ref: Field, place: string, visit: Visit): void {
  const field = ref.get('fieldPath');
  if (isEmpty(field)) {
    visit.missing(ref, 'fieldPath', message('{0} is required; add it', 'fieldPath'), {
      path: `${place}.fieldPath`,
    });
    return;
  }
  const [version, path] = [goText(ref.get('apiVersion')), field.text()];
  if (version === null || path === null) return;
  const one = subscripted.exec(path);
  if (one !== null) {
    const key = one[2] ?? '';
    const label = one[1] === 'labels' ? key : key.toLowerCase();
    if (!isQualifiedName(label))
      visit.report(field, message('"{0}" cannot be the key of a label or annotation', key), { path: place });
  }
  if (version === '' || version === 'v1') if (one !== null || fields.includes(path)) return;
  const meant = nearestWord(path, fields);
  visit.report(field, message('A file cannot hold {0}; use {1}', path, listOf(fields)), {
    path: `${place}.fieldPath`,
    fixes: meant === null ? [] : changeTo(field, meant),
  });
}

function checkResource(ref: Field, place: string, visit: Visit): void {
  const resource = ref.get('resource');
  const absent = ['containerName', 'resource'].find((key) => isEmpty(ref.get(key)));
  const name = resource.text();
  if (absent !== undefined)
    visit.missing(ref, absent, message('{0} is required; add it', absent), { path: `${place}.${absent}` });
  else if (name !== null && !resources.test(name))
    visit.report(resource, message('"{0}" is no request or limit; write one such as limits.memory', name), {
      path: `${place}.resource`,
    });
  if (name !== null && resources.test(name))
    checkDivisor(ref.get('divisor'), name, visit, { path: `${place}.divisor` });
}
