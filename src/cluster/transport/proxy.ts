/** The proxy the environment names for an address, as Go (and so kubectl) reads it; null: none. */
export function environmentProxy(server: URL, env: NodeJS.ProcessEnv): string | null {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  // Go never sends these through a proxy.
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return null;
  const secure = server.protocol === 'https:';
  const proxy = secure ? (env.HTTPS_PROXY ?? env.https_proxy) : (env.HTTP_PROXY ?? env.http_proxy);
  if (proxy === undefined || proxy === '') return null;
  const port = server.port === '' ? (secure ? '443' : '80') : server.port;
  if (isExcepted(host, port, env.NO_PROXY ?? env.no_proxy ?? '')) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** NO_PROXY: hosts, domains (`.corp`, `corp`), IPv4 ranges, `*`; each with an optional port. */
function isExcepted(host: string, port: string, list: string): boolean {
  return list
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      if (entry.includes('/')) return inRange(host, entry);
      const [, name = entry, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (wantedPort !== undefined && wantedPort !== port) return false;
      const domain = name.replace(/^\*?\./, '');
      return host.endsWith(`.${domain}`) || (host === domain && !name.startsWith('.'));
    });
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
