import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Below the range the kernel takes outgoing ports from and below Kubernetes' node ports, so that nothing takes a
 * port by chance between the look and the listen.
 */
const FIRST = 15_000;
const LAST = 29_999;

/** Free TCP ports of the loopback interface, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first three numbers of a /24 that no interface of this machine is in: `10.213.7`. */
export function freeSubnet(): string {
  const taken = new Set(
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address }) => address.split('.').slice(0, 3).join('.')),
  );
  for (;;) {
    const prefix = `10.${200 + Math.floor(Math.random() * 40)}.${Math.floor(Math.random() * 256)}`;
    if (!taken.has(prefix)) return prefix;
  }
}
