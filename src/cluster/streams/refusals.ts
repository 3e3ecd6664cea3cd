/** Failures of streams that no HTTP status tells. */
import { message } from '../../core/finding.ts';
import { ClusterError, type ErrorOrigin, sentence } from '../errors.ts';

/** The connection ended without a farewell, or with one that names a reason (`words`, else `''`). */
export function socketEnded({ context }: ErrorOrigin, words: string): ClusterError {
  const text =
    words === ''
      ? message('The connection to {0} was cut. Check the network or VPN, then Retry.', context)
      : message('{0} ended the connection: {1}. Retry in a moment.', context, sentence(words));
  return new ClusterError('unreachable', text, { context, retryable: true });
}

/** Half open: nothing comes any more, not even an answer to a ping. */
export function socketSilent({ context }: ErrorOrigin, seconds: number): ClusterError {
  return new ClusterError(
    'unreachable',
    message(
      'The connection to {0} is dead: no sign of life for {1} s. Check the network or VPN, then Retry.',
      context,
      seconds,
    ),
    { context, retryable: true },
  );
}

/** Something between here and the API server does not know WebSockets. */
export function socketsBlocked({ context, server }: ErrorOrigin): ClusterError {
  return new ClusterError(
    'rejected',
    message(
      'Something before {0} lets no WebSocket through. Let whoever runs {1} allow “Upgrade: websocket”.',
      context,
      server,
    ),
    { context },
  );
}

/** `where` is the container, or the pod where none was named. */
export function programMissing(context: string, where: string, program: string): ClusterError {
  return new ClusterError(
    'notFound',
    message(
      '{0} in {1} holds no program {2}. Run another one, or use a debug container.',
      where,
      context,
      program,
    ),
    { context },
  );
}

export function programNotStarted(
  context: string,
  where: string,
  program: string,
  words: string,
): ClusterError {
  return new ClusterError(
    'rejected',
    message('{0} could not be started in {1}: {2}. Look at the container’s state.', program, where, words),
    { context },
  );
}

/** The connection was closed properly, but nobody said what became of the process. */
export function endedUnexplained(context: string, where: string): ClusterError {
  return new ClusterError(
    'unreachable',
    message(
      '{0} ended the session in {1}: the container is gone, or was restarted. Open it again.',
      context,
      where,
    ),
    { context, retryable: true },
  );
}

export function portRefused(context: string, pod: string, port: number): ClusterError {
  return new ClusterError(
    'rejected',
    message(
      'Nothing listens on port {0} of {1} in {2}. Choose the port its program listens on.',
      port,
      pod,
      context,
    ),
    { context, retryable: true },
  );
}

export function portTroubled(context: string, pod: string, port: number, words: string): ClusterError {
  return new ClusterError(
    'rejected',
    message(
      'Port {0} of {1} in {2} cannot be reached: {3}. Retry in a moment.',
      port,
      pod,
      context,
      sentence(words),
    ),
    { context, retryable: true },
  );
}

export function portUnnamed(context: string, pod: string, name: string): ClusterError {
  return new ClusterError(
    'notFound',
    message(
      'No container of {0} in {1} names a port {2}. Correct the Service’s targetPort.',
      pod,
      context,
      name,
    ),
    { context },
  );
}

/** `object` leads to no pods: a Service without a selector, a kind without pods. */
export function nothingToForward(context: string, object: string): ClusterError {
  return new ClusterError(
    'notFound',
    message('{0} in {1} selects no pods. Choose a pod, or what its pods belong to.', object, context),
    { context },
  );
}

export function podGone(context: string, pod: string): ClusterError {
  return new ClusterError(
    'notFound',
    message(
      '{0} is gone from {1}. Forward its workload or Service: that follows to the next pod.',
      pod,
      context,
    ),
    { context },
  );
}

export function localPortTaken(context: string, port: number, cause: unknown): ClusterError {
  return new ClusterError(
    'rejected',
    message(
      'Port {0} of this machine cannot be opened: it is taken, or kept for administrators. Choose another.',
      port,
    ),
    { context, cause },
  );
}

/** Images made of one program and nothing else (distroless, scratch). */
export function noShell(context: string, where: string): ClusterError {
  return new ClusterError(
    'notFound',
    message('{0} in {1} has no shell (bash, ash, sh). Use a debug container beside it.', where, context),
    { context },
  );
}

/** `state` and `words` are the cluster's: `ErrImagePull` and why, `Completed` and nothing. */
export function debugContainerFailed(
  context: string,
  image: string,
  state: string,
  words: string,
): ClusterError {
  const why = words === '' ? state : `${state}: ${sentence(words)}`;
  return new ClusterError(
    'rejected',
    message(
      'The debug container of {0} does not run in {1} ({2}). Choose another image.',
      image,
      context,
      why,
    ),
    { context },
  );
}
