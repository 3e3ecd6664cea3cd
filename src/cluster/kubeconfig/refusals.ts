import { message } from '../../core/finding.ts';
import { ClusterError } from '../errors.ts';
import type { EditRefusal } from './edit.ts';

/** Why a kubeconfig file stays as it is. */
export function editRefused(context: string, file: string, why: EditRefusal): ClusterError {
  const text = {
    broken: message('{0} is not valid YAML, so nothing was changed in it. Correct it first.', file),
    missing: message(
      '{0} does not hold the context {1} any more. Reload the kubeconfigs, then try again.',
      file,
      context,
    ),
    entangled: message(
      '{0} is written in a way that more than this one value would change. Change it by hand.',
      file,
    ),
  }[why];
  return new ClusterError(why === 'missing' ? 'conflict' : 'kubeconfigInvalid', text, { context });
}

export function kubeconfigMoved(context: string, file: string): ClusterError {
  return new ClusterError(
    'conflict',
    message('{0} was changed by another program just now, so nothing was changed here. Try again.', file),
    { context },
  );
}

export function kubeconfigLocked(context: string, file: string, lock: string): ClusterError {
  return new ClusterError(
    'conflict',
    message(
      '{0} is being changed by another program. If none is at work, delete {1}, then try again.',
      file,
      lock,
    ),
    { context },
  );
}

export function kubeconfigUnwritable(
  context: string,
  file: string,
  cause: NodeJS.ErrnoException,
): ClusterError {
  const denied = ['EACCES', 'EPERM', 'EROFS'].includes(cause.code ?? '');
  const text = denied
    ? message('{0} cannot be written: permission denied. Allow it, or change the file by hand.', file)
    : message('{0} cannot be written: {1}.', file, cause.message);
  return new ClusterError('kubeconfigInvalid', text, { context, cause });
}

export function notUtf8(context: string, file: string): ClusterError {
  return new ClusterError(
    'kubeconfigInvalid',
    message('{0} is not UTF-8 text, so nothing was changed in it. Save it as UTF-8 first.', file),
    { context },
  );
}

/** The file says something else of the context than what the person looked at. */
export function contextMoved(context: string, file: string): ClusterError {
  return new ClusterError(
    'conflict',
    message(
      '{0} says something else of {1} by now. Look at it again, then repeat the action.',
      file,
      context,
    ),
    { context },
  );
}
