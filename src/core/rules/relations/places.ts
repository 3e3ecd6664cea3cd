/** Which of several objects a person means, and where they stand. */
import type { Message, TextRange } from '../../finding.ts';
import { folderOf } from '../../manifest/roles.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { OtherPlace } from '../rule.ts';

/** Of objects that could all be meant, those that stand nearest: in the same file, else in the folder most shared. */
export function nearest(found: readonly Located[], here: Located): readonly Located[] {
  if (found.length < 2) return found;
  const scored = found.map((located) => ({ located, score: nearness(located, here) }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ located }) => located);
}

function nearness(one: Located, other: Located): number {
  if (one.uri === other.uri || isLive(one)) return Number.MAX_SAFE_INTEGER;
  const folders = folderOf(one.uri).split('/');
  const others = folderOf(other.uri).split('/');
  let shared = 0;
  while (shared < Math.min(folders.length, others.length) && folders[shared] === others[shared]) shared++;
  // Of two that share as much, the one in the same folder, or nearer to the root, is meant.
  return shared * 1000 - folders.length;
}

/** Whether two objects are applied together, as far as one can tell. */
export function standTogether(one: Located, other: Located): boolean {
  return one.uri === other.uri || folderOf(one.uri) === folderOf(other.uri);
}

/** Known from a cluster; it stands in no file. */
export function isLive({ uri }: Located): boolean {
  return uri.startsWith('cluster:');
}

/** A place of another object; its name where no range is given. */
export function otherPlace(object: Located, message: Message, range?: TextRange): readonly OtherPlace[] {
  return isLive(object) ? [] : [{ message, object, range: range ?? object.facts.range }];
}
