import type { Field } from '../schema/field.ts';

/** What a quantity measures: `memory`, `cpu`, `storage`, `requests.cpu`, `sizeLimit` …; `''` for a plain number. */
export function resourceOf({ key, parent }: Field): string {
  return parent?.type?.kind === 'map' || key === 'sizeLimit' ? key : '';
}

/** Whether an amount of a resource counts bytes, so that Ki, Mi and Gi are its natural units. */
export function countsBytes(resource: string): boolean {
  return bytes.test(resource);
}

const bytes = /^(?:(?:requests|limits)\.)?(?:memory|storage|ephemeral-storage|sizeLimit|hugepages-.*)$/s;
