import { BlockList, isIP, isIPv6 } from 'node:net';
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
  const name = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  // One that is set to nothing is not set.
  const either = (one: string): string => [env[one], env[one.toLowerCase()]].find(Boolean) ?? '';
  const url = either(name);
  return url === '' ? null : { url, exceptions: either('NO_PROXY').split(',') };
}

/** An entry of NO_PROXY: a host, a domain (`.corp`, `corp`), a range of addresses or `*`, with an optional port. */
function isExcepted(host: string, port: string, entry: string): boolean {
  if (entry === '' || entry === '*') return entry === '*';
  if (entry.includes('/')) return inRange(host, entry);
  if (isIPv6(entry)) return inRange(host, `${entry}/128`);
  const [, name = entry, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return host.endsWith(`.${domain}`) || (host === domain && !/^\*?\./.test(name));
}

function inRange(host: string, range: string): boolean {
  const [base = '', bits = ''] = range.split('/');
  const version = isIP(base);
  const length = Number(bits);
  if (version === 0 || isIP(host) !== version || !(length >= 0 && length <= (version === 4 ? 32 : 128))) {
    return false;
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(base, length, family);
  return block.check(host, family);
}
