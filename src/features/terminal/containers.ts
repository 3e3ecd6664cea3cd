/** Which container of a pod a terminal is for. */
import { type ContainerRow, containersOf } from '../../core/index.ts';

export interface ContainerChoices {
  /** Running, the one a person most likely means first. */
  readonly running: readonly ContainerRow[];
  /** All there are, in the order they start. */
  readonly all: readonly ContainerRow[];
}

/** Names the container that tools take when nobody says which. */
const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** What may be chosen; `withDebug`: containers that were put in to look around count, too. */
export function containerChoices(pod: unknown, withDebug: boolean): ContainerChoices {
  const all = containersOf(pod).filter(({ type }) => withDebug || type !== 'ephemeral');
  const wanted = annotationsOf(pod)[defaultContainer];
  const rank = ({ name, type }: ContainerRow): number =>
    name === wanted ? 0 : type === 'app' ? 1 : type === 'ephemeral' ? 2 : 3;
  const running = all.filter(({ text }) => text === 'Running').sort((one, other) => rank(one) - rank(other));
  return { running, all };
}

function annotationsOf(pod: unknown): Readonly<Record<string, unknown>> {
  const { metadata } = pod as { metadata?: { annotations?: Record<string, unknown> } };
  return metadata?.annotations ?? {};
}
