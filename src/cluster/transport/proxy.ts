import type { LoginSurroundings } from './plugin.ts';

/** What surrounds a connection: variables, also for login programs, and the proxy of whoever runs this. */
export interface Surroundings extends LoginSurroundings {
  /** The proxy set in the editor and the hosts it is not for; null when none is set. Asked at each new connection. */
  proxy?(): ProxySetting | null;
}

export interface ProxySetting {
  readonly url: string;
  /** As in NO_PROXY. */
  readonly exceptions: readonly string[];
}

/** The proxy for an address: the editor's, else the one of the environment, read as Go (and so kubectl) reads it; null: none. */
export function proxyFor(server: URL, surroundings: Surroundings): string | null {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  // Go never sends these through a proxy.
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return null;
  const setting = surroundings.proxy?.() ?? environmentProxy(server, surroundings.env);
  if (setting === null) return null;
  const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port;
  if (setting.exceptions.some((entry) => isExcepted(host, port, entry.trim().toLowerCase()))) return null;
  return setting.url.includes('://') ? setting.url : `http://${setting.url}`;
}

function environmentProxy(server: URL, env: NodeJS.ProcessEnv): ProxySetting | null {
  const url =
    server.protocol === 'https:' ? (env.HTTPS_PROXY ?? env.https_proxy) : (env.HTTP_PROXY ?? env.http_proxy);
  if (url === undefined || url === '') return null;
  return { url, exceptions: (env.NO_PROXY ?? env.no_proxy ?? '').split(',') };
}

/** An entry of NO_PROXY: a host, a domain (`.corp`, `corp`), an IPv4 range or `*`, with an optional port. */
function isExcepted(host: string, port: string, entry: string): boolean {
  if (entry === '' || entry === '*') return entry === '*';
  if (entry.includes('/')) return inRange(host, entry);
  const [, name = entry, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return host.endsWith(`.${domain}`) || (host === domain && !/^\*?\./.test(name));
}

function inRange(host: string, range: string): boolean {
  const [base = '', bits = ''] = range.split('/');
  const address = ipv4(host);
  const network = ipv4(base);
  const length = Number(bits);
  if (address === null || network === null || !(length >= 0 && length <= 32)) return false;
  const size = 2 ** (32 - length);
  return Math.floor(address / size) === Math.floor(network / size);
}

function ipv4(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}
