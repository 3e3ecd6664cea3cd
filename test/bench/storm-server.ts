/**
 * A server that lists pods, and tells whoever watches them of as many changes a second as it is asked for: more than
 * an API server can make beside everything else on two processors. It speaks as one does, to the parts that are
 * real: transport, store and tree.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { namespace, podOf, statusOf } from './pods.ts';

interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion: string };
}

/** Changes are made so often, in ms. */
const beat = 10;
/** One change in so many takes a pod away, and another one makes it again. */
const rarely = 20;

export class StormServer {
  readonly #server: Server;
  readonly #pods = new Map<number, Pod>();
  readonly #watches = new Set<ServerResponse>();
  readonly #count: number;
  #version = 1;

  private constructor(count: number) {
    this.#count = count;
    for (let index = 0; index < count; index++) this.#pods.set(index, this.#make(index, 0));
    this.#server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
      const isPods = pathname.endsWith('/pods');
      if (searchParams.get('watch') === 'true') this.#watch(response, isPods);
      else if (isPods) this.#list(response, searchParams);
      else this.#listOthers(response, pathname);
    });
  }

  static async start(count: number): Promise<StormServer> {
    const server = new StormServer(count);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves with the number of changes made. */
  async storm(perSecond: number, ms: number): Promise<number> {
    const start = performance.now();
    let made = 0;
    for (;;) {
      const elapsed = Math.min(ms, performance.now() - start);
      const due = Math.floor((elapsed * perSecond) / 1000);
      let text = '';
      // Not all at once where the machine kept it waiting: that would be a flood and no storm.
      for (const end = Math.min(due, made + perSecond / 20); made < end; made++) text += this.#change(made);
      if (text !== '') for (const watch of this.#watches) watch.write(text);
      if (elapsed >= ms && made >= due) return made;
      await sleep(beat);
    }
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** A line of the watch. A stride without a common divisor visits all pods. */
  #change(number: number): string {
    const index = (number * 7919) % this.#count;
    const known = this.#pods.get(index);
    const goes = known !== undefined && number % rarely === 0;
    const pod = this.#make(index, number + 1);
    if (goes) this.#pods.delete(index);
    else this.#pods.set(index, pod);
    const type = goes ? 'DELETED' : known === undefined ? 'ADDED' : 'MODIFIED';
    return `${JSON.stringify({ type, object: { kind: 'Pod', apiVersion: 'v1', ...pod } })}\n`;
  }

  #make(index: number, change: number): Pod {
    const { metadata, spec } = podOf(index) as { metadata: Pod['metadata']; spec: object };
    // As others crash than did a moment ago.
    const status = statusOf(index + change);
    const uid = `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`;
    const resourceVersion = String(++this.#version);
    const creationTimestamp = '2026-01-01T00:00:00Z';
    return {
      metadata: { ...metadata, namespace, uid, resourceVersion, creationTimestamp },
      spec,
      status,
    } as Pod;
  }

  #watch(response: ServerResponse, isPods: boolean): void {
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    if (!isPods) return;
    this.#watches.add(response);
    response.on('close', () => this.#watches.delete(response));
  }

  #list(response: ServerResponse, query: URLSearchParams): void {
    const from = Number(query.get('continue') ?? 0);
    const all = [...this.#pods.values()];
    const end = from + Number(query.get('limit') ?? all.length);
    const more = end < all.length ? { continue: String(end) } : {};
    const metadata = { resourceVersion: String(this.#version), ...more };
    send(response, { kind: 'PodList', apiVersion: 'v1', metadata, items: all.slice(from, end) });
  }

  #listOthers(response: ServerResponse, path: string): void {
    const only = {
      metadata: { name: namespace, uid: 'n', resourceVersion: '1' },
      status: { phase: 'Active' },
    };
    const items = path.endsWith('/namespaces') ? [only] : [];
    send(response, { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items });
  }
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
