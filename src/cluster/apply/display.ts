import { createHmac, randomBytes } from 'node:crypto';
import { stringify } from 'yaml';
import type { KubeObject } from '../model.ts';
import { isFields } from './json.ts';
import { withoutNoise } from './noise.ts';

/** Keys people look for first; all others follow by the alphabet. */
const leading = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'labels',
  'annotations',
  'type',
  'image',
  'spec',
];

/** How every mark begins. No base64 has such characters. */
const markStart = '«hidden, ';
/** Marks equal values as equal for as long as this process runs; without the key a short secret could be guessed from its mark. */
const markKey = randomBytes(32);

/** YAML for a diff view: without what the server keeps for itself, keys in a steady order, Secret values masked. */
export function displayYaml(object: KubeObject): string {
  const shown = withoutNoise(object);
  return stringify(steady(isSecret(object) ? masked(shown) : shown), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    // The API server reads YAML 1.1, in which a plain `yes`, `0777` or `12:30` is no text.
    compat: 'yaml-1.1',
  });
}

function isSecret({ apiVersion, kind }: KubeObject): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}

function masked(secret: KubeObject): KubeObject {
  const hide = (values: unknown, read: (value: string) => Buffer): unknown =>
    isFields(values)
      ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, mark(read(String(value)))]))
      : values;
  return {
    ...secret,
    ...('data' in secret && { data: hide(secret.data, (value) => Buffer.from(value, 'base64')) }),
    ...('stringData' in secret && { stringData: hide(secret.stringData, (value) => Buffer.from(value)) }),
  };
}

/**
 * An edited Secret with the values back in the places of their marks; what carries no mark is taken as it was written.
 * `lost` are the keys with a mark that stands for no value of `seen`.
 */
export function unmasked(
  edited: KubeObject,
  seen: KubeObject,
): { readonly object: KubeObject; readonly lost: readonly string[] } {
  if (!isSecret(edited) || !isFields(edited.data)) return { object: edited, lost: [] };
  const values = new Map<unknown, unknown>();
  for (const value of Object.values(isFields(seen.data) ? seen.data : {})) {
    values.set(mark(Buffer.from(String(value), 'base64')), value);
  }
  const entries = Object.entries(edited.data);
  const lost = entries.filter(([, value]) => isMark(value) && !values.has(value)).map(([name]) => name);
  const data = Object.fromEntries(entries.map(([name, value]) => [name, values.get(value) ?? value]));
  return { object: { ...edited, data }, lost };
}

function isMark(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(markStart);
}

function mark(value: Buffer): string {
  const print = createHmac('sha256', markKey).update(value).digest('hex').slice(0, 8);
  return `${markStart}${value.length} bytes, mark ${print}»`;
}

function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady);
  if (!isFields(value)) return value;
  const rank = (name: string): number => (leading.includes(name) ? leading.indexOf(name) : leading.length);
  const entries = Object.entries(value).sort(
    ([left], [right]) => rank(left) - rank(right) || (left < right ? -1 : 1),
  );
  return Object.fromEntries(entries.map(([name, field]) => [name, steady(field)]));
}
