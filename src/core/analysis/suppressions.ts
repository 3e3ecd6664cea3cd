import { message } from '../finding.ts';
import type { Finding, Message, TextRange } from '../finding.ts';
import type { LineIndex } from '../manifest/lines.ts';
import type { Node } from '../manifest/nodes.ts';
import { lineEnd } from '../manifest/text.ts';
import { apart, lastFrom } from '../ranges.ts';
import { unknownRule } from '../config/workspace-file.ts';
import { rules } from '../rules/index.ts';
import { suppressionInvalid } from '../rules/suppression-invalid.ts';
import type { ManifestDocument } from './analysis.ts';
import { toFinding } from './findings.ts';

/** `# elastic-ignore code, code: reason`, after a value or on the line before it; `-object` and `-file` reach farther. */
const comment =
  /^(.*?)(?:^|[ \t])#[ \t]*elastic-ignore(-object|-file)?(?=[ \t:]|$)[ \t]*([^:\r\n]*)(:[^\r\n]*)?$/gm;

export interface Suppressions {
  /** What is wrong with the comments themselves. */
  readonly findings: readonly Finding[];
  /** The findings that no comment lets pass. */
  remaining(findings: readonly Finding[]): readonly Finding[];
}

const known: ReadonlySet<string> = new Set(rules.map(({ code }) => code));

/** Of a text without such a comment. */
export const noSuppressions: Suppressions = { findings: [], remaining: (findings) => findings };

/**
 * Reads the comments of a file that let findings pass. One without a reason lets nothing pass: whoever reads it a
 * year later has to know why.
 */
export function readSuppressions(
  text: string,
  lines: LineIndex,
  documents: readonly ManifestDocument[],
): Suppressions {
  const reader = new Reader(text, lines, documents);
  for (const match of text.matchAll(comment)) reader.read(match);
  const reaches = new Map([...reader.reaches].map(([code, ranges]) => [code, apart(ranges)]));
  const passes = ({ code, range }: Finding): boolean => {
    const ranges = reaches.get(code) ?? [];
    const reach = ranges[lastFrom(ranges, range.start, ({ start }) => start)];
    return reach !== undefined && range.start < reach.end;
  };
  return { findings: reader.findings, remaining: (all) => all.filter((finding) => !passes(finding)) };
}

/** Takes the comments in the order of the text. */
class Reader {
  readonly findings: Finding[] = [];
  /** By the code of a rule: offsets in which findings begin that are let pass. */
  readonly reaches = new Map<string, TextRange[]>();
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #documents: readonly ManifestDocument[];
  /** Between these two there are only comments and blank lines: many comments may follow each other. */
  #idle = { from: 0, to: -1 };
  readonly #texts = new Map<ManifestDocument, readonly TextRange[]>();

  constructor(text: string, lines: LineIndex, documents: readonly ManifestDocument[]) {
    this.#text = text;
    this.#lines = lines;
    this.#documents = documents;
  }

  read(match: RegExpExecArray): void {
    const [whole, before = '', scope, list = '', reason = ''] = match;
    const start = match.index + before.length + whole.slice(before.length).indexOf('#');
    const range = { start, end: match.index + whole.length };
    const document = this.#documents[lastFrom(this.#documents, start, (one) => one.range.start)];
    if (document !== undefined && this.#isInText(document, start)) return;
    const say = (said: Message): void => {
      this.findings.push(toFinding(suppressionInvalid, { message: said, range }, 0, document?.index ?? 0));
    };
    const codes = list.split(/[\s,]+/).filter((code) => code !== '');
    const given = reason.slice(1).trim() !== '';
    if (codes.length === 0) say(message('Name the rules to ignore: # elastic-ignore code: reason'));
    else if (!given) say(message('Say why after a colon: # elastic-ignore {0}: reason', list.trim()));
    for (const code of codes) if (!known.has(code)) say(unknownRule(code));
    if (!given) return;
    const reach = this.#reachOf(scope, start, before.trim() === '', document);
    for (const code of codes) {
      const reaches = this.reaches.get(code);
      if (reaches === undefined) this.reaches.set(code, [reach]);
      else reaches.push(reach);
    }
  }

  /** Files are often carried in other files: what looks like a comment in such a text is the text's own. */
  #isInText(document: ManifestDocument, at: number): boolean {
    const texts = this.#texts.get(document) ?? textsIn(document, this.#text);
    this.#texts.set(document, texts);
    const text = texts[lastFrom(texts, at, ({ start }) => start)];
    return text !== undefined && at < text.end;
  }

  #reachOf(
    scope: string | undefined,
    at: number,
    alone: boolean,
    document: ManifestDocument | undefined,
  ): TextRange {
    if (scope === '-file') return { start: 0, end: this.#text.length + 1 };
    if (scope === '-object') return this.#objectOf(at, document) ?? { start: at, end: at };
    const { line: own } = this.#lines.positionAt(at);
    const line = alone ? this.#nextContentLine(own + 1) : own;
    return { start: this.#startOf(line), end: this.#startOf(line + 1) };
  }

  /** Where there are several objects, the one around the comment or right below it. */
  #objectOf(at: number, document: ManifestDocument | undefined): TextRange | undefined {
    const { objects = [], range } = document ?? {};
    if (objects.length <= 1) return range;
    const index = lastFrom(objects, at, (object) => object.range.start);
    const around = objects[index];
    if (around !== undefined && at < around.range.end) return around.range;
    const below = objects[index + 1];
    const next = this.#nextContentLine(this.#lines.positionAt(at).line + 1);
    return below !== undefined && below.range.start < this.#startOf(next + 1) ? below.range : undefined;
  }

  /** The first line from one on that holds more than a comment. */
  #nextContentLine(from: number): number {
    if (this.#idle.from <= from && from <= this.#idle.to) return this.#idle.to;
    for (let line = from; line < this.#lines.lineCount; line++) {
      const content = this.#text.slice(this.#startOf(line), this.#startOf(line + 1)).trim();
      if (content === '' || content.startsWith('#')) continue;
      this.#idle = { from, to: line };
      return line;
    }
    this.#idle = { from, to: this.#lines.lineCount };
    return this.#idle.to;
  }

  #startOf(line: number): number {
    return this.#lines.offsetAt({ line, character: 0 });
  }
}

/** Where texts stand in a document that are quoted or of several lines, in order. */
function textsIn({ roots, range }: ManifestDocument, text: string): readonly TextRange[] {
  const texts: TextRange[] = [];
  const seen = new Set<Node>();
  const waiting = roots.flatMap(({ node }) => node ?? []);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    // What stands behind an anchor is met once for each of its aliases.
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.type === 'mapping') for (const { value } of node.entries) waiting.push(value);
    else if (node.type === 'sequence') for (const item of node.items) waiting.push(item);
    else if (!node.plain) {
      const start = node.range.start + range.start;
      // A comment behind the `|` of a block is one.
      const isBlock = text[start] === '|' || text[start] === '>';
      const end = node.range.end + range.start;
      texts.push({ start: isBlock ? Math.min(lineEnd(text, start), end) : start, end });
    }
  }
  return texts.sort((a, b) => a.start - b.start);
}
