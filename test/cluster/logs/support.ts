import { after } from 'node:test';
import {
  followLogs,
  type LogEntry,
  type LogLine,
  type LogOptions,
  type LogSource,
  type LogState,
  type Session,
} from '../../../src/cluster/index.ts';
import { type LogTuning, logTuning } from '../../../src/cluster/logs/model.ts';
import { formatMessage } from '../../../src/core/index.ts';
import { until } from '../support.ts';

/** Waiting times some ten times shorter. */
export const hurriedLogs: LogTuning = {
  ...logTuning,
  backoff: [30, 300],
  idle: [500, 3_000],
  poll: 100,
  reorder: 200,
  flush: 10,
};

/** Collects what is followed. */
export class Collected {
  readonly entries: LogEntry[] = [];
  readonly states: LogState[] = [];
  readonly done: Promise<void>;
  readonly #stop = new AbortController();

  constructor(
    session: Session,
    source: LogSource,
    options: Omit<LogOptions, 'signal'> = {},
    tuning: LogTuning = hurriedLogs,
    take: (entries: readonly LogEntry[]) => void | Promise<void> = () => undefined,
  ) {
    this.done = followLogs(
      session,
      source,
      { ...options, signal: this.#stop.signal },
      {
        entries: (entries) => {
          this.entries.push(...entries);
          return take(entries);
        },
        state: (state) => void this.states.push(state),
      },
      tuning,
    );
    // Whether it failed is for the test to ask.
    this.done.catch(() => undefined);
    after(() => this.#stop.abort());
  }

  get lines(): readonly LogLine[] {
    return this.entries.filter((entry): entry is LogLine => 'text' in entry);
  }

  /** Texts of one container's lines, or of all. */
  texts(container?: string): readonly string[] {
    const wanted = this.lines.filter((line) => container === undefined || line.container === container);
    return wanted.map(({ text }) => text);
  }

  get notes(): readonly string[] {
    return this.entries.flatMap((entry) => ('note' in entry ? [formatMessage(entry.note)] : []));
  }

  get state(): LogState | undefined {
    return this.states.at(-1);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.done;
  }

  untilLine(text: string): Promise<void> {
    return until(`the line ${text}`, () => this.texts().includes(text));
  }

  untilLines(count: number): Promise<void> {
    return until(`${count} lines`, () => this.lines.length >= count);
  }
}

export function pod(
  name: string,
  containers: readonly object[],
  spec: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: { terminationGracePeriodSeconds: 0, restartPolicy: 'Never', containers, ...spec },
  };
}

export function shell(name: string, image: string, script: string): Record<string, unknown> {
  return { name, image, command: ['/bin/sh', '-c', script] };
}
