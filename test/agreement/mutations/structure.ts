import type { Random } from '../../core/random.ts';
import { type Mutation, onPlace, onTree } from '../mutation.ts';
import { getAt, isTree, type Place, places, raw, removeAt, setAt, type Tree } from '../tree.ts';

const isString = (place: Place): boolean => typeof getAt(place) === 'string';
const isNumber = (place: Place): boolean => typeof getAt(place) === 'number';
const isFlag = (place: Place): boolean => typeof getAt(place) === 'boolean';
const isList = (place: Place): boolean => Array.isArray(getAt(place));
const isMapping = (place: Place): boolean => isTree(getAt(place));
const isKey = (place: Place): boolean => typeof place.key === 'string';
const isItem = (place: Place): boolean => typeof place.key === 'number';
const any = (): boolean => true;

/** Only text where a number stands may be a port or a percentage: the server must say. */
function put(
  name: string,
  fits: (place: Place) => boolean,
  value: (present: unknown, random: Random) => unknown,
): Mutation {
  return onPlace('structure', name, fits, (place, random) => {
    const present = getAt(place);
    const next = value(present, random);
    if (JSON.stringify(next) === JSON.stringify(present)) return false;
    setAt(place, next);
    return true;
  });
}

function rename(place: Place, name: string): boolean {
  const { holder, key } = place;
  if (Array.isArray(holder) || name in holder) return false;
  const entries = Object.entries(holder);
  for (const [each] of entries) delete holder[each];
  for (const [each, value] of entries) holder[each === key ? name : each] = value;
  return true;
}

function misspelt(key: string, random: Random): string {
  const at = random.below(key.length);
  return random.pick([
    key.slice(0, at) + key.slice(at + 1),
    key.slice(0, at) + key.charAt(at) + key.slice(at),
    `${key}s`,
    key.toUpperCase(),
    key.charAt(0).toUpperCase() + key.slice(1),
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  ]);
}

