import { formatDuration } from '../durations.ts';
import { formatMessage, message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { summarizeAny } from './any.ts';
import type { PrinterColumn } from './definition.ts';
import { jsonText, timeOf } from './fields.ts';
import { valuesAt } from './json-path.ts';
import { factsOf, momentText, verbatim, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/**
 * The cells of an object under its kind's printer columns, as `kubectl get` prints them; `''` for what is not
 * there. The server shows only the first of several values (apiextensions-apiserver, tableconvertor.go).
 */
export function tableCells(
  columns: readonly PrinterColumn[],
  object: unknown,
  now: number,
): readonly string[] {
  return columns.map(({ jsonPath, type }) => {
    const [value] = valuesAt(jsonPath, object);
    if (value === undefined || value === null) return '';
    if (type === 'date') {
      const time = timeOf(value);
      return time === null ? '' : formatDuration(now - time);
    }
    return typeof value === 'string' ? value : jsonText(value);
  });
}

/** Columns that repeat what every row has anyway. */
const known = new Set(['age', 'name', 'namespace', 'created']);

/** A custom object: how it does by its conditions, and what its kind's columns say. */
export function summarizeCustom(
  object: unknown,
  columns: readonly PrinterColumn[],
  now: number,
): ResourceSummary {
  const base = summarizeAny(object);
  const cells = tableCells(columns, object, now);
  const told = columns.flatMap((column, index) => {
    // Rows stay as they are for as long as their object does: an age would soon be wrong.
    const cell = (column.type === 'date' ? momentAt(column, object) : cells[index]) ?? '';
    return cell === '' || known.has(column.name.toLowerCase()) ? [] : [{ column, cell }];
  });
  const first = base.words.map(({ args: [arg = ''] }) => formatMessage(message('{0}', arg)));
  const state = new Set(first.map((word) => word.toLowerCase()));
  const words = told
    .filter(({ column }) => column.priority === 0 && column.type !== 'date')
    // The state is told already: `Ready` needs no `True` beside it.
    .filter(({ column, cell }) => base.words.length === 0 || !tellsState(column, cell, state))
    .map(({ column, cell }) => cellWord(column, cell));
  return {
    ...base,
    words: wordsOf(...base.words, ...words),
    facts: [
      ...base.facts,
      ...factsOf(...told.map(({ column, cell }) => [verbatim(column.name), cell] as const)),
    ],
  };
}

function momentAt({ jsonPath }: PrinterColumn, object: unknown): string | null {
  return momentText(timeOf(valuesAt(jsonPath, object)[0]));
}

function tellsState({ name, jsonPath }: PrinterColumn, cell: string, state: ReadonlySet<string>): boolean {
  if (jsonPath.startsWith('.status.conditions')) return true;
  return state.has(name.toLowerCase()) || state.has(cell.toLowerCase());
}

/** A number or a truth value alone says nothing: `Replicas 3`. A sentence has no room. */
function cellWord({ name }: PrinterColumn, cell: string): Message | null {
  if (cell.length > 60) return null;
  return /^(?:-?[\d.]+|true|false|unknown)$/i.test(cell) ? message('{0} {1}', name, cell) : verbatim(cell);
}
