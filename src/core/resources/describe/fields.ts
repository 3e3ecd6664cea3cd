import { message } from '../../finding.ts';
import { objectOf } from '../../json.ts';
import { scalarText } from '../fields.ts';
import { partsOf } from '../fields.ts';
import { factsOf, verbatim } from '../summary.ts';
import type { Fact } from '../summary.ts';
import { factSection } from './section.ts';
import type { DescriptionSection } from './section.ts';

/** More than this is for the YAML of the object. */
const most = 60;
const deepest = 6;

/** The fields of a kind nobody here knows: its spec and status, a line for each value, as far as there is room. */
export function describeFields(object: unknown): readonly DescriptionSection[] {
  const { spec, status } = partsOf(object);
  const { conditions: _, ...rest } = status;
  return [fieldsSection('spec', spec), fieldsSection('status', rest)].flatMap((section) => section ?? []);
}

function fieldsSection(name: string, value: unknown): DescriptionSection | null {
  const lines: Fact[] = [];
  collect('', value, lines);
  if (lines.length === 0) return null;
  const section = factSection(verbatim(name), lines.slice(0, most));
  return lines.length > most ? { ...section, note: message('More fields: see its YAML') } : section;
}

function collect(path: string, value: unknown, lines: Fact[]): void {
  if (lines.length > most) return;
  if (Array.isArray(value)) {
    const scalars = value.map(scalarText);
    if (scalars.every((text) => text !== '')) lines.push(...factsOf([verbatim(path), scalars.join(', ')]));
    else if (depthOf(path) < deepest)
      value.forEach((item, index) => collect(`${path}[${index}]`, item, lines));
    return;
  }
  const text = scalarText(value);
  if (text !== '') lines.push(...factsOf([verbatim(path), text]));
  else if (depthOf(path) < deepest) {
    for (const [key, inner] of Object.entries(objectOf(value))) {
      collect(path === '' ? key : `${path}.${key}`, inner, lines);
    }
  }
}

function depthOf(path: string): number {
  return path.split(/[.[]/).length;
}
