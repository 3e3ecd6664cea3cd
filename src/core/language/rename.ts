import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { nameForm } from '../rules/metadata/object-kinds.ts';
import { dataKey, dnsLabel, portName } from '../rules/forms.ts';
import type { Form } from '../rules/forms.ts';
import { sameNames } from './references.ts';
import { isOwnName, isSame, isSameObject, type NameIndex, type Occurrence } from './references-index.ts';
import type { NamedThing } from './references-names.ts';

/** Every place that has to change, or why none may. */
export type Renaming =
  | { readonly ok: true; readonly places: readonly Occurrence[] }
  | { readonly ok: false; readonly reason: Message };

/** Kinds whose names follow from something else, or which others refer to in ways that cannot be seen here. */
const fixedNames: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'CustomResourceDefinition',
  'APIService',
  'IPAddress',
  'CSINode',
]);

/** Whether a name can be changed at all: everywhere, and without changing what it stands for. */
export function renamable(index: NameIndex, name: Occurrence): Renaming {
  const reason = whyNot(name) ?? ambiguity(index, name);
  if (reason !== null) return { ok: false, reason };
  return { ok: true, places: sameNames(index, name) };
}

/** What changes when something gets another name, which has to be one that the API server takes and nobody has. */
export function rename(index: NameIndex, name: Occurrence, newName: string): Renaming {
  const form = formOf(name);
  if (form !== null && !form.fits(newName))
    return { ok: false, reason: message(form.template, 'The name', newName) };
  const renaming = renamable(index, name);
  if (!renaming.ok || newName === name.name) return renaming;
  const taken = takenBy(index, renaming.places, newName);
  if (taken === null) return renaming;
  return {
    ok: false,
    reason: message('There already is {0} in {1}; choose another name', called(taken), fileName(taken.uri)),
  };
}

/** Null for what is no name of Kubernetes' own. */
function formOf({ of, object }: NamedThing): Form | null {
  switch (of) {
    case 'object':
      return nameForm(object.kind);
    case 'key':
      return dataKey;
    case 'volume':
    case 'servicePort':
      return dnsLabel;
    case 'containerPort':
    case 'podPort':
      return portName;
    case 'labels':
    case 'selection':
    case 'file':
      return null;
  }
}

function whyNot(name: Occurrence): Message | null {
  const { of, object } = name;
  if (of === 'labels' || of === 'selection' || of === 'file')
    return message('Only names can be renamed: put the cursor on one');
  if (of === 'object' && (fixedNames.has(object.kind) || nameForm(object.kind) === null))
    return message('{0} cannot be renamed: what refers to it is not known here', called(name));
  if (/^\d+$/.test(name.name) && of !== 'object' && of !== 'key' && of !== 'volume')
    return message('{0} is the number of a port, and no name', name.name);
  return null;
}

/** Two things of one name: which of them the uses mean cannot be told. */
function ambiguity(index: NameIndex, name: Occurrence): Message | null {
  const { object } = name;
  const isObject = name.of === 'object' || name.of === 'key' || name.of === 'servicePort';
  if (!isObject) return null;
  const anywhere = { ...object, namespace: null };
  const all = [...index.called(object.name)].filter(
    (one) => isOwnName(one.use) && isSameObject(one.object, anywhere),
  );
  if (all.length < 2) return null;
  const meant = all.filter((one) => one.object.namespace === object.namespace);
  const vague = sameNames(index, name).some((one) => one.object.namespace === null);
  if (object.namespace !== null && meant.length === 1 && !vague) return null;
  return message(
    'There is more than one {0} ({1}): which of them is meant where cannot be told',
    called({ ...name, of: 'object', name: object.name, object }),
    [...new Set(all.map(({ uri }) => fileName(uri)))].slice(0, 3).join(', '),
  );
}

/** What has the new name already, beside one of the places that would get it. */
function takenBy(index: NameIndex, places: readonly Occurrence[], newName: string): Occurrence | null {
  const wanted = places.flatMap((place): NamedThing[] => {
    const { of, object, home, patch } = place;
    if (of === 'object') return [{ of, home, patch, name: newName, object: { ...object, name: newName } }];
    return of === 'podPort' ? [] : [{ of, object, home, patch, name: newName }];
  });
  // Places of one thing all want the same: an object's do wherever they stand.
  const distinct = wanted.filter((one, at) => wanted.findIndex((other) => isSame(one, other)) === at);
  for (const one of index.called(newName)) {
    if (one.use.defines && distinct.some((thing) => isSame(one, thing))) return one;
  }
  return null;
}

function called({ of, name, object }: Pick<NamedThing, 'of' | 'name' | 'object'>): string {
  if (of === 'object') return `${object.kind} ${name}`;
  const part = { key: 'key', servicePort: 'port', containerPort: 'port', podPort: 'port', volume: 'volume' };
  const what = of in part ? part[of as keyof typeof part] : of;
  return `${what} ${name}`;
}

/** The end of an address: enough to find the file by. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    // Not every editor escapes the percent signs of a name.
    return name;
  }
}
