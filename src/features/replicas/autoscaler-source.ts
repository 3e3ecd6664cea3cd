/** What the page keeps of a HorizontalPodAutoscaler. */
import { autoscalerMetrics, type Message } from '../../core/index.ts';
import type { Metadata } from './objects.ts';

export interface AutoscalerSource {
  readonly uid: string;
  readonly name: string;
  readonly target: { readonly kind: string; readonly name: string };
  readonly min: number;
  readonly max: number;
  /** `cpu 64 of 80 %`; `?` for what nobody has measured. */
  readonly metrics: readonly Message[];
}

interface Autoscaler {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
  };
}

export function autoscalerSource(object: unknown): AutoscalerSource {
  const { metadata, spec } = object as Autoscaler;
  return {
    uid: metadata?.uid ?? '',
    name: metadata?.name ?? '',
    target: { kind: spec?.scaleTargetRef?.kind ?? '', name: spec?.scaleTargetRef?.name ?? '' },
    min: spec?.minReplicas ?? 1,
    max: spec?.maxReplicas ?? 0,
    metrics: autoscalerMetrics(object),
  };
}
