/** Which texts of src/ people read, and whether each has its translation. */
import ts from 'typescript';
import { descendants, parse, place, type Sources } from './sources.ts';

/** A text that is looked up in the translations at run time. */
export interface Text {
  readonly text: string;
  readonly at: string;
}

/** Calls whose first argument is such a text. */
const speakers = /^(message|(vscode\.)?l10n\.t|t)$/;

/**
 * The texts of `message('…')` and `l10n.t('…')`, whichever branch of an expression they stand in. Where the text
 * comes from a table or a parameter, every sentence of that file counts as one.
 */
export function textsIn(sources: Sources): readonly Text[] {
  return [...sources].flatMap(([file, source]) => {
    const nodes = [...descendants(parse(file, source))];
    const said = nodes.filter(isSpeaking).map((call) => literalsOf(call.arguments[0]));
    const direct = said.flatMap(({ literals }) => literals);
    const indirect = said.some(({ complete }) => !complete);
    const sentences = indirect ? nodes.filter(ts.isStringLiteralLike).filter(isSentence) : [];
    return [...new Set([...direct, ...sentences])].map((node) => ({ text: node.text, at: place(node) }));
  });
}

function isSpeaking(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !speakers.test(node.expression.getText())) return false;
  // `(template) => vscode.l10n.t(template)` passes on what was collected where it was written.
  const [argument] = node.arguments;
  return argument !== undefined && !(ts.isIdentifier(argument) && argument.text === 'template');
}

interface Literals {
  readonly literals: readonly ts.StringLiteralLike[];
  /** False when part of the text comes from elsewhere. */
  readonly complete: boolean;
}

function literalsOf(node: ts.Expression | undefined): Literals {
  if (node === undefined) return { literals: [], complete: false };
  if (ts.isStringLiteralLike(node)) return { literals: [node], complete: true };
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (ts.isConditionalExpression(node)) return both(literalsOf(node.whenTrue), literalsOf(node.whenFalse));
  if (ts.isObjectLiteralExpression(node)) {
    const property = node.properties.find((one) => one.name?.getText() === 'message');
    if (property !== undefined && ts.isPropertyAssignment(property)) return literalsOf(property.initializer);
  }
  return { literals: [], complete: false };
}

function both(a: Literals, b: Literals): Literals {
  return { literals: [...a.literals, ...b.literals], complete: a.complete && b.complete };
}

/** Words for people rather than for the program; pages about rules and faults in the program are not translated. */
function isSentence(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (!/^[A-Z{].* /.test(node.text) || /\n/.test(node.text)) return false;
  if (ts.isPropertyAssignment(parent) && ['docs', 'title'].includes(parent.name.getText())) return false;
  return !(ts.isNewExpression(parent) && parent.expression.getText() === 'Error');
}

/** What is wrong with a set of translations of these texts, a sentence each. */
export function untranslated(
  texts: readonly Text[],
  translations: Readonly<Record<string, string>>,
): readonly string[] {
  const wanted = new Map(texts.map(({ text, at }) => [text, at]));
  return [
    ...[...wanted]
      .filter(([text]) => !(text in translations))
      .map(([text, at]) => `${at}: no translation of "${text}"`),
    ...Object.keys(translations)
      .filter((text) => !wanted.has(text))
      .map((text) => `nobody says "${text}" any more`),
    ...unlike(translations),
  ];
}

/** Translations that lost or gained a placeholder, or are empty. */
function unlike(translations: Readonly<Record<string, string>>): readonly string[] {
  const placeholders = (text: string): string => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join();
  return Object.entries(translations)
    .filter(([text, translated]) => translated === '' || placeholders(text) !== placeholders(translated))
    .map(([text]) => `the translation of "${text}" has other placeholders`);
}

/** `%key%` of package.json against the files that hold their texts, both ways. */
export function missingKeys(
  manifest: string,
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>,
): readonly string[] {
  const used = new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1] ?? ''));
  return Object.entries(tables).flatMap(([file, table]) => [
    ...[...used].filter((key) => !(key in table)).map((key) => `${file} lacks ${key}`),
    ...Object.keys(table)
      .filter((key) => !used.has(key))
      .map((key) => `${file} has ${key}, which package.json does not use`),
  ]);
}
