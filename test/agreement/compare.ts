import {
  analyze,
  type AnalyzeOptions,
  type Finding,
  formatMessage,
  defaultSettings,
} from '../../src/core/index.ts';
import type { Case } from './plan.ts';
import type { Answer } from './server.ts';

/** Where the server saw a mistake. */
export type Mistake =
  | { readonly kind: 'field'; readonly path: string }
  /** As strict decoding tells it: keys of maps come behind a dot. */
  | { readonly kind: 'strict'; readonly path: string }
  /** As decoders tell it: without indices of lists and without the keys of maps, but with Go's embedded types. */
  | { readonly kind: 'decoder'; readonly path: string }
  /** A key that is there twice. The line is that of its second value, from 1. */
  | { readonly kind: 'repeated'; readonly key: string; readonly line: number };

export interface OwnError {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

export type Outcome = 'agreed' | 'falseRejection' | 'falseAcceptance';

/** What the server and the core said of one case. */
export interface Comparison {
  readonly case: Case;
  readonly accepted: boolean;
  readonly message: string;
  readonly mistakes: readonly Mistake[];
  readonly errors: readonly OwnError[];
  readonly outcome: Outcome;
  /** Null where there is nothing to compare: one of both saw no mistake, or the server did not say where. */
  readonly samePath: boolean | null;
}

/**
 * Answers that tell of the cluster or of the request instead of the manifest: the name is taken, or what admission
 * looks up, the namespace of the address, or the range or family of addresses are not there.
 */
const elsewhere =
  /already exists$|^(?:namespaces|serviceaccounts|priorityclasses)\S* "[^"]*" not found|error looking up service account|no PriorityClass with name|RuntimeClass "[^"]*" not found|the namespace of the provided object does not match|failed to allocate|provided (?:IP|port) is|not configured (?:on this cluster|for dual-stack)|computed (?!0 |200000[01]000 )\d+ from the given PriorityClass/;

/** Whether the manifest alone decided. */
export function isVerdict({ status, message }: Answer): boolean {
  return status < 300 || (status < 500 && status !== 429 && !elsewhere.test(message));
}

export function compare(one: Case, answer: Answer): Comparison {
  const accepted = answer.status < 300;
  const errors = ownErrors(one.text);
  const mistakes = accepted ? [] : mistakesIn(answer);
  const agreed = accepted === (errors.length === 0);
  const comparable = mistakes.length > 0 && errors.length > 0;
  return {
    case: one,
    accepted,
    message: answer.message,
    mistakes,
    errors,
    outcome: agreed ? 'agreed' : accepted ? 'falseRejection' : 'falseAcceptance',
    samePath: comparable ? mistakes.some((mistake) => errors.some((error) => isSame(mistake, error))) : null,
  };
}

/** One object for all cases: what is made of settings is kept by their identity. */
const settings: NonNullable<AnalyzeOptions['settings']> = {
  ...defaultSettings,
  preset: 'server-only',
} as const;

function ownErrors(text: string): readonly OwnError[] {
  const { findings, lines } = analyze(text, { settings });
  const toError = (finding: Finding): OwnError => ({
    code: finding.code,
    path: finding.path,
    message: formatMessage(finding.message),
    line: lines.positionAt(finding.range.start).line + 1,
  });
  return findings.filter(({ severity }) => severity === 'error').map(toError);
}

function isSame(mistake: Mistake, error: OwnError): boolean {
  switch (mistake.kind) {
    case 'field':
      return mistake.path === error.path;
    case 'strict':
      return mistake.path === error.path.replaceAll(/\[(?!\d+\])([^\]]*)\]/g, '.$1');
    case 'decoder':
      return mistake.path === error.path.replaceAll(/\[[^\]]*\]/g, '');
    case 'repeated':
      // A mapping or a list begins on the line behind its key.
      return lastKey(error.path) === mistake.key && [0, 1].includes(mistake.line - error.line);
  }
}

/** Every place that the answer names: of its causes, or read out of the sentence where it has none. */
function mistakesIn({ message, causes }: Pick<Answer, 'message' | 'causes'>): readonly Mistake[] {
  const named = causes.map(({ field }) => field).filter((field) => field !== '' && field !== '<nil>');
  if (named.length > 0) return named.map((path) => ({ kind: 'field', path }));
  const strict = matches(message, /(?:unknown|duplicate) field "([^"]+)"/g);
  const decoder = matches(message, /Go struct field \w+\.(\S+) of type/g);
  const repeated = [...message.matchAll(/line (\d+): key "?([^"\n]*)"? already set in map/g)];
  return [
    ...strict.map((path) => ({ kind: 'strict', path }) as const),
    ...decoder.map(
      (path) => ({ kind: 'decoder', path: path.replaceAll(/(?<=^|\.)[A-Z]\w*\./g, '') }) as const,
    ),
    ...repeated.map(([, line = '', key = '']) => ({ kind: 'repeated', key, line: Number(line) }) as const),
  ];
}

function lastKey(path: string): string {
  const [, bracketed, plain] = /\[([^\]]*)\]$|([^.[\]]+)$/.exec(path) ?? [];
  return bracketed ?? plain ?? '';
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}
