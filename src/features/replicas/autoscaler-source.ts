/** What the page keeps of a HorizontalPodAutoscaler. */
import type { Metadata } from './objects.ts';

export interface AutoscalerSource {
  readonly uid: string;
  readonly name: string;
  readonly target: { readonly kind: string; readonly name: string };
  readonly min: number;
  readonly max: number;
  /** Each metric as `cpu 64 of 80 %`, in three parts; `current` is `?` while it is unknown. */
  readonly metrics: readonly { readonly name: string; readonly current: string; readonly target: string }[];
}

interface MetricValue {
  readonly averageUtilization?: number;
  readonly averageValue?: string;
  readonly value?: string;
}

interface Metric {
  readonly type: string;
  readonly resource?: { readonly name: string };
  readonly containerResource?: { readonly name: string };
  readonly pods?: { readonly metric: { readonly name: string } };
  readonly object?: { readonly metric: { readonly name: string } };
  readonly external?: { readonly metric: { readonly name: string } };
}

type MetricSource = { readonly target?: MetricValue; readonly current?: MetricValue };

interface Autoscaler {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly metrics?: readonly Metric[];
  };
  readonly status?: { readonly currentMetrics?: readonly (Metric | null)[] | null };
}

/** The block that a metric's type names (`Resource` → `resource`), which holds its name and values. */
function metricBlock(
  metric: Metric,
): (MetricSource & { name?: string; metric?: { name: string } }) | undefined {
  const key = `${metric.type.charAt(0).toLowerCase()}${metric.type.slice(1)}` as 'resource';
  return metric[key];
}

function metricName(metric: Metric): string {
  const block = metricBlock(metric);
  return block?.name ?? block?.metric?.name ?? metric.type;
}

function metricFacts(
  metric: Metric,
  all: readonly (Metric | null)[],
): AutoscalerSource['metrics'][number] | null {
  const target = metricBlock(metric)?.target;
  if (target === undefined) return null;
  const name = metricName(metric);
  const match = all.find((one) => one !== null && one.type === metric.type && metricName(one) === name);
  const now = match == null ? undefined : metricBlock(match)?.current;
  if (target.averageUtilization !== undefined) {
    const current = now?.averageUtilization;
    return {
      name,
      current: current === undefined ? '?' : String(current),
      target: `${target.averageUtilization} %`,
    };
  }
  const key = target.averageValue === undefined ? 'value' : 'averageValue';
  return { name, current: now?.[key] ?? '?', target: target[key] ?? '?' };
}

export function autoscalerSource(object: unknown): AutoscalerSource {
  const { metadata, spec, status } = object as Autoscaler;
  const current = status?.currentMetrics ?? [];
  return {
    uid: metadata?.uid ?? '',
    name: metadata?.name ?? '',
    target: { kind: spec?.scaleTargetRef?.kind ?? '', name: spec?.scaleTargetRef?.name ?? '' },
    min: spec?.minReplicas ?? 1,
    max: spec?.maxReplicas ?? 0,
    metrics: (spec?.metrics ?? []).flatMap((metric) => metricFacts(metric, current) ?? []),
  };
}
