import { ClusterError } from '../errors.ts';
import type { Session } from '../model.ts';
import { type ContainerRef, exec, type ProcessOptions, type RemoteProcess } from './process.ts';
import { noShell } from './refusals.ts';

/** Shells to look for, best first. */
const shells = ['bash', 'ash', 'sh'] as const;
/** What shells read here is constant: the shell tells its number, so that it can be hung up, and begins. */
const announce = 'echo "$$"; exec "$0"';
const hangUp = 'kill -HUP "$1"';
/** How runtimes that start programs through one of their own say that there is none, or that it cannot run. */
const missingCodes: readonly unknown[] = [126, 127];
/** Bytes among which a shell's number is looked for. */
const longestHead = 4_096;
/** Time to hang up a shell whose terminal was closed. */
const hangUpMs = 10_000;

/** The best shell a container has. Rejects with a ClusterError, `notFound` when there is none. */
export async function findShell(
  session: Session,
  target: ContainerRef,
  signal?: AbortSignal,
): Promise<string> {
  const found = await Promise.all(shells.map((shell) => has(session, target, shell, signal)));
  const shell = shells.find((_shell, index) => found[index]);
  if (shell === undefined) throw noShell(session.context.name, target.container ?? target.pod);
  return shell;
}

async function has(
  session: Session,
  target: ContainerRef,
  shell: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const running = await exec(session, target, {
    command: [shell, '-c', ':'],
    tty: false,
    stdin: false,
    onOutput: () => undefined,
    ...(signal !== undefined && { signal }),
  });
  try {
    return !missingCodes.includes(await running.ended);
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'notFound') return false;
    throw error;
  }
}

/**
 * Starts a shell in a terminal. Closing it hangs the shell up, with all that runs in it: the server itself only lets
 * go of what it started.
 */
export async function openShell(
  session: Session,
  target: ContainerRef,
  shell: string,
  options: Pick<ProcessOptions, 'signal' | 'onOutput'>,
): Promise<RemoteProcess> {
  let number: string | null = null;
  /** What came before its number is known; null: nothing is held back any more. */
  let head: Buffer | null = Buffer.alloc(0);
  const release = (rest: Buffer, from: 'stdout' | 'stderr'): void | Promise<void> => {
    head = null;
    return rest.length === 0 ? undefined : options.onOutput(rest, from);
  };
  const onOutput: ProcessOptions['onOutput'] = (chunk, from) => {
    if (head === null) return options.onOutput(chunk, from);
    head = Buffer.concat([head, chunk]);
    // A shell may complain first, of a missing locale for one.
    const line = /^(\d{1,10})\r?\n/m.exec(head.toString('latin1'));
    if (line === null) return head.length > longestHead ? release(head, from) : undefined;
    number = line[1] ?? null;
    const end = line.index + line[0].length;
    return release(Buffer.concat([head.subarray(0, line.index), head.subarray(end)]), from);
  };
  const command = [shell, '-c', announce, shell];
  const running = await exec(session, target, { ...options, command, tty: true, stdin: true, onOutput });
  let over = false;
  const done = (): void => {
    over = true;
    if (head !== null) void release(head, 'stdout');
  };
  running.ended.then(done, done);
  return {
    ...bound(running),
    close: () => {
      running.close();
      if (over || number === null || session.closed.aborted) return;
      over = true;
      hangUpShell(session, target, shell, number).catch((error: unknown) =>
        session.log.warn(`${target.pod}: the shell ${String(number)} goes on running: ${String(error)}`),
      );
    },
  };
}

function bound(running: RemoteProcess): Omit<RemoteProcess, 'close'> {
  return {
    write: (data) => running.write(data),
    endInput: () => running.endInput(),
    resize: (columns, rows) => running.resize(columns, rows),
    ended: running.ended,
  };
}

async function hangUpShell(
  session: Session,
  target: ContainerRef,
  shell: string,
  number: string,
): Promise<void> {
  const running = await exec(session, target, {
    command: [shell, '-c', hangUp, shell, number],
    tty: false,
    stdin: false,
    signal: AbortSignal.timeout(hangUpMs),
    onOutput: () => undefined,
  });
  await running.ended;
}
