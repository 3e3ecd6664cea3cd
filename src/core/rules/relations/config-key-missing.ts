import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import type { Reference, ReferencePart } from '../../workspace/facts.ts';
import type { Relation, Rule } from '../rule.ts';
import { targetsOf } from './missing.ts';
import { otherPlace } from './places.ts';

export const configKeyMissing: Rule = {
  code: 'config-key-missing',
  title: 'Key that a ConfigMap or Secret does not have',
  origin: 'advice',
  severity: 'warning',
  docs: `
A container takes a key from a ConfigMap or Secret that has no such key: it waits in \`CreateContainerConfigError\`, or
the volume is not mounted, until the key is there.

Generators of kustomize count with the keys they give; where a patch changes the object, nothing is said.

\`\`\`yaml
# bad: the key is called LOG_LEVEL
env:
  - name: LOG_LEVEL
    valueFrom: { configMapKeyRef: { name: web, key: LOGLEVEL } }
# good
env:
  - name: LOG_LEVEL
    valueFrom: { configMapKeyRef: { name: web, key: LOG_LEVEL } }
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      if (reference.kind !== 'ConfigMap' && reference.kind !== 'Secret') continue;
      for (const part of reference.parts) look(object, relation, reference, part);
    }
  },
};

function look(object: Field, relation: Relation, reference: Reference, part: ReferencePart): void {
  const { kind, name } = reference;
  if (part.optional) return;
  const { workspace } = relation;
  const targets = targetsOf(reference, relation);
  const generated = workspace.generatedKeys(kind, name);
  if (generated === null || (targets.length === 0 && generated.length === 0)) return;
  if (targets.some((target) => workspace.mayDiffer(target) || isFilledElsewhere(target.facts.keys, kind)))
    return;
  const keys = new Set([...generated, ...targets.flatMap(({ facts }) => facts.keys.map((key) => key.name))]);
  if (keys.has(part.name)) return;
  const near = nearestWord(part.name, keys);
  const [target] = targets;
  const { range, path } = part;
  const place = target?.facts.keys.find((key) => key.name === near);
  relation.report(object, sentence(kind, name, part.name, near), {
    range,
    path,
    fixes:
      near === null
        ? []
        : [
            {
              title: message('Change to {0}', near),
              edits: [{ range, newText: quoted(near) }],
              preferred: false,
            },
          ],
    others:
      target === undefined ? [] : otherPlace(target, message('{0} {1} is here', kind, name), place?.range),
  });
}

/** A Secret without any key is a place that a controller, or a script, fills. */
function isFilledElsewhere(keys: readonly unknown[], kind: string): boolean {
  return keys.length === 0 && kind === 'Secret';
}

function sentence(kind: string, name: string, key: string, near: string | null): Message {
  return near === null
    ? message('{0} {1} has no key {2}; add it there, or name one that it has', kind, name, key)
    : message('{0} {1} has no key {2}; did you mean {3}?', kind, name, key, near);
}

/** A key as YAML, which takes some words for other things than texts. */
function quoted(key: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key)
    ? key
    : JSON.stringify(key);
}
