import type { Analysis } from '../../core/index.ts';
import { codeActions } from './code-actions.ts';
import { manifestLenses } from './code-lenses.ts';
import { completion } from './completion.ts';
import type { ProviderContext } from './context.ts';
import { diagnostics } from './diagnostics.ts';
import { facts, hover } from './hover.ts';
import { locate } from './locate.ts';
import { objects } from './objects.ts';
import { rendered } from './rendered.ts';
import { symbols } from './symbols.ts';

/**
 * What can be asked about a manifest. Each is a pure function of the analysis, so that it can be answered
 * where the analysis is: in this process, or in the worker a large file has to itself.
 */
const providers = {
  diagnostics,
  codeActions,
  manifestLenses,
  objects,
  locate,
  rendered,
  completion,
  hover,
  facts,
  symbols,
};

type Providers = typeof providers;
export type ProviderName = keyof Providers;
export type Answer<Name extends ProviderName> = ReturnType<Providers[Name]>;
/** What a provider is asked with beside analysis and context; undefined when it needs nothing. */
export type Question<Name extends ProviderName> = Name extends ProviderName
  ? Parameters<Providers[Name]> extends [Analysis, ProviderContext, infer Params]
    ? Params
    : undefined
  : never;

type Table = {
  readonly [Name in ProviderName]: (
    analysis: Analysis,
    context: ProviderContext,
    question: Question<Name>,
  ) => Answer<Name>;
};

/** Runs a provider by its name. */
export function answer<Name extends ProviderName>(
  name: Name,
  analysis: Analysis,
  context: ProviderContext,
  question: Question<Name>,
): Answer<Name> {
  const table: Table = providers;
  return table[name](analysis, context, question);
}
