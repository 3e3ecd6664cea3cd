/** What rows are made of: asked each time, kept nowhere else. */
import type { ContextInfo } from '../../cluster/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import type { LiveContext, LiveNamespace } from './live.ts';

export interface Scene {
  /** Those of the kubeconfig files as they were read last. */
  contexts(): readonly ContextInfo[];
  /** null while the context was not looked into. */
  live(context: string): LiveContext | null;
  target(): DeployTarget | null;
  protection(context: string): 'none' | 'protected' | 'readOnly';
  /** Milliseconds since 1970. */
  now(): number;
}

/** null while the namespace was not looked into. */
export function namespaceOf(
  scene: Scene,
  { context, namespace }: { readonly context: string; readonly namespace: string },
): LiveNamespace | null {
  return scene.live(context)?.namespace(namespace) ?? null;
}
