/** What rules about CustomResourceDefinitions share. */
import type { Message } from '../../finding.ts';
import { toJson } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';

export type VersionPart = 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields';

const hoistedNames: Readonly<Record<VersionPart, string>> = {
  schema: 'validation',
  subresources: 'subresources',
  additionalPrinterColumns: 'additionalPrinterColumns',
  selectableFields: 'selectableFields',
};

/** A part of a version, and what the server calls its place. */
export interface Located {
  readonly field: Field;
  readonly path: string;
}

/**
 * A part of every version that has it. What all versions have alike the server keeps once, for all of them: it speaks
 * of `spec.validation`, not of `spec.versions[0].schema`, and so does the first alone here.
 */
export function partsOf(spec: Field, part: VersionPart): readonly Located[] {
  const versions = spec.get('versions').items();
  const [first, ...others] = versions.map((version) => version.get(part));
  if (first === undefined) return [];
  const text = textOf(first);
  if (others.every((other) => textOf(other) === text))
    return [{ field: first, path: `${spec.path}.${hoistedNames[part]}` }];
  return [first, ...others].map((field) => ({ field, path: field.path }));
}

function textOf({ node }: Field): string {
  return node === null ? 'null' : JSON.stringify(toJson(node));
}

/** A field that is written; null where none is. Costs nothing where there is none. */
export function written(parent: Field, key: string): Field | null {
  if (!parent.has(key)) return null;
  const field = parent.get(key);
  return field.written ? field : null;
}

/** Says something of a place that the server calls otherwise. */
export function tellAt(field: Field, path: string, text: Message, visit: Visit): void {
  if (field.written || field.parent === null) visit.report(field, text, { path });
  else visit.missing(field.parent, field.key, text, { path });
}
