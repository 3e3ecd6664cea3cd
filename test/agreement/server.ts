import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { parse, parseAllDocuments } from 'yaml';
import type { Seed } from './seeds.ts';

/** What the API server said of one manifest. */
export interface Answer {
  /** Of HTTP. */
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly Cause[];
  readonly warnings: readonly string[];
}

export interface Cause {
  readonly field: string;
  readonly message: string;
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
  }[];
  readonly users: readonly { readonly user: { readonly token: string } }[];
}

interface Reply {
  readonly status: number;
  readonly warnings: readonly string[];
  readonly body: unknown;
}

interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The API server of the bench, asked as its administrator. */
export class ApiServer {
  readonly #agent: Agent;
  readonly #server: string;
  readonly #token: string;
  readonly #resources = new Map<string, Promise<ReadonlyMap<string, Resource>>>();

  private constructor(server: string, ca: string, token: string) {
    this.#server = server;
    this.#token = token;
    this.#agent = new Agent({ ca, keepAlive: true, maxSockets: 16 });
  }

  static async open(kubeconfig: string): Promise<ApiServer> {
    const config = parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig;
    const [cluster, user] = [config.clusters[0]?.cluster, config.users[0]?.user];
    if (cluster === undefined || user === undefined)
      throw new Error(`${kubeconfig} names no cluster and user.`);
    const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString();
    return new ApiServer(cluster.server, ca, user.token);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** `v1.36.3`. */
  async version(): Promise<string> {
    const { body } = await this.#call('GET', '/version');
    return (body as { readonly gitVersion: string }).gitVersion;
  }

  /** Has the server create the object of `text`, a change of `seed`, without keeping it. */
  async create(seed: Seed, text: string): Promise<Answer> {
    const path = `${await this.#collection(seed, text)}?dryRun=All&fieldValidation=Strict`;
    const reply = await this.#call('POST', path, text).catch((error: unknown) => hangUp(error));
    const { status, warnings, body } = reply;
    if (status < 300) return { status, reason: '', message: '', causes: [], warnings };
    const {
      reason = '',
      message = '',
      details,
    } = body as Partial<Answer> & {
      readonly details?: { readonly causes?: readonly Partial<Cause>[] };
    };
    const causes = (details?.causes ?? []).map((cause) => ({
      field: cause.field ?? '',
      message: cause.message ?? '',
    }));
    return { status, reason, message, causes, warnings };
  }

  async #collection(seed: Seed, text: string): Promise<string> {
    const { apiVersion } = seed;
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const known = this.#resources.get(group) ?? this.#discover(group);
    this.#resources.set(group, known);
    const kind = String(seed.tree().kind);
    const resource = (await known).get(kind);
    if (resource === undefined) throw new Error(`The server has no ${kind} in ${apiVersion}.`);
    const scope = resource.namespaced ? `/namespaces/${writtenNamespace(text) ?? 'default'}` : '';
    return `${group}${scope}/${resource.plural}`;
  }

  async #discover(group: string): Promise<ReadonlyMap<string, Resource>> {
    const { body } = await this.#call('GET', group);
    const { resources = [] } = body as {
      readonly resources?: readonly {
        readonly name: string;
        readonly kind: string;
        readonly namespaced: boolean;
      }[];
    };
    const whole = resources.filter(({ name }) => !name.includes('/'));
    return new Map(whole.map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]));
  }

  #call(method: string, path: string, body?: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers = {
        accept: 'application/json',
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/yaml' }),
      };
      const url = new URL(path, this.#server);
      const call = request(url, { agent: this.#agent, method, headers, timeout: 60_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          try {
            const warnings = [response.headers.warning ?? []].flat();
            resolve({ status: response.statusCode ?? 0, warnings, body: JSON.parse(text) });
          } catch {
            reject(new Error(`${method} ${path} was answered with ${response.statusCode}: ${text}`));
          }
        });
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path} was not answered`)));
      call.on('error', reject);
      call.end(body);
    });
  }
}

/** Some manifests make the server's own code fail: it says nothing then, and closes the connection. */
function hangUp(error: unknown): Reply {
  if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) throw error;
  return { status: 500, warnings: [], body: { message: 'the server hung up' } };
}

/** A client sends an object to the namespace that the object names. */
function writtenNamespace(text: string): string | null {
  const [document] = parseAllDocuments(text);
  if (document === undefined || !('contents' in document)) return null;
  const namespace: unknown = document.getIn(['metadata', 'namespace']);
  return typeof namespace === 'string' && /^[a-z0-9-]+$/.test(namespace) ? namespace : null;
}
