import { dirname, isAbsolute, resolve } from 'node:path';
import { Composer, type Document, Parser } from 'yaml';
import { message, type Message } from '../../core/finding.ts';
import type { ClusterEntry, ContextEntry, ExecPlugin, KubeconfigFile, UserEntry } from './entries.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What one file holds, or why it cannot be read. Entries of a wrong shape are problems; the others stay. As kubectl,
 * only the first YAML document counts, whatever follows it.
 */
export function parseKubeconfig(text: string, file: string): KubeconfigFile {
  const reader = new Reader(file);
  const document = firstDocument(text);
  const [error] = document?.errors ?? [];
  if (error !== undefined) {
    reader.problem(message('{0} is not valid YAML: {1}', file, firstLine(error.message, text, error.pos[0])));
    return reader.result(null);
  }
  let root: unknown;
  try {
    root = document?.toJS();
  } catch (failure) {
    // Aliases of aliases that unfold without end.
    reader.problem(message('{0} is not valid YAML: {1}', file, (failure as Error).message));
    return reader.result(null);
  }
  // An empty file is an empty kubeconfig: kubectl itself creates such files.
  if (root === null || root === undefined) return reader.result(null);
  if (!isFields(root)) {
    reader.problem(message('{0} is not a kubeconfig: it holds no mapping.', file));
    return reader.result(null);
  }
  const { apiVersion, kind } = {
    apiVersion: scalar(root.apiVersion) ?? 'v1',
    kind: scalar(root.kind) ?? 'Config',
  };
  if (apiVersion !== 'v1' || kind !== 'Config') {
    reader.problem(
      message('{0} is not a kubeconfig: it says {1} of {2}, not Config of v1.', file, kind, apiVersion),
    );
    return reader.result(null);
  }
  reader.clusters(root);
  reader.users(root);
  reader.contexts(root);
  return reader.result(scalar(root['current-context']));
}

/** The first document of the text, read as kubectl reads it: merge keys count, of a key written twice the last. */
export function firstDocument(text: string): Document.Parsed | null {
  const composer = new Composer({
    logLevel: 'silent',
    uniqueKeys: false,
    merge: true,
    keepSourceTokens: true,
  });
  for (const document of composer.compose(new Parser().parse(text))) return document;
  return null;
}

function firstLine(words: string, text: string, offset: number): Message {
  const [first = ''] = words.split('\n');
  const before = text.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return message('{0} at line {1}, column {2}', first.replace(/:$/, ''), before.length, column);
}

/** Reads the three lists of one file; paths in it are relative to the file's folder. */
class Reader {
  readonly #file: string;
  readonly #folder: string;
  readonly #problems: Message[] = [];
  readonly #clusters = new Map<string, ClusterEntry>();
  readonly #users = new Map<string, UserEntry>();
  readonly #contexts = new Map<string, ContextEntry>();

  constructor(file: string) {
    this.#file = file;
    this.#folder = dirname(file);
  }

  problem(text: Message): void {
    this.#problems.push(text);
  }

  result(current: string | null): KubeconfigFile {
    return {
      file: this.#file,
      clusters: this.#clusters,
      users: this.#users,
      contexts: this.#contexts,
      current,
      problems: this.#problems,
    };
  }

