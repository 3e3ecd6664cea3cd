import { pathToFileURL } from 'node:url';
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DeployTarget, RenderedParams, RenderedResult } from '../core/protocol.ts';
import type { Analyst } from './analyst.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { ServerOptions } from './options.ts';
import type { ProviderContext } from './providers/context.ts';
import type { Answer, ProviderName, Question } from './providers/index.ts';
import type { Surroundings } from './surroundings.ts';
import { SupersededError } from './thread.ts';

export interface QuestionsOptions {
  readonly documents: OpenDocuments;
  readonly analyst: Analyst;
  readonly surroundings: Surroundings;
  readonly options: () => ServerOptions;
  readonly target: () => DeployTarget | null;
}

/** Questions of clients about texts, be they open or not. */
export class Questions {
  readonly #given: QuestionsOptions;
  /** How many wait for an answer about a file that is not open. */
  readonly #visitors = new Map<string, number>();
  #rendered = 0;

  constructor(given: QuestionsOptions) {
    this.#given = given;
  }

  context(uri: string, version: number | null): ProviderContext {
    const { options, target, surroundings } = this.#given;
    const { excluded: _, ...check } = surroundings.circumstancesOf(uri);
    return { uri, version, options: options(), target: target(), check };
  }

  /** About an open manifest; rejects with ContentModified when its text changes before the answer is there. */
  async about<Name extends ProviderName>(
    document: TextDocument,
    name: Name,
    question: Question<Name>,
    token: CancellationToken,
  ): Promise<Answer<Name>> {
    const { uri, version } = document;
    const answer = await this.#ask(name, document.getText(), this.context(uri, version), question, token);
    if (document.version !== version) throw contentModified();
    return answer;
  }

  /** A file that is not open is kept no longer than its answers take. */
  async aboutFile<Name extends ProviderName>(
    uri: string,
    name: Name,
    question: Question<Name>,
    token: CancellationToken,
  ): Promise<Answer<Name>> {
    const { documents, analyst, options } = this.#given;
    this.#visitors.set(uri, (this.#visitors.get(uri) ?? 0) + 1);
    try {
      const { version, text } = await documents.textOf(uri, options());
      return await this.#ask(name, text, this.context(uri, version), question, token);
    } finally {
      const others = (this.#visitors.get(uri) ?? 1) - 1;
      if (others > 0) this.#visitors.set(uri, others);
      else this.#visitors.delete(uri);
      if (others === 0 && documents.get(uri) === undefined) analyst.forget(uri);
    }
  }

  /** Of a text that is in no file: it is checked as the files are that it was made from. */
  async rendered(params: RenderedParams, token: CancellationToken): Promise<RenderedResult> {
    const { root, output } = params;
    const around = this.context(pathToFileURL(root).toString(), null);
    const check = { ...around.check, role: 'manifest', completion: null } as const;
    // Outputs of the same files are asked about independently of each other.
    const context = { ...around, uri: `rendered:${++this.#rendered}:${root}`, check };
    try {
      return await this.#ask('rendered', output, context, params, token);
    } finally {
      this.#given.analyst.forget(context.uri);
    }
  }

  async #ask<Name extends ProviderName>(
    name: Name,
    text: string,
    context: ProviderContext,
    question: Question<Name>,
    token: CancellationToken,
  ): Promise<Answer<Name>> {
    try {
      return await this.#given.analyst.ask(name, text, context, question, token);
    } catch (error) {
      throw modifiedIfSuperseded(error);
    }
  }
}

/** What a client is told whose question came to nothing: editors ask again, and show nothing, when they get this. */
export function modifiedIfSuperseded(error: unknown): unknown {
  return error instanceof SupersededError ? contentModified() : error;
}

function contentModified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The file changed before it was analysed.');
}
