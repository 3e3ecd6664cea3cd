import type { TextEdit } from '../../finding.ts';
import { columnOf } from '../../manifest/text.ts';
import type { Field } from '../../schema/field.ts';
import { podOf } from '../../workspace/collect.ts';
import type { Proposal } from '../proposal.ts';
import type { Site } from '../site.ts';

/** A mount together with the volume it mounts, which is put above the containers. */
export function withMount(site: Site): readonly Proposal[] {
  const { object, siblings, column } = site;
  if (object === null || siblings.has('volumeMounts')) return [];
  const spec = podOf(object, object.get('apiVersion').text() ?? '', object.get('kind').text() ?? '')?.get(
    'spec',
  );
  const name = spec === undefined ? null : freeName(spec);
  const edit = spec === undefined || name === null ? null : volumeEdit(site, spec, name);
  if (edit === null || name === null) return [];
  const indent = `\n${' '.repeat(column + 2)}`;
  return [
    {
      label: 'volumeMounts (with a volume)',
      kind: 'snippet',
      insert: ['volumeMounts:', `- name: ${name}`, '  mountPath: ${1:/data}'].join(indent),
      snippet: true,
      rank: '5',
      also: [edit],
    },
  ];
}

function freeName(spec: Field): string {
  const taken = new Set(
    spec
      .get('volumes')
      .items()
      .map((volume) => volume.get('name').text()),
  );
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'data' : `data-${count}`;
    if (!taken.has(name)) return name;
  }
}

/** Null where the containers, or the volumes there are, are not in block style. */
function volumeEdit({ text, document }: Site, spec: Field, name: string): TextEdit | null {
  const start = document?.range.start ?? 0;
  const volumes = spec.get('volumes');
  const first = volumes.items()[0];
  const at = first?.node?.range.start ?? spec.get('containers').entry?.keyRange.start;
  if (at === undefined) return null;
  const line = text.slice(at - columnOf(text, at), at);
  if (!/^[ ]*(?:- )?$/.test(line) || line.endsWith('- ') !== (first !== undefined)) return null;
  const column = line.length - (first === undefined ? 0 : 2);
  const lead =
    first === undefined
      ? ['volumes:', `  - name: ${name}`, '    emptyDir: {}']
      : [`- name: ${name}`, '  emptyDir: {}'];
  const newText = lead.map((one) => ' '.repeat(column) + one).join('\n') + '\n';
  const offset = start + at - line.length;
  return { range: { start: offset, end: offset }, newText };
}
