import { message } from '../finding.ts';
import type { Finding, TextRange } from '../finding.ts';
import type { LineIndex } from '../manifest/lines.ts';
import { unknownRule } from '../config/workspace-file.ts';
import { rules } from '../rules/index.ts';
import { suppressionInvalid } from '../rules/suppression-invalid.ts';
import type { ManifestDocument } from './analysis.ts';
import { toFinding } from './findings.ts';

/** `# elastic-ignore code, code: reason`, after a value or on the line before it; `-object` and `-file` reach farther. */
const comment =
  /^(.*?)(?:^|[ \t])#[ \t]*elastic-ignore(-object|-file)?(?=[ \t]|$)[ \t]*([^:\r\n]*)(:[^\r\n]*)?$/gm;

/** A comment that lets findings of some rules pass. */
interface Suppression {
  readonly codes: ReadonlySet<string>;
  /** Offsets in which findings begin that are let pass. */
  readonly reach: TextRange;
}

export interface Suppressions {
  /** What is wrong with the comments themselves. */
  readonly findings: readonly Finding[];
  /** The findings that no comment lets pass. */
  remaining(findings: readonly Finding[]): readonly Finding[];
}

const none: Suppressions = { findings: [], remaining: (findings) => findings };

/**
 * Reads the comments of a file that let findings pass. One without a reason lets nothing pass: whoever reads it a
 * year later has to know why.
 */
export function readSuppressions(
  text: string,
  lines: LineIndex,
  documents: readonly ManifestDocument[],
): Suppressions {
  if (!text.includes('elastic-ignore')) return none;
  const suppressions: Suppression[] = [];
  const findings: Finding[] = [];
  for (const match of text.matchAll(comment)) {
    const [whole, before = '', scope, list = '', reason = ''] = match;
    const start = match.index + before.length + whole.slice(before.length).indexOf('#');
    const range = { start, end: match.index + whole.length };
    const document = documents.findLast((one) => one.range.start <= start);
    const say = (...said: Parameters<typeof message>): void => {
      findings.push(
        toFinding(suppressionInvalid, { message: message(...said), range }, 0, document?.index ?? 0),
      );
    };
    const codes = list.split(/[\s,]+/).filter((code) => code !== '');
    if (codes.length === 0) say('Name the rules to ignore: # elastic-ignore code: reason');
    else if (reason.slice(1).trim() === '')
      say('Say why after a colon: # elastic-ignore {0}: reason', list.trim());
    for (const code of codes) {
      if (rules.some((rule) => rule.code === code)) continue;
      const { template, args } = unknownRule(code);
      say(template, ...args);
    }
    if (reason.slice(1).trim() === '') continue;
    const reach = reachOf(scope, start, before.trim() === '', lines, document, text);
    suppressions.push({ codes: new Set(codes), reach });
  }
  const passes = ({ code, range }: Finding): boolean =>
    suppressions.some(
      ({ codes, reach }) => codes.has(code) && range.start >= reach.start && range.start < reach.end,
    );
  return { findings, remaining: (all) => all.filter((finding) => !passes(finding)) };
}

function reachOf(
  scope: string | undefined,
  at: number,
  alone: boolean,
  lines: LineIndex,
  document: ManifestDocument | undefined,
  text: string,
): TextRange {
  if (scope === '-file') return { start: 0, end: text.length + 1 };
  if (scope === '-object') {
    const item = document?.objects.find(({ range }) => range.start <= at && at < range.end);
    const several = (document?.objects.length ?? 0) > 1;
    return (several ? item?.range : document?.range) ?? { start: at, end: at };
  }
  let { line } = lines.positionAt(at);
  if (alone) line = nextContentLine(text, lines, line + 1);
  return {
    start: lines.offsetAt({ line, character: 0 }),
    end: lines.offsetAt({ line: line + 1, character: 0 }),
  };
}

/** The first line from one on that holds more than a comment. */
function nextContentLine(text: string, lines: LineIndex, from: number): number {
  for (let line = from; line < lines.lineCount; line++) {
    const start = lines.offsetAt({ line, character: 0 });
    const content = text.slice(start, lines.offsetAt({ line: line + 1, character: 0 })).trim();
    if (content !== '' && !content.startsWith('#')) return line;
  }
  return from;
}
