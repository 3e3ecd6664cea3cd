/** What rows are made of: asked each time, kept nowhere else. */
import type { ContextInfo } from '../../cluster/index.ts';
import type { ContextColor } from '../../contributions.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import type { Filter } from './filter.ts';
import type { Grouping } from './forest/buckets.ts';
import type { LiveContext } from './live/context.ts';
import type { LivePlace } from './live/place.ts';

export interface Scene {
  /** Those of the kubeconfig files as they were read last. */
  contexts(): readonly ContextInfo[];
  /** null while the context was not looked into. */
  live(context: string): LiveContext | null;
  target(): DeployTarget | null;
  protection(context: string): 'none' | 'protected' | 'readOnly';
  color(context: string): ContextColor | null;
  /** Milliseconds since 1970. */
  now(): number;
  /** null: everything is shown. */
  filter(): Filter | null;
  grouping(): Grouping;
  /** How many rows of a long list are shown. */
  shown(id: string): number;
}

/** null while it was not looked into. */
export function placeOf(
  scene: Scene,
  { context, at }: { readonly context: string; readonly at: string | null },
): LivePlace | null {
  return scene.live(context)?.place(at) ?? null;
}
