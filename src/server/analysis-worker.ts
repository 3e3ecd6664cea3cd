import type { CancellationToken } from 'vscode-languageserver/node';
import type { CustomKind, FileFacts } from '../core/index.ts';
import type { ProviderContext } from './providers/context.ts';
import type { Answer, ProviderName, Question } from './providers/index.ts';
import { FactsReceiver, type SentFacts } from './sent-facts.ts';
import { SupersededError, Thread } from './thread.ts';
import type { TextQuestion } from './worker-messages.ts';

const none: readonly CustomKind[] = [];

interface Asked {
  readonly text: string;
  readonly kinds: readonly CustomKind[];
  readonly message: Omit<TextQuestion, 'text' | 'kinds' | 'question'>;
  /** Made when its turn comes. */
  readonly question: () => unknown;
  readonly token: CancellationToken | undefined;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One large file's thread. It is asked one question at a time: an analysis cannot be interrupted, so what waits is
 * kept on this side, where a newer text of the file takes its place.
 */
export class AnalysisWorker {
  readonly #thread = new Thread();
  readonly #facts = new FactsReceiver();
  #sentText: string | null = null;
  #sentKinds = none;
  #isBusy = false;
  #waiting: readonly Asked[] = [];

  /**
   * Rejects with SupersededError when a newer text is asked about before this question's turn, or nobody waits for the
   * answer any more.
   */
  async ask<Name extends ProviderName>(
    name: Name,
    text: string,
    context: ProviderContext,
    question: Question<Name>,
    token?: CancellationToken,
  ): Promise<Answer<Name>> {
    return (await this.#ask(name, text, context, () => question, token)) as Answer<Name>;
  }

  /** What the workspace needs to know of the file; what has not changed since the last time is the very same. */
  async facts(text: string, context: ProviderContext): Promise<FileFacts> {
    const sent = await this.#ask('facts', text, context, () => this.#facts.known);
    return this.#facts.unpack(sent as SentFacts);
  }

  dispose(): void {
    this.#thread.dispose();
    this.#refuse(() => true);
  }

  #ask(
    name: TextQuestion['name'],
    text: string,
    context: ProviderContext,
    question: () => unknown,
    token?: CancellationToken,
  ): Promise<unknown> {
    this.#refuse((waiting) => waiting.text !== text);
    return new Promise((resolve, reject) => {
      const { kinds = none, ...check } = context.check;
      const message = { about: 'text', name, context: { ...context, check } } as const;
      this.#waiting = [...this.#waiting, { text, kinds, message, question, token, resolve, reject }];
      this.#next();
    });
  }

  #refuse(isRefused: (waiting: Asked) => boolean): void {
    const refused = this.#waiting.filter(isRefused);
    this.#waiting = this.#waiting.filter((waiting) => !refused.includes(waiting));
    for (const { reject } of refused) reject(new SupersededError());
  }

  #next(): void {
    if (this.#isBusy) return;
    this.#refuse(({ token }) => token?.isCancellationRequested === true);
    const [next, ...rest] = this.#waiting;
    if (next === undefined) return;
    this.#isBusy = true;
    this.#waiting = rest;
    void this.#serve(next).finally(() => {
      this.#isBusy = false;
      this.#next();
    });
  }

  async #serve({ text, kinds, message, question, resolve, reject }: Asked): Promise<void> {
    const asked = {
      ...message,
      question: question(),
      ...(text === this.#sentText ? {} : { text }),
      ...(kinds === this.#sentKinds ? {} : { kinds }),
    };
    this.#sentText = text;
    this.#sentKinds = kinds;
    try {
      resolve(await this.#thread.ask(asked));
    } catch (error) {
      // Whatever the thread knows now, or the next one that takes its place: it is told everything again.
      this.#sentText = null;
      this.#sentKinds = none;
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
