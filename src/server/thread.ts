import { extname } from 'node:path';
import { type Transferable, Worker } from 'node:worker_threads';
import type { WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

/** What was asked about is no longer so; whoever asked will ask again, or no longer cares. */
export class SupersededError extends Error {
  constructor() {
    super('The file changed before it was analysed.');
    this.name = 'SupersededError';
  }
}

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `worker.ts` beside this file, `worker.cjs` beside the bundle this file is part of. */
const entry = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/** A thread that is started with its first question, and anew with the next one after it broke down. */
export class Thread {
  #worker: Worker | null = null;
  #asked: Asked | null = null;

  /** One question at a time: an answer is awaited before the next. What is transferred is gone on this side. */
  ask(question: WorkerQuestion, transferred: readonly Transferable[] = []): Promise<unknown> {
    if (this.#asked !== null) return Promise.reject(new Error('A thread was asked two questions at once.'));
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#start();
      this.#worker.postMessage(question, transferred);
      // Last: of what cannot be sent nothing is left that would be in the way of the next question.
      this.#asked = { resolve, reject };
    });
  }

  /** Ends it, whatever it is at: what was asked is rejected with SupersededError. */
  dispose(): void {
    // Its exit is nobody's concern any more.
    void this.#worker?.terminate();
    this.#worker = null;
    this.#settle(({ reject }) => reject(new SupersededError()));
  }

  #start(): Worker {
    const worker = new Worker(entry);
    worker.on('message', (answer: WorkerAnswer) => {
      if (this.#worker !== worker) return;
      this.#settle(({ resolve, reject }) =>
        'error' in answer ? reject(new Error(answer.error)) : resolve(answer.answer),
      );
    });
    // It is gone (out of memory, for one): the question is given up. One that is ended says nothing but that.
    const gone = (error: Error): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#settle(({ reject }) => reject(error));
    };
    worker.on('error', gone);
    worker.on('exit', (code) => gone(new Error(`The thread ended with ${code}.`)));
    return worker;
  }

  #settle(settle: (asked: Asked) => void): void {
    const asked = this.#asked;
    this.#asked = null;
    if (asked !== null) settle(asked);
  }
}
