/** What the deploy pick says of a plan: pure, so that it can be tested without an editor. */
import type { ObjectPlan } from '../../cluster/index.ts';
import { message, type Message } from '../../core/index.ts';

/** What becomes of an object when the person agrees. */
export type Standing = 'change' | 'unchanged' | 'conflict' | 'refused';

/** A conflict over fields is no refusal: the person may take the fields over. */
export function standingOf({ action, error, result }: ObjectPlan): Standing {
  if (action === 'unchanged') return 'unchanged';
  if (action !== 'refused') return 'change';
  return error?.code === 'conflict' && error.details.length > 0 && result !== null ? 'conflict' : 'refused';
}

export interface RowWords {
  /** `~ Deployment web` */
  readonly label: string;
  /** `2 fields`, and the namespace where it is not the target's. */
  readonly description: readonly Message[];
  /** The server's own words: a refusal, an owner of fields, warnings. */
  readonly detail: readonly Message[];
}

/** One object's row. `namespace` is the target's: an object that goes elsewhere says so. */
export function rowWords(plan: ObjectPlan, namespace: string): RowWords {
  const { object, warnings, error } = plan;
  const elsewhere =
    plan.namespace !== null && plan.namespace !== namespace ? [message('in {0}', plan.namespace)] : [];
  return {
    label: `${symbolOf(plan)} ${object.kind} ${object.name}`,
    description: [changeWords(plan), ...elsewhere],
    detail: [...errorWords(error), ...warnings.map((warning) => message('Warning: {0}', warning))],
  };
}

/** Causes shown in a row, which holds one line; Problems holds them all. */
const causesShown = 2;

/** What the server said, with paths cut to their last steps: the whole sentence would lose its end. */
function errorWords(error: ObjectPlan['error']): readonly Message[] {
  if (error === null) return [];
  if (error.code === 'conflict' || error.details.length === 0) return [error.explanation];
  const causes = error.details
    .slice(0, causesShown)
    .map(({ field, message: words }) =>
      field === '' ? message('{0}', words) : message('{0}: {1}', lastSteps(field), words),
    );
  const more = error.details.length - causes.length;
  return more === 0 ? causes : [...causes, message('{0} more', more)];
}

/** `spec.template.spec.containers[0].image` → `containers[0].image`. */
function lastSteps(field: string): string {
  return field.split('.').slice(-2).join('.');
}

function symbolOf(plan: ObjectPlan): string {
  if (plan.action === 'create') return '+';
  return { change: '~', unchanged: '=', conflict: '⚠', refused: '✖' }[standingOf(plan)];
}

function changeWords(plan: ObjectPlan): Message {
  switch (standingOf(plan)) {
    case 'unchanged':
      return message('unchanged');
    case 'refused':
      return message('refused');
    case 'conflict':
      return message('fields of {0}', ownersOf(plan).join(', '));
    case 'change':
      if (plan.unverified) return message('new, checked once what it needs is there');
      if (plan.action === 'create') return message('new');
      return plan.changes === 1 ? message('1 field') : message('{0} fields', plan.changes);
  }
}

/** One field of a manifest that somebody else manages. */
export interface OwnedField {
  readonly field: string;
  readonly owner: string;
}

/** Fields of a conflict, each with the manager the server named. */
export function ownedFields({ error }: ObjectPlan): readonly OwnedField[] {
  return (error?.details ?? []).map(({ field, message: words }) => ({
    field,
    owner: /with "([^"]*)"/.exec(words)?.[1] ?? words,
  }));
}

function ownersOf(plan: ObjectPlan): readonly string[] {
  return [...new Set(ownedFields(plan).map(({ owner }) => owner))];
}

/** The first row, which Enter takes: what will be done, or why nothing can be. */
export interface Decision {
  readonly kind: 'deploy' | 'nothing' | 'refused';
  readonly label: Message;
  readonly description: Message | null;
}

export function decisionOf(plans: readonly ObjectPlan[]): Decision {
  const count = (...standings: readonly Standing[]): number =>
    plans.filter((plan) => standings.includes(standingOf(plan))).length;
  const changes = count('change', 'conflict');
  const refused = count('refused');
  const leftOut =
    refused === 0
      ? null
      : refused === 1
        ? message('leaves out the object that was refused')
        : message('leaves out the {0} objects that were refused', refused);
  if (changes > 0) {
    const label = changes === 1 ? message('Deploy 1 change') : message('Deploy {0} changes', changes);
    return { kind: 'deploy', label, description: leftOut };
  }
  if (refused > 0) {
    return {
      kind: 'refused',
      label: message('Nothing can be deployed'),
      description: message('correct what was refused, then deploy again'),
    };
  }
  return {
    kind: 'nothing',
    label: message('Nothing to deploy'),
    description: message('all of it is as written'),
  };
}
