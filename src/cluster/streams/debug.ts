import { randomBytes } from 'node:crypto';
import { containersOf, podStatus } from '../../core/index.ts';
import { cancelledError, changedSince, ClusterError, objectGone } from '../errors.ts';
import type { KubeObject, Lease, LiveStore, Session } from '../model.ts';
import { metaOf, resourcePath } from '../objects.ts';
import { pods } from '../pods.ts';
import { openStore } from '../store/leases.ts';
import { attach, type ContainerRef, type ProcessOptions, type RemoteProcess } from './process.ts';
import { debugContainerFailed } from './refusals.ts';

export interface DebugRequest {
  readonly namespace: string;
  readonly pod: string;
  /** A pod of the same name but another UID gets no container. */
  readonly uid: string;
  readonly image: string;
  /** The container whose processes it sees; null: none. */
  readonly target: string | null;
}

export interface DebugOptions {
  readonly signal: AbortSignal;
  /** Called with the state of the container, in the words of `kubectl get pods`. */
  readonly onProgress: (words: string) => void;
}

interface PodRow {
  readonly uid: string;
  readonly pod: KubeObject;
}

/** One pod is kept whole: core reads its containers. */
function projectPod(object: unknown): PodRow {
  const pod = object as KubeObject;
  return { uid: String(metaOf(pod).uid), pod };
}

/**
 * Puts an ephemeral container into a pod and waits until it runs; its name. It stays in the pod's list when it has
 * ended: Kubernetes cannot take it out. Rejects with a ClusterError: not allowed, refused
 * by Pod Security, pod gone, image not pulled, ended at once, cancelled.
 */
export async function addDebugContainer(
  session: Session,
  request: DebugRequest,
  options: DebugOptions,
): Promise<string> {
  const { namespace, pod, uid, image, target } = request;
  const name = `debugger-${randomBytes(3).toString('hex')}`;
  const container = {
    name,
    image,
    stdin: true,
    tty: true,
    terminationMessagePolicy: 'File',
    ...(target !== null && { targetContainerName: target }),
  };
  await session
    .request(resourcePath(pods, namespace, pod, 'ephemeralcontainers'), {
      method: 'PATCH',
      contentType: 'application/strategic-merge-patch+json',
      body: { metadata: { uid }, spec: { ephemeralContainers: [container] } },
      signal: options.signal,
    })
    .catch((error: unknown) => {
      const replaced =
        error instanceof ClusterError && error.details.some(({ field }) => field === 'metadata.uid');
      throw replaced ? changedSince(session.context.name, `Pod ${pod}`) : error;
    });
  const query = { ...pods, namespace, fieldSelector: `metadata.name=${pod}` };
  const lease = openStore(session, query, projectPod);
  try {
    await running(session, lease, request, name, options);
  } finally {
    lease.dispose();
  }
  return name;
}

/** Ctrl+C for what runs in front, then the end of the input for the shell behind it. */
const farewell = Buffer.from('\u0003\u0004');

/**
 * Connects a terminal to the shell that a debug container was started with. Closing it takes leave of the shell, which
 * the server itself would let run on.
 */
export async function visitDebugContainer(
  session: Session,
  target: ContainerRef,
  options: Pick<ProcessOptions, 'signal' | 'onOutput'>,
): Promise<RemoteProcess> {
  const running = await attach(session, target, { ...options, tty: true, stdin: true });
  return {
    write: (data) => running.write(data),
    endInput: () => running.endInput(),
    resize: (columns, rows) => running.resize(columns, rows),
    ended: running.ended,
    close: () => {
      void running.write(farewell);
      running.close();
    },
  };
}

/** Waits for the container; nothing but an answer of the cluster ends it, or the person. */
function running(
  session: Session,
  { value: store }: Lease<LiveStore<PodRow>>,
  { pod, uid, image }: DebugRequest,
  name: string,
  { signal, onProgress }: DebugOptions,
): Promise<void> {
  const context = session.context.name;
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null): void => {
      for (const listener of listeners) listener.dispose();
      signal.removeEventListener('abort', abort);
      session.closed.removeEventListener('abort', abort);
      if (error === null) resolve();
      else reject(error);
    };
    const abort = (): void => settle(cancelledError(context));
    const look = (): void => {
      const row = store.rows.get(uid);
      if (row === undefined) {
        if ('error' in store.state && store.state.phase !== 'stale') settle(store.state.error);
        else if (store.state.phase === 'live') settle(objectGone(context, `Pod ${pod}`));
        return;
      }
      const container = containersOf(row.pod).find((one) => one.name === name);
      // The store may not have heard of it yet.
      if (container === undefined) return;
      onProgress(container.text);
      const ended = container.since !== null && container.text !== 'Running';
      if (container.text === 'Running') settle(null);
      else if (ended || container.health === 'failed') {
        settle(debugContainerFailed(context, image, container.text, container.reason ?? ''));
      } else if (podStatus(row.pod).health === 'idle') settle(objectGone(context, `Pod ${pod}`));
    };
    const listeners = [store.onDidChange(look), store.onDidChangeState(look)];
    signal.addEventListener('abort', abort, { once: true });
    session.closed.addEventListener('abort', abort, { once: true });
    if (signal.aborted || session.closed.aborted) abort();
    else look();
  });
}
