/** What a port-forward says of itself; without vscode, so that it can be tested alone. */
import type { Forward, ForwardState, PortChoice } from '../../cluster/index.ts';
import { type Health, message, type Message } from '../../core/index.ts';

/** What is forwarded to where. */
export interface PortPair {
  /** Of this machine; null: the same where it is free, else any. */
  readonly local: number | null;
  readonly remote: number;
}

/** `8080`, or `9000:8080` as kubectl writes it; null where it is neither. */
export function parsePorts(text: string): PortPair | null {
  const parts = /^\s*(?:(\d{1,5})\s*:\s*)?(\d{1,5})\s*$/.exec(text);
  if (parts === null) return null;
  const local = parts[1] === undefined ? null : Number(parts[1]);
  const remote = Number(parts[2]);
  return [local ?? 1, remote].every((port) => port >= 1 && port <= 65_535) ? { local, remote } : null;
}

/** What stands beside a port in a list: its name, the container that has it, and where it leads if that differs. */
export function portWords({ port, name, container, target }: PortChoice): readonly string[] {
  return [name ?? '', container ?? '', target === port ? '' : `→ ${target}`].filter((word) => word !== '');
}

/** A row as it is drawn. */
export interface ForwardFace {
  readonly label: string;
  readonly description: readonly Message[];
  readonly icon: string;
  readonly health: Health;
}

const looks: Readonly<Record<ForwardState['phase'], Pick<ForwardFace, 'icon' | 'health'>>> = {
  live: { icon: 'plug', health: 'healthy' },
  waiting: { icon: 'loading', health: 'progressing' },
  failed: { icon: 'error', health: 'failed' },
};

export function faceOf(forward: Forward): ForwardFace {
  const { ref, context, port, localPort, state, traffic } = forward;
  const own = state.phase === 'live' && state.pod === ref.name;
  return {
    label: `${localPort} → ${ref.name}:${port}`,
    description: [
      // What failed or is waited for says so itself, and needs the room.
      ...(state.phase === 'live' ? [message('live')] : [state.reason]),
      ...(state.phase === 'live' && !own ? [message('{0}', state.pod)] : []),
      ...(traffic.total === 0 ? [] : trafficWords(forward)),
      message('{0} / {1}', context, ref.namespace),
    ],
    ...looks[state.phase],
  };
}

function trafficWords({ traffic: { open, sent, received } }: Forward): readonly Message[] {
  const bytes = message('↑{0} ↓{1}', formatBytes(sent), formatBytes(received));
  if (open === 0) return [bytes];
  return [open === 1 ? message('1 connection') : message('{0} connections', open), bytes];
}

/** As people write amounts of data: `0 B`, `640 B`, `12 kB`, `1.5 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  while (value >= 999.5 && units.length > 1) {
    value /= 1000;
    units.shift();
  }
  const digits =
    value < 9.95 && bytes >= 1000 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));
  return `${digits} ${units[0] ?? ''}`;
}

/** Where a browser finds it: https for the ports and names that say so. */
export function addressOf(
  { localPort, port }: Pick<Forward, 'localPort' | 'port'>,
  name: string | null,
): string {
  const secure = /^https/i.test(name ?? '') || port === 443 || port === 8443;
  return `${secure ? 'https' : 'http'}://127.0.0.1:${localPort}`;
}
