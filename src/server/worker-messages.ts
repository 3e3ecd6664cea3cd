/** What travels between the server and its threads. */
import type { CustomKind } from '../core/index.ts';
import type { Check, ProviderContext } from './providers/context.ts';
import type { ProviderName } from './providers/index.ts';

/** About the text of the one file that a thread was given. */
export interface TextQuestion {
  readonly about: 'text';
  /** The file's text; absent when it is the one of the question before. */
  readonly text?: string;
  readonly name: ProviderName | 'facts';
  /** Without the kinds of the workspace, which are many and stay the same. */
  readonly context: ProviderContext;
  /** Kinds of the workspace; absent when they are those of the question before. */
  readonly kinds?: readonly CustomKind[];
  /** The provider's own; it was typed where it was asked. */
  readonly question: unknown;
}

/** About a file that nobody edits: what the workspace needs to know of it, once. */
export interface FileQuestion {
  readonly about: 'file';
  readonly bytes: Uint8Array;
  readonly check: Check;
  /** Only what may be in it is taken, not its objects. */
  readonly skim: boolean;
}

export type WorkerQuestion = TextQuestion | FileQuestion;

/** What a thread sends back for each question: an answer, or why there is none. */
export type WorkerAnswer = { readonly answer: unknown } | { readonly error: string };