/** Changes that know nothing of Kubernetes: any key, any value. */
export const structureMutations: readonly Mutation[] = [
  onPlace('structure', 'key-removed', isKey, removeAt),
  onPlace('structure', 'key-misspelt', isKey, (place, random) =>
    rename(place, misspelt(String(place.key), random)),
  ),
  onPlace(
    'structure',
    'key-misspelt-deep',
    (place) => isKey(place) && place.path.length > 3,
    (place, random) => rename(place, misspelt(String(place.key), random)),
  ),
  onPlace('structure', 'key-empty', isKey, (place) => rename(place, '')),
  onPlace('structure', 'key-added', isMapping, (place, random) => {
    const mapping = getAt(place) as Tree;
    mapping[random.pick(['foo', 'name', 'Name', 'x-note', 'enabled', 'replicas'])] = random.pick([
      'bar',
      1,
      true,
      null,
      {},
      [],
    ]);
  }),
  onTree('structure', 'key-added-to-root', (tree, random) => {
    tree[random.pick(['foo', 'Spec', 'x-defaults', 'data', 'metaData', 'spec', 'status'])] ??= random.pick([
      'bar',
      1,
      null,
      {},
      [],
    ]);
  }),
  onPlace(
    'structure',
    'key-moved-up',
    (place) => isKey(place) && place.path.length > 2,
    (place) => {
      const value = getAt(place);
      removeAt(place);
      return value !== undefined;
    },
  ),
  onTree('structure', 'key-moved-to-parent', (tree, random) => {
    const nested = places(tree).filter((place) => isMapping(place) && isKey(place));
    if (nested.length === 0) return false;
    const parent = random.pick(nested);
    const mapping = getAt(parent) as Tree;
    const keys = Object.keys(mapping);
    if (keys.length === 0 || Array.isArray(parent.holder)) return false;
    const key = random.pick(keys);
    if (key in parent.holder) return false;
    parent.holder[key] = mapping[key];
    delete mapping[key];
    return true;
  }),
  onTree('structure', 'key-moved-to-child', (tree, random) => {
    const nested = places(tree).filter((place) => isMapping(place) && isKey(place) && place.path.length > 1);
    if (nested.length === 0) return false;
    const child = random.pick(nested);
    if (Array.isArray(child.holder)) return false;
    const others = Object.keys(child.holder).filter((key) => key !== child.key);
    if (others.length === 0) return false;
    const key = random.pick(others);
    (getAt(child) as Tree)[key] = child.holder[key];
    delete child.holder[key];
    return true;
  }),
  put('value-null', any, () => null),
  put('string-to-number', isString, (_, random) => random.pick([1, 0, 12.5, -3])),
  put('string-to-flag', isString, (_, random) =>
    random.pick([true, false, raw('yes'), raw('off'), raw('y')]),
  ),
  put('string-to-list', isString, (value) => [value]),
  put('string-to-mapping', isString, (value) => ({ value })),
  put('string-empty', isString, () => ''),
  put('string-spaced', isString, (value, random) => random.pick([`${String(value)} `, ` ${String(value)}`])),
  put('string-upper', isString, (value) => String(value).toUpperCase()),
  put('string-long', isString, (value) => String(value).repeat(64).slice(0, 300)),
  put(
    'string-odd',
    isString,
    (value, random) => `${String(value)}${random.pick(['_', '/', '.', '-', '!', '\u00e9', ':', '%'])}`,
  ),
  put('string-like-number', isString, (_, random) =>
    raw(
      random.pick([
        '0x10',
        '1_000',
        '08',
        '1e3',
        '12:30',
        '.5',
        '0o17',
        '010',
        '2026-01-02',
        '.inf',
        'NaN',
        '+1',
        '0b11',
      ]),
    ),
  ),
  put('number-to-string', isNumber, (value) => String(value)),
  put('number-to-word', isNumber, (_, random) => random.pick(['one', '', '1 000', '10%', '1k'])),
  put('number-to-flag', isNumber, (_, random) => random.pick([true, false])),
  put('number-to-list', isNumber, (value) => [value]),
  put('number-to-mapping', isNumber, () => ({})),
  put('number-negative', isNumber, (value, random) => random.pick([-Number(value) || -1, -1])),
  put('number-zero', isNumber, () => 0),
  put('number-huge', isNumber, (_, random) =>
    raw(
      random.pick([
        '2147483647',
        '2147483648',
        '9223372036854775807',
        '9223372036854775808',
        '1e20',
        '1e400',
      ]),
    ),
  ),
  put('number-fraction', isNumber, (value, random) =>
    random.pick([Number(value) + 0.5, raw(`${String(value)}.0`), raw(`${String(value)}e0`)]),
  ),
  put('number-written-oddly', isNumber, (value, random) => {
    const whole = Math.abs(Math.trunc(Number(value)));
    return raw(
      random.pick([
        `0x${whole.toString(16)}`,
        `0${whole.toString(8)}`,
        `0o${whole.toString(8)}`,
        `+${whole}`,
        `0b${whole.toString(2)}`,
        `${whole}_0`,
        `0${whole}`,
        `0${whole}.0`,
      ]),
    );
  }),
  put('flag-to-string', isFlag, (value) => String(value)),
  put('flag-to-number', isFlag, (value) => Number(value)),
  put('flag-written-oddly', isFlag, (_, random) =>
    raw(random.pick(['yes', 'No', 'on', 'OFF', 'y', 'N', 'TRUE', 'tRue', '~', '1'])),
  ),
  put('flag-turned', isFlag, (value) => !value),
  put('list-empty', isList, () => []),
  put('list-to-mapping', isList, (value) =>
    Object.fromEntries((value as unknown[]).map((item, index) => [`k${index}`, item])),
  ),
  put('list-to-string', isList, () => 'text'),
  put('list-item-twice', isList, (value, random) => {
    const items = value as unknown[];
    return items.length === 0 ? value : [...items, structuredClone(random.pick(items))];
  }),
  put('list-item-null', isList, (value) => [...(value as unknown[]), null]),
  put('list-item-empty', isList, (value) => [...(value as unknown[]), {}]),
  put('list-item-string', isList, (value) => [...(value as unknown[]), 'more']),
  put('list-in-list', isList, (value) => [value]),
  put('list-reversed', isList, (value) => [...(value as unknown[])].reverse()),
  put('list-item-only', isList, (value) => (value as unknown[])[0] ?? null),
  onPlace('structure', 'list-item-removed', isItem, removeAt),
  put('mapping-empty', isMapping, () => ({})),
  put('mapping-to-list', isMapping, (value) => [value]),
  put('mapping-to-string', isMapping, () => 'text'),
  put('mapping-to-number', isMapping, () => 1),
];
