import type { Finding, RelatedPlace, Severity, TextEdit, TextRange } from '../finding.ts';
import type { OtherPlace, Problem, Rule } from '../rules/rule.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { Found } from '../rules/walk.ts';

/** Findings of a document's problems, weighed by the settings; `start` is where the document begins in its file. */
export function weighed(
  problems: readonly Found[],
  set: RuleSet,
  start: number,
  document: number,
): Finding[] {
  return problems.flatMap(({ rule, problem }) => {
    const severity = set.severityOf(rule, problem.severity);
    return severity === 'off' ? [] : [toFinding(rule, { ...problem, severity }, start, document)];
  });
}

/** In the order of the text. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

export function toFinding(rule: Rule, problem: Problem, base: number, document: number): Finding {
  return {
    code: rule.code,
    severity: problem.severity ?? severityOf(rule),
    message: problem.message,
    range: shift(problem.range, base),
    document,
    path: problem.path ?? '',
    related: [
      ...(problem.related ?? []).map((place) => ({ ...place, range: shift(place.range, base) })),
      ...(problem.others ?? []).map((other) => elsewhere(other, shift(problem.range, base))),
    ],
    fixes: (problem.fixes ?? []).map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => shiftEdit(edit, base)),
    })),
  };
}

function severityOf({ severity }: Rule): Severity {
  return severity === 'off' ? 'hint' : severity;
}

/** Worked out each time it is told: text above the other place may have come or gone since it was found. */
function elsewhere({ message, object, range: other }: OtherPlace, range: TextRange): RelatedPlace {
  return { message, range, elsewhere: { uri: object.uri, range: object.at(other) } };
}

function shift({ start, end }: TextRange, base: number): TextRange {
  return { start: start + base, end: end + base };
}

function shiftEdit({ range, newText }: TextEdit, base: number): TextEdit {
  return { range: shift(range, base), newText };
}
