/** What a port-forward says of itself; without vscode, so that it can be tested alone. */
import type { Forward, PortChoice } from '../../cluster/index.ts';
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

/** `http · 8080 → web` in a list of ports: its name, number, and the container or target it belongs to. */
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

export function faceOf(forward: Forward): ForwardFace {
  const { ref, context, port, localPort, state, traffic } = forward;
  const { icon, health, word } = {
    live: { icon: 'plug', health: 'healthy', word: message('live') },
    waiting: { icon: 'loading', health: 'progressing', word: null },
    failed: { icon: 'error', health: 'failed', word: message('failed') },
  }[state.phase] as { icon: string; health: Health; word: Message | null };
  const told = 'reason' in state ? [state.reason] : state.pod === ref.name ? [] : [message('{0}', state.pod)];
  return {
    label: `127.0.0.1:${localPort} → ${ref.name}:${port}`,
    description: [
      ...(word === null ? [] : [word]),
      ...told,
      ...(traffic.total === 0 ? [] : trafficWords(forward)),
      message('{0} / {1}', context, ref.namespace),
    ],
    icon,
    health,
  };
}

function trafficWords({ traffic: { open, sent, received } }: Forward): readonly Message[] {
  const bytes = message('↑{0} ↓{1}', formatBytes(sent), formatBytes(received));
  if (open === 0) return [bytes];
  return [open === 1 ? message('1 connection') : message('{0} connections', open), bytes];
}

/** As people write amounts of data: `0 B`, `640 B`, `12 kB`, `1.5 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  const [last = 'B', ...larger] = ['TB', 'GB', 'MB', 'kB', 'B'];
  const units = [last, ...larger].reverse();
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${units[unit] ?? ''}`;
}

/** Where a browser finds it: https for the ports and names that say so. */
export function addressOf(
  { localPort, port }: Pick<Forward, 'localPort' | 'port'>,
  name: string | null,
): string {
  const secure = /^https/i.test(name ?? '') || port === 443 || port === 8443;
  return `${secure ? 'https' : 'http'}://127.0.0.1:${localPort}`;
}
