import type { ObjectType } from '../schema/type.ts';
import type { Proposal } from './proposal.ts';
import type { Site } from './site.ts';

export function objectSnippets(_site: Site): readonly Proposal[] {
  return [];
}

export function partSnippets(_site: Site, _type: ObjectType): readonly Proposal[] {
  return [];
}
