import type { TextEdit } from '../finding.ts';
import type { Entry } from '../manifest/nodes.ts';
import { readDocument } from '../manifest/read.ts';

/** The edit that turns a rule off in the text of a workspace file; null where its rules are not written as a mapping. */
export function turnOffEdit(text: string, code: string): TextEdit | null {
  const { root } = readDocument(text);
  if (root !== null && root.type !== 'mapping' && !(root.type === 'scalar' && root.value === null))
    return null;
  const rules = root?.type === 'mapping' ? root.entry('rules') : null;
  if (rules === null) {
    const lead = text === '' || text.endsWith('\n') ? '' : '\n';
    return insertion(text.length, `${lead}rules:\n  ${code}: off\n`);
  }
  const { value } = rules;
  if (value.type === 'scalar' && value.value === null) return afterColon(rules, text, `\n  ${code}: off`);
  if (value.type !== 'mapping') return null;
  const set = value.entry(code);
  if (set !== null) return afterColon(set, text, ' off');
  const [first] = value.entries;
  if (value.flow) {
    const opening = text.indexOf('{', value.range.start) + 1;
    return insertion(opening, first === undefined ? ` ${code}: off ` : ` ${code}: off,`);
  }
  if (first === undefined) return null;
  const column = first.keyRange.start - (text.lastIndexOf('\n', first.keyRange.start) + 1);
  return insertion(first.keyRange.start, `${code}: off\n${' '.repeat(column)}`);
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

/** Takes the place of an entry's value, which may be nothing; null where there is no colon before it. */
function afterColon({ keyRange, value }: Entry, text: string, newText: string): TextEdit | null {
  const [colon] = /^\s*:/.exec(text.slice(keyRange.end, value.range.end)) ?? [];
  if (colon === undefined) return null;
  const start = keyRange.end + colon.length;
  const isEmpty = value.range.start === value.range.end;
  return { range: { start, end: isEmpty ? start : value.range.end }, newText };
}
