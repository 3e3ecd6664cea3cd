import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { message, type Message } from '../../core/finding.ts';
import { type Disposable, Disposables, Listeners } from '../../platform/disposables.ts';
import { isCancellation } from '../../platform/failure.ts';
import { cancelledError, ClusterError } from '../errors.ts';
import type { KubeObject, Lease, LiveStore, Session, WorkloadRef } from '../model.ts';
import { readObject } from '../objects.ts';
import { podQuery } from '../pods.ts';
import { openStore } from '../store/leases.ts';
import { type PodPorts, projectPodPorts, targetOfPort } from './ports.ts';
import { localPortTaken, nothingToForward, podGone, portUnnamed } from './refusals.ts';
import { tunnel, TunnelNotOpened } from './tunnel.ts';

export interface ForwardOptions {
  /** Port of the object: a Service's own, else its pods'. */
  readonly port: number;
  /** Port of this machine; null: the same where it is free, else any. */
  readonly localPort: number | null;
}

export type ForwardState =
  | { readonly phase: 'live'; readonly pod: string }
  /** Connections are held for a while. */
  | { readonly phase: 'waiting'; readonly reason: Message }
  /** The last connection failed, or none can succeed; the next one is tried all the same. */
  | { readonly phase: 'failed'; readonly reason: Message };

export interface ForwardTraffic {
  /** Connections that are open now. */
  readonly open: number;
  readonly total: number;
  /** Bytes to the pods and from them, all connections together. */
  readonly sent: number;
  readonly received: number;
}

/** A port of this machine that leads to a pod of an object, whichever pod that is by then. */
export interface Forward extends Disposable {
  readonly ref: WorkloadRef;
  readonly context: string;
  readonly port: number;
  /** On 127.0.0.1, and nowhere else. */
  readonly localPort: number;
  readonly state: ForwardState;
  readonly traffic: ForwardTraffic;
  /** Aborted when it has ended: disposed of, or with its session. */
  readonly ended: AbortSignal;
  /** Fires at each change of state and traffic: gather them before drawing anything. */
  onDidChange(listener: () => void): Disposable;
}

/** How long a connection waits for a pod to come. */
const patienceMs = 30_000;
/** How long a connection that its pod did not take waits for the news that there is another. */
const successionMs = 3_000;

/** Opens a port of this machine. Rejects with a ClusterError: no such object, nothing it leads to, port taken. */
export async function openForward(
  session: Session,
  ref: WorkloadRef,
  { port, localPort }: ForwardOptions,
): Promise<Forward> {
  const object = { kind: ref.kind, ...(await readObject(session, ref)) };
  const query = podQuery(object, ref.namespace);
  if (query === null) throw nothingToForward(session.context.name, `${ref.kind} ${ref.name}`);
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
  await listen(server, port, localPort, session.context.name);
  if (session.closed.aborted) {
    server.close();
    throw cancelledError(session.context.name);
  }
  const pods = openStore(session, query, projectPodPorts);
  return new OpenForward({ session, ref, object, port, server, pods });
}

async function listen(server: Server, port: number, wanted: number | null, context: string): Promise<void> {
  const tryPort = (candidate: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: candidate, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await tryPort(wanted ?? port);
  } catch (error) {
    if (wanted !== null) throw localPortTaken(context, wanted, error);
    await tryPort(0);
  }
}

interface Parts {
  readonly session: Session;
  readonly ref: WorkloadRef;
  readonly object: KubeObject;
  readonly port: number;
  readonly server: Server;
  readonly pods: Lease<LiveStore<PodPorts>>;
}

class OpenForward implements Forward {
  readonly ref: WorkloadRef;
  readonly port: number;
  readonly localPort: number;
  readonly #session: Session;
  readonly #target: number | string;
  readonly #pods: LiveStore<PodPorts>;
  readonly #ending = new AbortController();
  readonly #owned = new Disposables();
  readonly #changed: Listeners<void>;
  readonly #sockets = new Set<Socket>();
  /** Connections that wait for a pod: each looks whether there is one now. */
  readonly #waiting = new Set<() => void>();
  readonly #traffic = { open: 0, total: 0, sent: 0, received: 0 };
  #pod: PodPorts | null = null;
  /** A pod was there: that it is not any more means something else than that none came yet. */
  #gone: PodPorts | null = null;
  #failure: Message | null = null;

