/** What an action refuses by itself, before or after it asked the server. */
import { message } from '../../core/finding.ts';
import { changedSince, ClusterError } from '../errors.ts';
import type { KubeObject } from '../model.ts';

/** As `changedSince`, when somebody has to choose between two states: the newer one comes with it. */
export class ObjectChangedError extends ClusterError {
  readonly newer: KubeObject;

  constructor(context: string, object: string, newer: KubeObject) {
    const { code, explanation, status } = changedSince(context, object);
    super(code, explanation, { context, status });
    this.name = 'ObjectChangedError';
    this.newer = newer;
  }
}

/** An edited object that is another one by its kind, name or namespace. */
export function identityChanged(context: string, field: string, was: string): ClusterError {
  return new ClusterError(
    'invalid',
    message('{0} cannot be changed: it is {1}. Write {1} again, or create another object.', field, was),
    {
      context,
      details: [{ field, message: `must be ${was}`, reason: 'FieldValueForbidden' }],
    },
  );
}

export function pausedNotRestarted(context: string, object: string): ClusterError {
  return new ClusterError(
    'rejected',
    message('{0} is paused: its pods would not restart. Resume it first, then restart it.', object),
    { context },
  );
}

export function nothingRestarts(context: string, object: string): ClusterError {
  return new ClusterError(
    'rejected',
    message(
      '{0} replaces its pods only when they are deleted (updateStrategy OnDelete). Delete the pods that should restart.',
      object,
    ),
    { context },
  );
}
