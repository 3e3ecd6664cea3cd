/** What the scale prompt and the pick before it say: pure, so that it can be tested without an editor. */
import {
  checkReplicas,
  controllerOf,
  message,
  type Message,
  type Severity,
  workloadStatus,
} from '../../core/index.ts';
import type { Autoscaler } from '../../cluster/index.ts';

export interface ScalePrompt {
  /** Replicas asked for now. */
  readonly current: number;
  readonly kind: string;
  readonly autoscaler: Pick<Autoscaler, 'name' | 'min' | 'max'> | null;
  /** Whether autoscalers may be read at all. */
  readonly autoscalerKnown: boolean;
}

export interface Verdict {
  /** null: Enter must do nothing. */
  readonly value: number | null;
  readonly severity: Severity;
  /** One line, its parts joined: `3 now → 8` and what there is to say about it. */
  readonly parts: readonly Message[];
}

/** What stands below the input while a person types. */
export function verdictOn(input: string, prompt: ScalePrompt): Verdict {
  const check = checkReplicas(input, prompt);
  if (check.value === null) {
    return { value: null, severity: 'error', parts: check.message === null ? [] : [check.message] };
  }
  const { current, autoscaler } = prompt;
  const change = message('{0} now → {1}', current, check.value);
  const doubt = check.message === null ? [] : [check.message];
  const owner = autoscalerWords(prompt);
  const severity = check.severity ?? 'info';
  if (check.value === current) return { value: check.value, severity, parts: [...doubt, owner] };
  // Inside its bounds an autoscaler is doubt enough, and its bounds say more; outside, the doubt names it.
  const inside = autoscaler !== null && check.value >= autoscaler.min && check.value <= autoscaler.max;
  if (inside) return { value: check.value, severity, parts: [change, owner] };
  const rest = autoscaler === null ? [owner] : [];
  return { value: check.value, severity, parts: [change, ...doubt, ...rest] };
}

function autoscalerWords({ autoscaler, autoscalerKnown }: ScalePrompt): Message {
  if (autoscaler !== null) {
    return message('HPA {0} decides: {1}–{2}', autoscaler.name, autoscaler.min, autoscaler.max);
  }
  return autoscalerKnown ? message('HPA none') : message('HPA unknown: not allowed to read autoscalers');
}

/** A workload a person may pick to scale. */
export interface ScalableRow {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly desired: number;
  readonly summary: Message;
}

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
}

/** null for what a controller owns: that is scaled through its owner. Items of a list do not say their kind themselves. */
export function scalableRow(apiVersion: string, kind: string, item: object): ScalableRow | null {
  const { metadata }: { readonly metadata?: Metadata } = item;
  const { name, namespace, uid } = metadata ?? {};
  if (name === undefined || namespace === undefined || uid === undefined) return null;
  if (controllerOf(item) !== null) return null;
  const { counts, summary } = workloadStatus({ ...item, apiVersion, kind });
  return { apiVersion, kind, name, namespace, uid, desired: counts.desired, summary };
}
