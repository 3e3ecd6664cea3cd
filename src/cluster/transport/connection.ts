import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { message } from '../../core/finding.ts';
import { kubeconfigUnusable } from '../errors.ts';
import type { ResolvedContext } from '../kubeconfig/entries.ts';
import type { Credential } from './credentials.ts';
import { proxyFor, type Surroundings } from './proxy.ts';
import { trustedCertificates } from './trust.ts';
import { tunnelAgent } from './tunnel.ts';

/** What every request of one credential shares: the address, the headers that prove who asks, the agent. */
export interface Connection {
  readonly server: URL;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly auth: string | null;
  readonly agent: http.Agent;
  /** Fingerprint of what the agent was made from: equal ones can share an agent and its open sockets. */
  readonly material: string;
}

/** Sockets idle for longer are dropped here before a load balancer drops them unseen. */
const idleSocketMs = 30_000;
/** TCP asks a silent peer for a sign of life after this time, then every second, and gives it up after ten. */
export const keepAliveMs = 15_000;

/**
 * Connection of a context with a credential; takes over the previous one's agent when nothing that matters to it
 * changed. @kubernetes/client-node reads certificates, refreshes OIDC tokens and speaks to SOCKS proxies; it is loaded
 * at the first connection, being most of this bundle's weight.
 */
export async function connect(
  resolved: ResolvedContext,
  credential: Credential,
  surroundings: Surroundings,
  previous: Connection | null,
): Promise<Connection> {
  const { context, cluster, user } = resolved;
  const server = serverUrl(resolved);
  const proxy = cluster.proxyUrl ?? proxyFor(server, surroundings);
  const { KubeConfig: Config } = await import('@kubernetes/client-node/dist/config.js');
  const config = new Config();
  config.loadFromOptions(clientOptions(resolved, credential, proxy));
  const options: https.RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw kubeconfigUnusable(context.name, words, error);
  }
  const material = fingerprint(server, proxy, options);
  const agent = previous?.material === material ? previous.agent : agentFor(server, proxy, options);
  const headers = { ...(options.headers as Record<string, string> | undefined), ...user?.impersonate };
  return { server, headers, auth: options.auth ?? null, agent, material };
}

function fingerprint(server: URL, proxy: string | null, options: https.RequestOptions): string {
  const { ca, cert, key, rejectUnauthorized, servername } = options;
  const parts = [server.origin, proxy, rejectUnauthorized, servername, ...[ca, cert, key].map(String)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function serverUrl({ context, cluster }: ResolvedContext): URL {
  const text = cluster.server.includes('://') ? cluster.server : `https://${cluster.server}`;
  const server = cluster.server !== '' && URL.canParse(text) ? new URL(text) : null;
  if (server === null || !/^https?:$/.test(server.protocol)) {
    throw kubeconfigUnusable(
      context.name,
      message('the server address “{0}” is no http or https address', cluster.server),
    );
  }
  return server;
}

/** The context in the client's own terms. Login programs and token files are ours: their results go in as they are. */
function clientOptions(
  { context, cluster, user }: ResolvedContext,
  credential: Credential,
  proxy: string | null,
): Parameters<KubeConfig['loadFromOptions']>[0] {
  const base64 = (pem: string | null): string | undefined =>
    pem === null ? undefined : Buffer.from(pem).toString('base64');
  // As kubectl: data wins over a file, which the client sees the other way round.
  const either = (
    data: string | null | undefined,
    file: string | null | undefined,
    dataName: string,
    fileName: string,
  ): object => (data != null ? { [dataName]: data } : file != null ? { [fileName]: file } : {});
  const trusted =
    cluster.caData === null && cluster.caFile === null && !cluster.insecure
      ? (base64(trustedCertificates()) ?? null)
      : null;
  return {
    currentContext: context.name,
    contexts: [{ name: context.name, cluster: cluster.name, user: 'user' }],
    clusters: [
      {
        name: cluster.name,
        server: cluster.server,
        // The client refuses plain http unless this is set; it changes nothing else there.
        skipTLSVerify: cluster.insecure || cluster.server.startsWith('http:'),
        ...(cluster.tlsServerName !== null && { tlsServerName: cluster.tlsServerName }),
        ...(proxy?.startsWith('socks') && { proxyUrl: proxy }),
        ...either(cluster.caData ?? trusted, cluster.caFile, 'caData', 'caFile'),
      },
    ],
    users: [
      {
        name: 'user',
        ...either(base64(credential.cert) ?? user?.certData, user?.certFile, 'certData', 'certFile'),
        ...either(base64(credential.key) ?? user?.keyData, user?.keyFile, 'keyData', 'keyFile'),
        token: credential.token ?? user?.token ?? undefined,
        username: user?.username ?? undefined,
        password: user?.password ?? undefined,
        authProvider: user?.authProvider ?? undefined,
      },
    ],
  };
}

/**
 * Agent for the connections. Made without `http.request` and `https.request`, and used without them: the editor
 * replaces these two to send requests through its own proxy, with agents that know neither the client certificate
 * nor the proxy of the kubeconfig.
 */
function agentFor(server: URL, proxy: string | null, options: https.RequestOptions): http.Agent {
  const secure = server.protocol === 'https:';
  if (proxy?.startsWith('socks')) {
    // The client's own agent guesses the protocol from the call stack, and closes every connection, unless told.
    return Object.assign(options.agent as http.Agent, { keepAlive: true, protocol: server.protocol });
  }
  const { ca, cert, key, rejectUnauthorized, servername } = options;
  // An option that is there but undefined would override Node's default.
  const tls = Object.entries({ ca, cert, key, rejectUnauthorized, servername }).filter(
    ([, value]) => value !== undefined,
  );
  const kept = {
    keepAlive: true,
    keepAliveMsecs: keepAliveMs,
    timeout: idleSocketMs,
    ...(secure && Object.fromEntries(tls)),
  };
  if (proxy !== null) return tunnelAgent(new URL(proxy), secure, kept);
  return secure ? new https.Agent(kept) : new http.Agent(kept);
}
