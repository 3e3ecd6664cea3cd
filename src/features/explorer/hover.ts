/** What is asked for only when somebody looks closely at a row: the last events of its object. */
import { type EventFacts, formatDuration, message, type Message, verbatim } from '../../core/index.ts';
import { isExplained } from '../../platform/failure.ts';
import type { TreeNode } from './nodes.ts';
import type { ObjectRow } from './rows/rows.ts';
import { placeOf, type Scene } from './scene.ts';

/** As long as somebody waits for a tooltip. */
const patienceMs = 1_500;

/** Lines of a tooltip that events may take. */
const mostShown = 4;

/** Never rejects: what kept the events from being read is told in their place. */
export async function eventsOf(
  scene: Scene,
  node: TreeNode,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const live = scene.live(node.context);
  const row = subjectOf(scene, node);
  if (live === null || row === null) return [];
  const { kind, name, uid } = row;
  const namespace = row.namespace === '' ? null : row.namespace;
  const enough = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    const events = await live.events({ namespace, kind, name, uid }, enough);
    const container = node.type === 'detail' ? node.detail : null;
    return eventLines(events ?? [], container, scene.now());
  } catch (error) {
    if (signal.aborted) return [];
    if (enough.aborted) return [message('Its events did not arrive in time')];
    const reason = isExplained(error) ? error.explanation : verbatim(String(error));
    return [message('Its events could not be read.'), reason];
  }
}

/** null: nothing is ever reported on it. */
function subjectOf(scene: Scene, node: TreeNode): ObjectRow | null {
  const uid = node.type === 'object' ? node.uid : node.type === 'detail' ? node.of : null;
  const row = uid === null ? null : (placeOf(scene, node)?.forest.row(uid) ?? null);
  if (row === null || row.kind === 'Event' || row.of === 'HelmRelease') return null;
  return node.type === 'object' || row.pod !== null ? row : null;
}

/** The newest first: warnings, and where there are none what else was told. `container` null: about all of the object. */
function eventLines(
  events: readonly EventFacts[],
  container: string | null,
  now: number,
): readonly Message[] {
  const about = events.filter(
    ({ object }) => container === null || object.fieldPath.endsWith(`{${container}}`),
  );
  const warnings = about.filter(({ type }) => type === 'Warning');
  return [...(warnings.length > 0 ? warnings : about)]
    .sort((one, other) => (other.lastSeen ?? 0) - (one.lastSeen ?? 0))
    .slice(0, mostShown)
    .map(({ reason, count, message: text, lastSeen }) => {
      const words = `${reason}${count > 1 ? ` ×${count}` : ''}: ${text.trim()}`;
      if (lastSeen === null) return verbatim(words);
      return message('{0} ({1} ago)', words, formatDuration(Math.max(0, now - lastSeen)));
    });
}
