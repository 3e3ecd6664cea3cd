import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { goText } from '../values.ts';
import { tellAt, written } from './crd.ts';
import type { Located } from './crd.ts';

const LIST_TYPE = 'x-kubernetes-list-type';
const LIST_KEYS = 'x-kubernetes-list-map-keys';
const MAP_TYPE = 'x-kubernetes-map-type';
const listTypes: readonly string[] = ['atomic', 'map', 'set'];
const mapTypes: readonly string[] = ['atomic', 'granular'];

/** How lists and maps are merged: what says so must fit what they hold. */
export function checkLists(place: Located, visit: Visit): void {
  const { field } = place;
  if (field.has(MAP_TYPE)) checkMapType(place, visit);
  if (field.has(LIST_TYPE)) checkListType(place, visit);
  const keys = written(field, LIST_KEYS)?.items() ?? [];
  const type = goText(field.get(LIST_TYPE));
  if (keys.length > 0 && type !== null && type !== 'map')
    tellAt(
      field.get(LIST_TYPE),
      `${place.path}.${LIST_TYPE}`,
      message('{0} needs {1}: map; set it', LIST_KEYS, LIST_TYPE),
      visit,
    );
}

function checkMapType({ field, path }: Located, visit: Visit): void {
  const kind = written(field, MAP_TYPE)?.text() ?? null;
  const type = goText(field.get('type'));
  if (kind === null) return;
  if (type !== null && type !== 'object')
    tellAt(field.get('type'), `${path}.type`, message('{0} needs type: object; set it', MAP_TYPE), visit);
  if (!mapTypes.includes(kind))
    tellAt(field.get(MAP_TYPE), `${path}.${MAP_TYPE}`, message('{0} is atomic or granular', MAP_TYPE), visit);
}

function checkListType(place: Located, visit: Visit): void {
  const { field, path } = place;
  const kind = written(field, LIST_TYPE)?.text() ?? null;
  const type = goText(field.get('type'));
  if (kind === null) return;
  const items = field.get('items');
  if (type !== null && type !== 'array')
    tellAt(field.get('type'), `${path}.type`, message('{0} needs type: array; set it', LIST_TYPE), visit);
  else if (kind === 'set' && items.node?.type === 'mapping')
    checkSet({ field: items, path: `${path}.items` }, visit);
  if (!listTypes.includes(kind))
    tellAt(
      field.get(LIST_TYPE),
      `${path}.${LIST_TYPE}`,
      message('{0} is atomic, map or set', LIST_TYPE),
      visit,
    );
  if (kind === 'map') checkKeys(place, visit);
  if ((kind === 'map' || kind === 'set') && items.has('nullable') && items.get('nullable').flag() === true)
    tellAt(
      items.get('nullable'),
      `${path}.items.nullable`,
      message('Items of this list cannot be nullable'),
      visit,
    );
}

/** Items of a set are compared as a whole. */
function checkSet({ field, path }: Located, visit: Visit): void {
  const type = goText(field.get('type'));
  const key = type === 'array' ? LIST_TYPE : type === 'object' ? MAP_TYPE : null;
  if (key === null) return;
  const kind = written(field, key);
  const atomic = kind === null ? type === 'array' : kind.text() === null || kind.text() === 'atomic';
  if (!atomic)
    tellAt(field.get(key), `${path}.${key}`, message('Items of a set need {0}: atomic; set it', key), visit);
}

function checkKeys({ field, path }: Located, visit: Visit): void {
  const list = field.get(LIST_KEYS);
  const items = field.get('items');
  if (list.items().length === 0 && list.node?.type !== 'scalar')
    tellAt(
      list,
      `${path}.${LIST_KEYS}`,
      message('A list that is a map needs {0}; add them', LIST_KEYS),
      visit,
    );
  if (items.node?.type !== 'mapping') return;
  const type = goText(items.get('type'));
  if (type !== null && type !== 'object')
    tellAt(
      items.get('type'),
      `${path}.items.type`,
      message('Items of a list that is a map have type object'),
      visit,
    );
  const required = new Set(items.get('required').items().map(goText));
  const seen = new Set<string>();
  for (const key of list.items()) {
    const name = goText(key);
    if (name === null) return;
    if (type === 'object') checkKey(items, name, { field: key, path: `${path}.${LIST_KEYS}` }, visit);
    if (seen.has(name))
      tellAt(key, `${path}.${LIST_KEYS}`, message('{0} is written twice; use another one here', name), visit);
    seen.add(name);
    checkProperty(items, name, `${path}.items.properties[${name}]`, required.has(name), visit);
  }
}

function checkKey(items: Field, name: string, { field, path }: Located, visit: Visit): void {
  const property = written(items.get('properties'), name);
  const type = property === null ? null : goText(property.get('type'));
  if (property === null)
    tellAt(field, path, message('The items have no property {0}; add it or another key', name), visit);
  else if (type === 'array' || type === 'object')
    tellAt(
      property.get('type'),
      `${path.slice(0, -LIST_KEYS.length)}items.properties[${name}].type`,
      message('The key of a list is a single value; change its type'),
      visit,
    );
}

function checkProperty(items: Field, name: string, path: string, required: boolean, visit: Visit): void {
  const property = written(items.get('properties'), name);
  if (property?.node?.type !== 'mapping') return;
  if (!required && !property.get('default').written)
    tellAt(
      property.get('default'),
      `${path}.default`,
      message('Key {0} must be required or have a default', name),
      visit,
    );
  if (property.get('nullable').flag() === true)
    tellAt(property.get('nullable'), `${path}.nullable`, message('Key {0} cannot be nullable', name), visit);
}
