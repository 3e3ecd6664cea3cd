import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Session } from '../../../src/cluster/index.ts';
import { fakeServer, sessionOf, temporaryFolder, writeKubeconfig } from '../support.ts';

interface FakeObject {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

interface Watcher {
  readonly collection: string;
  readonly selects: (object: FakeObject) => boolean;
  readonly response: ServerResponse;
}

type Refusal = (request: {
  readonly path: string;
  readonly watch: boolean;
  readonly name: string | null;
}) => number | null;

const kinds: Readonly<Record<string, string>> = { deployments: 'Deployment', jobs: 'Job', pods: 'Pod' };
const apps = '/apis/apps/v1/namespaces/shop/deployments';
const jobs = '/apis/batch/v1/namespaces/shop/jobs';
const pods = '/api/v1/namespaces/shop/pods';

/** An API server of Deployments, Jobs and Pods of the namespace `shop`, for what a real one does not do at a wish. */
export class FakeApi {
  /** Status to refuse a request with; `0`: the connection is cut. */
  refuse: Refusal = () => null;
  readonly #objects = new Map<string, FakeObject>();
  readonly #watchers = new Set<Watcher>();
  #version = 1;

  async session(): Promise<Session> {
    const server = await fakeServer((request, response) => this.#answer(request, response));
    return sessionOf(await writeKubeconfig(join(await temporaryFolder(), 'config'), { server }));
  }

  /** A Deployment whose pods have the label `app`. */
  deployment(name: string): void {
    const spec = { selector: { matchLabels: { app: name } } };
    this.put(apps, { metadata: { name }, spec });
  }

  job(name: string): void {
    this.put(jobs, { metadata: { name }, spec: { selector: { matchLabels: { 'job-name': name } } } });
  }

  put(collection: string, object: Record<string, unknown> & FakeObject): void {
    const { name } = object.metadata;
    this.#version += 1;
    const metadata = {
      uid: `uid-${this.#version}`,
      resourceVersion: String(this.#version),
      ...object.metadata,
    };
    const whole = { ...object, kind: kinds[collection.split('/').at(-1) ?? ''], metadata };
    this.#objects.set(`${collection}/${name}`, whole);
    this.#tell('ADDED', collection, whole);
  }

  remove(collection: 'deployments', name: string): void {
    const path = { deployments: apps }[collection];
    const object = this.#objects.get(`${path}/${name}`);
    if (object === undefined) return;
    this.#objects.delete(`${path}/${name}`);
    this.#version += 1;
    const metadata = { ...object.metadata, resourceVersion: String(this.#version) };
    this.#tell('DELETED', path, { ...object, metadata });
  }

  /** Ends every watch with a reset. */
  cut(): void {
    for (const { response } of this.#watchers) response.socket?.resetAndDestroy();
    this.#watchers.clear();
  }

  #tell(type: string, collection: string, object: FakeObject): void {
    for (const watcher of this.#watchers) {
      if (watcher.collection !== collection || !watcher.selects(object)) continue;
      watcher.response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://server');
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (path === '/api' || path === '/apis') return send(200, discovery(path));
    const collection = [apps, jobs, pods].find((one) => path === one || path.startsWith(`${one}/`)) ?? '';
    const watch = searchParams.has('watch');
    const name = path === collection ? null : path.slice(collection.length + 1);
    const refused = this.refuse({ path, watch, name });
    if (refused === 0) return void request.socket.resetAndDestroy();
    if (refused !== null) return send(refused, { kind: 'Status', code: refused, message: refusal(refused) });
    const selects = selectorOf(searchParams);
    if (watch) {
      response.writeHead(200).flushHeaders();
      const watcher = { collection, selects, response };
      this.#watchers.add(watcher);
      response.on('close', () => this.#watchers.delete(watcher));
    } else if (name === null) {
      const inside = [...this.#objects]
        .filter(([key]) => key.startsWith(`${collection}/`))
        .map(([, one]) => one);
      const kind = `${kinds[collection.split('/').at(-1) ?? ''] ?? ''}List`;
      const metadata = { resourceVersion: String(this.#version) };
      send(200, { kind, apiVersion: 'v1', metadata, items: inside.filter(selects) });
    } else {
      const found = this.#objects.get(path);
      const details = { name, kind: collection.split('/').at(-1) };
      if (found === undefined)
        send(404, { kind: 'Status', code: 404, reason: 'NotFound', message: 'gone', details });
      else send(200, found);
    }
  }
}

function refusal(status: number): string {
  return status === 403 ? 'User "anna" cannot list resource "deployments"' : 'by the test';
}

function selectorOf(search: URLSearchParams): (object: FakeObject) => boolean {
  const name = /^metadata\.name=(.*)$/.exec(search.get('fieldSelector') ?? '')?.[1];
  const labels = (search.get('labelSelector') ?? '').split(',').filter((label) => label !== '');
  return ({ metadata }) =>
    (name === undefined || metadata.name === name) &&
    labels.every((label) => {
      const [key = '', value] = label.split('=');
      if (key.startsWith('!')) return metadata.labels?.[key.slice(1)] === undefined;
      const has = metadata.labels?.[key];
      return value === undefined ? has !== undefined : has === value;
    });
}

function discovery(path: string): unknown {
  const resource = (plural: string): unknown => ({
    resource: plural,
    responseKind: { kind: kinds[plural] },
    scope: 'Namespaced',
    verbs: ['get', 'list', 'watch'],
  });
  const group = (name: string, plural: string): unknown => ({
    metadata: { name },
    versions: [{ version: 'v1', resources: [resource(plural)] }],
  });
  const items =
    path === '/api' ? [group('', 'pods')] : [group('apps', 'deployments'), group('batch', 'jobs')];
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items };
}
