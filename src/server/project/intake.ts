import { readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FileFacts, LineIndex } from '../../core/index.ts';
import { decodeText } from '../text.ts';
import { SupersededError } from '../thread.ts';
import { FileReader } from './file-reader.ts';
import { addressOf, isDescription, type Project } from './project.ts';
import { isGone, isLookedFor } from './scan.ts';

/** Of larger files nothing is taken: what is in them is not known. */
const largest = 20_000_000;

export interface IntakeOptions {
  readonly project: Project;
  /** The folders in which files are looked for. */
  readonly folders: () => readonly string[];
  /** Files whose text comes from an editor. */
  readonly isOpen: (uri: string) => boolean;
  /** Something has changed for other files, and there is time to tell. */
  readonly onDidChange: () => void;
}

/**
 * Takes files from the disk over into a project: one a turn, so that whoever asks in between is answered, and each as
 * it is when its turn comes, however often it changed until then. What describes other files goes first, and what has
 * changed before what was found.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #reader = new FileReader();
  readonly #describing = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #found = new Set<string>();
  #running: Promise<void> | null = null;
  #disposed = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Resolves when nothing is left to be taken over. */
  found(paths: readonly string[]): Promise<void> {
    return this.#add(paths, this.#found);
  }

  /** Resolves when nothing is left to be taken over. */
  changed(paths: readonly string[]): Promise<void> {
    return this.#add(paths, this.#changed);
  }

  dispose(): void {
    this.#disposed = true;
    for (const waiting of [this.#describing, this.#changed, this.#found]) waiting.clear();
    this.#reader.dispose();
  }

  #add(paths: readonly string[], waiting: Set<string>): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    for (const path of paths) {
      waiting.add(path);
      if (isDescription(path)) this.#describing.add(path);
    }
    if (waiting.size > 0) this.#running ??= this.#takeAll();
    return this.#running ?? Promise.resolve();
  }

  /** There must be something to take: it must not end before it is known to be under way. */
  async #takeAll(): Promise<void> {
    try {
      await this.#takeWaiting();
    } finally {
      this.#running = null;
    }
  }

  async #takeWaiting(): Promise<void> {
    const { project, folders, isOpen, onDidChange } = this.#options;
    let told = project.version;
    for (let waiting = this.#waiting; waiting !== undefined; waiting = this.#waiting) {
      const [path = ''] = waiting;
      waiting.delete(path);
      if (waiting === this.#describing) await this.#describe(path);
      else await this.#take(path);
      // What stands elsewhere, or nowhere, was known for as long as it was open, or its folder was.
      if (!isLookedFor(path, folders()) && !isOpen(addressOf(path))) project.forget(addressOf(path), path);
      // Others, or this one, may have become something else by it, or meanwhile.
      if (waiting !== this.#describing) for (const misread of project.misread()) this.#changed.add(misread);
      await nextTurn();
      // Of what was found is told at its end, and once what describes it is known; of what has changed at once.
      const isLast = this.#found.size === 0 || waiting !== this.#found;
      if (this.#describing.size + this.#changed.size > 0 || !isLast || project.version === told) continue;
      told = project.version;
      onDidChange();
    }
  }

  /** What goes next; undefined when all is done. */
  get #waiting(): Set<string> | undefined {
    return [this.#describing, this.#changed, this.#found].find(({ size }) => size > 0);
  }

  async #describe(path: string): Promise<void> {
    const { project, folders, isOpen } = this.#options;
    const uri = addressOf(path);
    const bytes = isOpen(uri) || !isLookedFor(path, folders()) ? 'gone' : await bytesOf(path);
    if (typeof bytes !== 'string' && !isOpen(uri)) project.describe(path, decodeText(bytes));
  }

  async #take(path: string): Promise<void> {
    const { project, folders, isOpen } = this.#options;
    const uri = addressOf(path);
    if (isOpen(uri) || !isLookedFor(path, folders())) return;
    const bytes = await bytesOf(path);
    if (this.#disposed || isOpen(uri)) return;
    if (bytes === 'gone') project.forget(uri, path);
    else if (bytes === 'unknown') project.learn(uri, path, unknown);
    else await this.#learn(uri, path, bytes);
  }

  async #learn(uri: string, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { project, isOpen } = this.#options;
    if (isDescription(path)) project.describe(path, decodeText(bytes));
    const { excluded: _, ...check } = project.circumstancesOf(path);
    const facts = await this.#reader.facts(bytes, check).catch((error: unknown) => {
      if (error instanceof SupersededError) return null;
      // What breaks the thread is broken: nothing is called missing for it.
      return unknown;
    });
    if (facts !== null && !this.#disposed && !isOpen(uri)) project.learn(uri, path, facts, check.role);
  }
}

/** What is not known of a file that is there. */
const unknown: FileFacts = { documents: [], complete: false, lines: new LineIndex('') };

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer> | 'gone' | 'unknown'> {
  try {
    const { size } = await stat(path);
    return size > largest ? 'unknown' : await readFile(path);
  } catch (error) {
    return isGone(error) ? 'gone' : 'unknown';
  }
}