  constructor({ session, ref, object, port, server, pods }: Parts) {
    this.ref = ref;
    this.port = port;
    this.localPort = (server.address() as AddressInfo).port;
    this.#session = session;
    this.#target = targetOfPort(object, port);
    this.#pods = pods.value;
    this.#changed = new Listeners((error) => session.log.error(String(error)));
    const end = (): void => this.dispose();
    session.closed.addEventListener('abort', end, { once: true });
    this.#owned.own({ dispose: () => session.closed.removeEventListener('abort', end) });
    this.#owned.own(pods);
    this.#owned.own({ dispose: () => server.close() });
    this.#owned.own(this.#pods.onDidChange(() => this.#choose()));
    this.#owned.own(this.#pods.onDidChangeState(() => this.#choose()));
    server.on('connection', (local) => void this.#serve(local));
    // One that cannot be taken (too many are open) does not end the others.
    server.on('error', (error) =>
      session.log.warn(`${this.context}: port ${this.localPort}: ${String(error)}`),
    );
    this.#choose();
  }

  get context(): string {
    return this.#session.context.name;
  }

  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  get traffic(): ForwardTraffic {
    return { ...this.#traffic };
  }

  get state(): ForwardState {
    if (this.#failure !== null) return { phase: 'failed', reason: this.#failure };
    const { state } = this.#pods;
    const pod = this.#reachable();
    if (pod !== null && state.phase !== 'stale') return { phase: 'live', pod };
    if (state.phase === 'stale') return { phase: 'waiting', reason: state.error.explanation };
    if ('error' in state) return { phase: 'failed', reason: state.error.explanation };
    if (this.#gone !== null && this.#isFinal(this.#gone)) {
      return { phase: 'failed', reason: podGone(this.context, this.#gone.name).explanation };
    }
    return { phase: 'waiting', reason: message('waiting for a pod') };
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  dispose(): void {
    if (this.ended.aborted) return;
    this.#ending.abort();
    this.#owned.dispose();
    for (const socket of this.#sockets) socket.destroy();
    for (const look of [...this.#waiting]) look();
    this.#changed.fire();
    this.#changed.clear();
  }

  /** Keeps to its pod while that can be spoken to; else the newest that is ready, else the newest that runs. */
  #choose(): void {
    const usable = [...this.#pods.rows.values()].filter(({ running, deleted }) => running && !deleted);
    const same = usable.find(({ uid }) => uid === this.#pod?.uid) ?? null;
    const ready = usable.filter(({ ready: isReady }) => isReady);
    const newest = [...(ready.length > 0 ? ready : usable)].sort((one, other) =>
      other.created.localeCompare(one.created),
    );
    const before = this.#pod;
    this.#pod = same !== null && (same.ready || ready.length === 0) ? same : (newest[0] ?? null);
    if (before !== null && this.#pod === null) this.#gone = before;
    if (before?.uid !== this.#pod?.uid) this.#failure = null;
    for (const look of [...this.#waiting]) look();
    this.#changed.fire();
  }

  /** Who may not list pods may still forward to one whose name is known. */
  #reachable(): string | null {
    if (this.#pod !== null) return this.#pod.name;
    return this.ref.kind === 'Pod' && this.#pods.state.phase === 'forbidden' ? this.ref.name : null;
  }

  /** A pod that was named and will not come back under this name. */
  #isFinal(pod: PodPorts): boolean {
    return this.ref.kind === 'Pod' && !pod.returns;
  }

  async #serve(local: Socket): Promise<void> {
    this.#sockets.add(local);
    this.#traffic.open += 1;
    this.#traffic.total += 1;
    local
      .on('error', () => undefined)
      .once('close', () => {
        this.#sockets.delete(local);
        this.#traffic.open -= 1;
        this.#changed.fire();
      });
    this.#changed.fire();
    try {
      await this.#lead(local);
    } catch (thrown) {
      const error = thrown instanceof TunnelNotOpened ? thrown.cause : thrown;
      const leftAlone = local.destroyed;
      if (!local.destroyed) local.resetAndDestroy();
      if (this.ended.aborted || (leftAlone && isCancellation(error))) return;
      const { context, ref, port } = this;
      this.#session.log.warn(`${context}: ${ref.kind} ${ref.name} port ${port}: ${String(error)}`);
      this.#failed(error);
    }
  }

  async #lead(local: Socket): Promise<void> {
    const pod = this.#reachable() ?? (await this.#comingPod(local, null, patienceMs));
    if (pod === null) {
      local.resetAndDestroy();
      return;
    }
    try {
      await this.#leadTo(pod, local);
    } catch (error) {
      if (!(error instanceof TunnelNotOpened) || !isOfPod(error.cause)) throw error;
      // The pod may be on its way out, and we the last to hear of it.
      const next = await this.#comingPod(local, pod, successionMs);
      if (next === null) throw error;
      await this.#leadTo(next, local);
    }
  }

  #leadTo(pod: string, local: Socket): Promise<void> {
    const target = { namespace: this.ref.namespace, pod, port: this.#portIn(pod) };
    return tunnel(this.#session, target, local, {
      signal: this.ended,
      onTraffic: (sent, received) => {
        this.#traffic.sent += sent;
        this.#traffic.received += received;
        // Something came back, so somebody listens.
        if (received > 0) this.#failure = null;
        this.#changed.fire();
      },
    });
  }

  #portIn(pod: string): number {
    if (typeof this.#target === 'number') return this.#target;
    const port = this.#pod?.named[this.#target];
    if (port === undefined) throw portUnnamed(this.context, pod, this.#target);
    return port;
  }

  /** The pod that can be spoken to, if it is not `instead`, else the one that comes; null: none did, or nobody waits. */
  #comingPod(local: Socket, instead: string | null, limitMs: number): Promise<string | null> {
    return new Promise((resolve) => {
      const settle = (pod: string | null): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        local.off('close', look);
        resolve(pod);
      };
      const look = (): void => {
        const pod = this.#reachable();
        if (this.ended.aborted || local.destroyed) settle(null);
        else if (pod !== null && pod !== instead) settle(pod);
      };
      const timer = setTimeout(() => settle(null), limitMs);
      this.#waiting.add(look);
      local.once('close', look);
      look();
    });
  }

  #failed(error: unknown): void {
    this.#failure = error instanceof ClusterError ? error.explanation : message('{0}', String(error));
    this.#changed.fire();
  }
}

/** Whether the answer may be another for another pod. */
function isOfPod(error: unknown): boolean {
  return error instanceof ClusterError && ['notFound', 'rejected', 'serverError'].includes(error.code);
}
