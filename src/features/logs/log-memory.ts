import type { Memento } from 'vscode';
import { readFilter } from './filter.ts';
import { firstChoices, type LogLook } from './look.ts';

const storageKey = 'logs.looks';
/** Logs whose choices are kept; those of the one changed longest ago go first. */
const mostLogs = 50;
/**
 * A filter may be somebody's name or number, and stands here as readable as what VS Code itself keeps of its find boxes:
 * it goes with the log's tab, and longer ones, which are pasted rather than typed (a token, a request), are never kept.
 */
const longestFilter = 200;
const mostContainers = 100;

/** What was chosen of the logs that are open, over a reload of the window: VS Code keeps no more than their addresses. */
export class LogMemory {
  readonly #memento: Pick<Memento, 'get' | 'update'>;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** null where nothing was chosen, or what is stored is something else. */
  get(key: string): LogLook | null {
    return readLook(this.#entries.find(([of]) => of === key)?.[1]);
  }

  async keep(key: string, look: LogLook): Promise<void> {
    const others = this.#entries.filter(([of]) => of !== key);
    const stored = storedOf(look);
    await this.#store(stored === null ? others : [...others, [key, stored]]);
  }

  async forget(key: string): Promise<void> {
    const entries = this.#entries;
    const others = entries.filter(([of]) => of !== key);
    if (others.length < entries.length) await this.#store(others);
  }

  get #entries(): readonly (readonly [key: string, look: unknown])[] {
    const stored = this.#memento.get<unknown>(storageKey);
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  }

  async #store(entries: readonly (readonly [string, unknown])[]): Promise<void> {
    await this.#memento.update(storageKey, entries.length === 0 ? undefined : entries.slice(-mostLogs));
  }
}

function isEntry(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string';
}

/** What differs from a log just opened; null: nothing does. */
function storedOf({ choices, filter }: LogLook): Readonly<Record<string, unknown>> | null {
  const stored: Record<string, unknown> = {};
  if (choices.sinceSeconds !== null) stored.sinceSeconds = choices.sinceSeconds;
  if (choices.everything) stored.everything = true;
  if (choices.previous) stored.previous = true;
  if (choices.timestamps) stored.timestamps = true;
  if (choices.containers !== null && choices.containers.length <= mostContainers) {
    stored.containers = choices.containers;
  }
  if (filter !== null && filter.text.length <= longestFilter) stored.filter = filter.text;
  return Object.keys(stored).length === 0 ? null : stored;
}

function readLook(stored: unknown): LogLook | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { sinceSeconds, everything, previous, timestamps, containers, filter } = stored as Record<
    string,
    unknown
  >;
  const names = Array.isArray(containers) ? containers.filter((name) => typeof name === 'string') : [];
  const reading = readFilter(typeof filter === 'string' ? filter : '');
  return {
    choices: {
      ...firstChoices,
      sinceSeconds: typeof sinceSeconds === 'number' && sinceSeconds > 0 ? sinceSeconds : null,
      everything: everything === true,
      previous: previous === true,
      timestamps: timestamps === true,
      containers: names.length === 0 ? null : names,
    },
    filter: reading.ok ? reading.filter : null,
  };
}
