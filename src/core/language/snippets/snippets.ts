import { message } from '../../finding.ts';
import type { ObjectType } from '../../schema/type.ts';
import type { Proposal } from '../proposal.ts';
import type { Site } from '../site.ts';
import { objects } from './objects.ts';
import { parts } from './parts.ts';
import { withMount } from './volume.ts';

/** Whole objects, where a document has nothing yet. */
export function objectSnippets({ column, steps }: Site): readonly Proposal[] {
  if (column !== 0 || steps.length > 0) return [];
  return Object.entries(objects).map(([label, text], order) => ({
    label,
    kind: 'snippet',
    insert: text,
    snippet: true,
    detail: message('whole object'),
    rank: '1',
    order,
  }));
}

/** Parts of an object that are more than the fields the schema asks for. */
export function partSnippets(site: Site, type: ObjectType): readonly Proposal[] {
  if (site.style === 'flow' || site.colon) return [];
  const indent = `\n${' '.repeat(site.column)}`;
  const mount = type.name === 'core/v1.Container' ? withMount(site) : [];
  const single = parts
    .filter(({ within, key }) => within === type.name && !site.siblings.has(key))
    .map(({ label, body }): Proposal => ({
      label,
      kind: 'snippet',
      insert: body.replaceAll('\n', indent),
      snippet: true,
      rank: '5',
    }));
  return [...single, ...mount];
}
