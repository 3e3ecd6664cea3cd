import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ProviderContext } from './providers/context.ts';
import type { Answer, ProviderName, Question } from './providers/index.ts';

/** The text asked about is no longer the file's; whoever asked will ask again, or no longer cares. */
export class SupersededError extends Error {
  constructor() {
    super('The file changed before it was analysed.');
    this.name = 'SupersededError';
  }
}

/** What the worker is sent. */
export interface WorkerQuestion {
  readonly id: number;
  /** The file's text; absent when it is the one of the question before. */
  readonly text?: string;
  readonly name: ProviderName;
  readonly context: ProviderContext;
  /** The provider's own; it was typed where it was asked. */
  readonly question: unknown;
}

/** What the worker sends back: an answer, or why there is none. */
export type WorkerAnswer =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: string };

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `worker.ts` beside this file, `worker.cjs` beside the bundle this file is part of. */
const entry = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/** One large file's thread. A new text ends what it is doing: an analysis cannot be interrupted otherwise. */
export class AnalysisWorker {
  #worker: Worker | null = null;
  #text: string | null = null;
  #lastId = 0;
  readonly #pending = new Map<number, Pending>();

  ask<Name extends ProviderName>(
    name: Name,
    text: string,
    context: ProviderContext,
    question: Question<Name>,
  ): Promise<Answer<Name>> {
    const isNew = this.#text !== text;
    if (isNew && this.#pending.size > 0) this.#end(new SupersededError());
    this.#text = text;
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const id = ++this.#lastId;
    return new Promise<Answer<Name>>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      worker.postMessage({
        id,
        name,
        context,
        question,
        ...(isNew ? { text } : {}),
      } satisfies WorkerQuestion);
    });
  }

  dispose(): void {
    this.#end(new SupersededError());
  }

  #start(): Worker {
    const worker = new Worker(entry);
    // A worker that was replaced may still have an event under way.
    const ifCurrent =
      <T>(handle: (event: T) => void) =>
      (event: T): void => {
        if (this.#worker === worker) handle(event);
      };
    worker.on(
      'message',
      ifCurrent((message: WorkerAnswer) => this.#settle(message)),
    );
    worker.on(
      'error',
      ifCurrent((error: Error) => this.#end(error)),
    );
    return worker;
  }

  #settle(message: WorkerAnswer): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('error' in message) pending?.reject(new Error(message.error));
    else pending?.resolve(message.answer);
  }

  /** Gives everything under way up; the next question starts afresh. */
  #end(reason: Error): void {
    // Its exit is nobody's concern any more.
    void this.#worker?.terminate();
    this.#worker = null;
    this.#text = null;
    const given = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of given) reject(reason);
  }
}