  clusters(root: Fields): void {
    for (const [name, cluster] of this.#entries(root, 'clusters', 'cluster')) {
      this.#clusters.set(name, {
        name,
        server: scalar(cluster.server) ?? '',
        caFile: this.#path(cluster['certificate-authority']),
        caData: scalar(cluster['certificate-authority-data']),
        insecure: truth(cluster['insecure-skip-tls-verify']),
        tlsServerName: scalar(cluster['tls-server-name']),
        proxyUrl: scalar(cluster['proxy-url']),
        execConfig: execExtension(cluster),
      });
    }
  }

  users(root: Fields): void {
    for (const [name, user] of this.#entries(root, 'users', 'user')) {
      this.#users.set(name, {
        name,
        token: scalar(user.token),
        tokenFile: this.#path(user.tokenFile),
        certFile: this.#path(user['client-certificate']),
        certData: scalar(user['client-certificate-data']),
        keyFile: this.#path(user['client-key']),
        keyData: scalar(user['client-key-data']),
        username: scalar(user.username),
        password: scalar(user.password),
        impersonate: impersonation(user),
        authProvider: isFields(user['auth-provider']) ? user['auth-provider'] : null,
        exec: isFields(user.exec) ? this.#exec(user.exec) : null,
      });
    }
  }

  contexts(root: Fields): void {
    for (const [name, context] of this.#entries(root, 'contexts', 'context')) {
      this.#contexts.set(name, {
        name,
        cluster: scalar(context.cluster) ?? '',
        user: scalar(context.user) ?? '',
        namespace: scalar(context.namespace) ?? 'default',
        file: this.#file,
      });
    }
  }

  *#entries(root: Fields, list: string, key: string): Iterable<[string, Fields]> {
    const items = root[list];
    if (items === null || items === undefined) return;
    if (!Array.isArray(items)) {
      this.problem(message('{0}: {1} is not a list.', this.#file, list));
      return;
    }
    const seen = new Set<string>();
    for (const [index, item] of (items as unknown[]).entries()) {
      const name = isFields(item) ? scalar(item.name) : null;
      if (!isFields(item) || name === null) {
        this.problem(message('{0}: {1}[{2}] has no name.', this.#file, list, index));
        continue;
      }
      const value = item[key];
      if (seen.has(name)) {
        this.problem(
          message(
            '{0}: {1} names {2} twice. The first one counts; kubectl refuses the file.',
            this.#file,
            list,
            name,
          ),
        );
        continue;
      }
      seen.add(name);
      if (isFields(value)) yield [name, value];
      else if (value === null || value === undefined) yield [name, {}];
      else this.problem(message('{0}: {1}[{2}].{3} is not a mapping.', this.#file, list, index, key));
    }
  }

  #path(value: unknown): string | null {
    const path = scalar(value);
    return path === null ? null : resolve(this.#folder, path);
  }

  #exec(exec: Fields): ExecPlugin {
    const command = scalar(exec.command) ?? '';
    return {
      // As kubectl: a bare name is looked up in PATH, a relative path belongs to the file's folder.
      command: /[\\/]/.test(command) && !isAbsolute(command) ? resolve(this.#folder, command) : command,
      args: Array.isArray(exec.args) ? exec.args.map(String) : [],
      env: pairs(exec.env),
      apiVersion: scalar(exec.apiVersion) ?? 'client.authentication.k8s.io/v1',
      provideClusterInfo: truth(exec.provideClusterInfo),
      interactiveMode: scalar(exec.interactiveMode) ?? 'IfAvailable',
      installHint: scalar(exec.installHint) ?? '',
    };
  }
}

function impersonation(user: Fields): Readonly<Record<string, string | readonly string[]>> {
  const headers: Record<string, string | readonly string[]> = {};
  const name = scalar(user.as);
  if (name !== null) headers['Impersonate-User'] = name;
  const uid = scalar(user['as-uid']);
  if (uid !== null) headers['Impersonate-Uid'] = uid;
  if (Array.isArray(user['as-groups'])) headers['Impersonate-Group'] = user['as-groups'].map(String);
  if (isFields(user['as-user-extra'])) {
    for (const [key, values] of Object.entries(user['as-user-extra'])) {
      if (Array.isArray(values)) headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = values.map(String);
    }
  }
  return headers;
}

/** Settings a cluster entry keeps for its login program (`client.authentication.k8s.io/exec`). */
function execExtension(cluster: Fields): unknown {
  if (!Array.isArray(cluster.extensions)) return null;
  for (const item of cluster.extensions as unknown[]) {
    if (isFields(item) && item.name === 'client.authentication.k8s.io/exec') return item.extension ?? null;
  }
  return null;
}

function pairs(list: unknown): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  if (!Array.isArray(list)) return result;
  for (const item of list as unknown[]) {
    const name = isFields(item) ? scalar(item.name) : null;
    if (isFields(item) && name !== null) result[name] = scalar(item.value) ?? '';
  }
  return result;
}

/** A scalar as text (an unquoted token of digits is read as a number); empty and missing are null. */
function scalar(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}

/** kubectl reads YAML 1.1, where these words are true as well. */
function truth(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:y|yes|on)$/i.test(value));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
