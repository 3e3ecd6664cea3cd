import { message } from '../../finding.ts';
import type { Fix, TextEdit } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import { appendItem, appendLines } from '../edits.ts';
import { isDnsLabel } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, isEmpty } from '../values.ts';
import { containersOf } from './pod.ts';
import { volumesOf } from './volumes.ts';

export const volumeMissing: Rule = {
  code: 'volume-missing',
  title: 'Mount of a volume the pod does not have',
  origin: 'server',
  severity: 'error',
  docs: `
A container mounts volumes by name, and the pod has no volume of this one. Add it to the pod's \`volumes\` (of a
StatefulSet, a claim in \`volumeClaimTemplates\` counts as well), or correct the name.

\`\`\`yaml
# bad
containers:
  - name: web
    volumeMounts: [{ name: confg, mountPath: /etc/web }]
volumes:
  - name: config
    configMap: { name: web }
# good
containers:
  - name: web
    volumeMounts: [{ name: config, mountPath: /etc/web }]
volumes:
  - name: config
    configMap: { name: web }
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      let volumes: ReadonlyMap<string, Field> | null = null;
      for (const container of containersOf(spec)) {
        for (const list of ['volumeMounts', 'volumeDevices']) {
          if (!container.has(list)) continue;
          for (const mount of container.get(list).items()) {
            volumes ??= volumesOf(spec);
            checkMount(spec, mount.get('name'), volumes, visit);
          }
        }
      }
    },
  },
};

function checkMount(spec: Field, name: Field, volumes: ReadonlyMap<string, Field>, visit: Visit): void {
  const text = name.text();
  if (text === null || isEmpty(name) || volumes.has(text)) return;
  const list = spec.get('volumes');
  const known = nearestWord(text, volumes.keys());
  const missing =
    known === null
      ? message('The pod has no volume "{0}"; add it to volumes', text)
      : message('The pod has no volume "{0}"; did you mean {1}?', text, known);
  // What is missing is the volume: part of it may be elsewhere, or unreadable.
  visit.missing(list.written ? list : spec, '', missing, {
    path: name.path,
    range: name.range,
    fixes: [...(known === null ? [] : changeTo(name, known)), ...addVolume(spec, text, visit)],
  });
}

/** An empty folder lets the pod run; what should really be in it only its author knows. */
function addVolume(spec: Field, name: string, visit: Visit): readonly Fix[] {
  const { text } = visit.context.document;
  const { node } = spec;
  const volumes = spec.get('volumes').node;
  const lines = [`name: ${name}`, 'emptyDir: {}'];
  let edit: TextEdit | null = null;
  if (volumes?.type === 'sequence') edit = appendItem(text, volumes, lines);
  else if (volumes === null && node?.type === 'mapping')
    edit = appendLines(text, node, ['volumes:', `  - ${lines[0] ?? ''}`, `    ${lines[1] ?? ''}`]);
  return edit === null || !isDnsLabel(name)
    ? []
    : [{ title: message('Add an empty volume {0}', name), edits: [edit], preferred: false }];
}
