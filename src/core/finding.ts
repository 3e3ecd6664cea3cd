import type { EditorRange } from './protocol.ts';

/** Half-open range of UTF-16 offsets into a file's text: `start` is the first, `end` the one after the last. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * A sentence with placeholders `{0}`, `{1}` …: the template is what gets translated, the arguments are what
 * the person wrote, or a part of the sentence with words of its own. The printed form is `formatMessage(message)`.
 */
export interface Message {
  readonly template: string;
  readonly args: readonly (string | number | Message)[];
}

/** One replacement in the text the finding was made from. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** A change that removes the finding. Preferred: the only sensible one, safe to apply unseen. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
}

/** Another place that explains the finding (the first of two equal keys). */
export interface RelatedPlace {
  readonly message: Message;
  /** In the finding's file; of a place elsewhere, the finding's own. */
  readonly range: TextRange;
  /** Set where the place is in another file, or may be: it counts then. */
  readonly elsewhere?: PlaceElsewhere;
}

export interface PlaceElsewhere {
  readonly uri: string;
  readonly range: EditorRange;
}

/** What a rule has to say about one place of one document. */
export interface Finding {
  /** Id of the rule, stable across versions (`quantity-invalid`). */
  readonly code: string;
  readonly severity: Severity;
  readonly message: Message;
  readonly range: TextRange;
  /** Index of the YAML document in its file, from 0. */
  readonly document: number;
  /** Field path as the API server writes it (`spec.template.spec.containers[0].image`); `''` when there is none. */
  readonly path: string;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

/** A message from its template and arguments. */
export function message(template: string, ...args: Message['args']): Message {
  return { template, args };
}

/** Fills the placeholders. `translate` maps a template to the reader's language; unknown templates stay English. */
export function formatMessage(
  { template, args }: Message,
  translate: (template: string) => string = (text) => text,
): string {
  return translate(template).replace(/\{(\d+)\}/g, (whole, index: string) => {
    const arg = args[Number(index)] ?? whole;
    return typeof arg === 'object' ? formatMessage(arg, translate) : String(arg);
  });
}
