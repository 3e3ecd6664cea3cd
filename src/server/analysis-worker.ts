import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ProviderContext } from './providers/context.ts';
import type { CustomKind } from '../core/index.ts';
import type { Answer, ProviderName, Question } from './providers/index.ts';

/** The text asked about is no longer the file's; whoever asked will ask again, or no longer cares. */
export class SupersededError extends Error {
  constructor() {
    super('The file changed before it was analysed.');
    this.name = 'SupersededError';
  }
}

const none: readonly CustomKind[] = [];

/** What the worker is sent. */
export interface WorkerQuestion {
  /** The file's text; absent when it is the one of the question before. */
  readonly text?: string;
  readonly name: ProviderName;
  /** Without the kinds of the workspace, which are many and stay the same. */
  readonly context: ProviderContext;
  /** Kinds of the workspace; absent when they are those of the question before. */
  readonly kinds?: readonly CustomKind[];
  /** The provider's own; it was typed where it was asked. */
  readonly question: unknown;
}

/** What the worker sends back for each question: an answer, or why there is none. */
export type WorkerAnswer = { readonly answer: unknown } | { readonly error: string };

interface Asked {
  readonly text: string;
  readonly message: WorkerQuestion;
  readonly kinds: readonly CustomKind[];
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `worker.ts` beside this file, `worker.cjs` beside the bundle this file is part of. */
const entry = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/**
 * One large file's thread. It is asked one question at a time: an analysis cannot be interrupted, so what waits is
 * kept on this side, where a newer text of the file takes its place.
 */
export class AnalysisWorker {
  #worker: Worker | null = null;
  #sentText: string | null = null;
  #sentKinds: readonly CustomKind[] = none;
  #asked: Asked | null = null;
  #waiting: readonly Asked[] = [];

  /** Rejects with SupersededError when a newer text is asked about before this question's turn. */
  ask<Name extends ProviderName>(
    name: Name,
    text: string,
    context: ProviderContext,
    question: Question<Name>,
  ): Promise<Answer<Name>> {
    const outdated = this.#waiting.filter((waiting) => waiting.text !== text);
    this.#waiting = this.#waiting.filter((waiting) => waiting.text === text);
    for (const { reject } of outdated) reject(new SupersededError());
    return new Promise<Answer<Name>>((resolve, reject) => {
      const { kinds = none, ...check } = context.check;
      const message = { name, context: { ...context, check }, question };
      this.#waiting = [
        ...this.#waiting,
        { text, message, kinds, resolve: resolve as (answer: unknown) => void, reject },
      ];
      this.#next();
    });
  }

  dispose(): void {
    // Its exit is nobody's concern any more.
    void this.#worker?.terminate();
    this.#worker = null;
    const given = [...(this.#asked === null ? [] : [this.#asked]), ...this.#waiting];
    this.#asked = null;
    this.#waiting = [];
    for (const { reject } of given) reject(new SupersededError());
  }

  #next(): void {
    const [next, ...rest] = this.#waiting;
    if (this.#asked !== null || next === undefined) return;
    this.#asked = next;
    this.#waiting = rest;
    this.#worker ??= this.#start();
    const { text, kinds, message } = next;
    this.#worker.postMessage({
      ...message,
      ...(text === this.#sentText ? {} : { text }),
      ...(kinds === this.#sentKinds ? {} : { kinds }),
    } satisfies WorkerQuestion);
    this.#sentText = text;
    this.#sentKinds = kinds;
  }

  #start(): Worker {
    const worker = new Worker(entry);
    worker.on('message', (answer: WorkerAnswer) => {
      if (this.#worker !== worker) return;
      if ('error' in answer) this.#settle(({ reject }) => reject(new Error(answer.error)));
      else this.#settle(({ resolve }) => resolve(answer.answer));
    });
    // The thread is gone (out of memory, for one): the question is given up, the next one gets a new thread.
    worker.on('error', (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#sentText = null;
      this.#sentKinds = none;
      this.#settle(({ reject }) => reject(error));
    });
    return worker;
  }

  #settle(settle: (asked: Asked) => void): void {
    const asked = this.#asked;
    this.#asked = null;
    if (asked !== null) settle(asked);
    this.#next();
  }
}
