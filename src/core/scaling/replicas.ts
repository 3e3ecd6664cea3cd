import { message } from '../finding.ts';
import type { Message, Severity } from '../finding.ts';

/** A HorizontalPodAutoscaler that owns the replicas of a workload. */
export interface Autoscaler {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** What is known of the workload somebody wants to scale. */
export interface ScaleFacts {
  /** Replicas wanted now. */
  readonly current: number;
  readonly kind: string;
  readonly autoscaler: Autoscaler | null;
}

/** `value` is null when the input must not be sent; `severity` null when there is nothing to say against it. */
export interface ReplicaCheck {
  readonly value: number | null;
  readonly severity: Severity | null;
  readonly message: Message | null;
}

/** Replicas are an int32 in the API. */
const MOST = 2_147_483_647;

/** Judges what a person typed as a number of replicas. What is doubtful is a warning, not a refusal. */
export function checkReplicas(input: string, facts: ScaleFacts): ReplicaCheck {
  const text = input.trim();
  if (text === '') return refuse(message('Type the number of replicas'));
  if (/^-\d+$/.test(text) && Number(text) < 0)
    return refuse(message('Replicas cannot be negative; type 0 or more'));
  if (!/^\+?\d+$/.test(text)) return refuse(message('{0} is not a whole number; type one, such as 3', text));
  const value = Number(text);
  if (value > MOST)
    return refuse(message('{0} is more than Kubernetes can count; the most is {1}', text, MOST));
  const doubt = doubtAbout(value, facts);
  return { value, severity: doubt?.severity ?? null, message: doubt?.message ?? null };
}

function refuse(text: Message): ReplicaCheck {
  return { value: null, severity: 'error', message: text };
}

function doubtAbout(
  value: number,
  { current, kind, autoscaler }: ScaleFacts,
): { severity: Severity; message: Message } | null {
  if (autoscaler !== null && value === 0) {
    return warn(
      message('0 replicas switch the autoscaler {0} off until you scale up again', autoscaler.name),
    );
  }
  if (autoscaler !== null && (value < autoscaler.min || value > autoscaler.max)) {
    const { name, min, max } = autoscaler;
    return warn(message('The autoscaler {0} keeps {1} to {2} replicas and will undo this', name, min, max));
  }
  if (value === current) {
    const many = message('It has {0} replicas already', current);
    return { severity: 'info', message: current === 1 ? message('It has 1 replica already') : many };
  }
  if (autoscaler !== null) {
    return warn(message('The autoscaler {0} decides the replicas and may change this', autoscaler.name));
  }
  if (value === 0) return warn(message('This scales to zero: no pod of the {0} will run', kind));
  return null;
}

function warn(text: Message): { severity: Severity; message: Message } {
  return { severity: 'warning', message: text };
}
