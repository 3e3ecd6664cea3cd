import { existsSync, readFileSync } from 'node:fs';
import type { TestRecord } from './reporter.ts';

export interface SuiteResult {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Why it failed or was skipped as a whole; null if the tests tell. */
  readonly remark: string | null;
}

/** How a suite's process ended. */
export interface Ending {
  readonly code: number | null;
  readonly timedOut: boolean;
  readonly seconds: number;
}

/** Counts what the reporter wrote. A suite that ran no test, crashed or took too long has failed whatever it counted. */
export function readResult(suite: string, file: string, ending: Ending): SuiteResult {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const records = lines.map((line) => JSON.parse(line) as TestRecord);
  const count = (outcome: TestRecord['outcome']): number =>
    records.filter((record) => record.outcome === outcome).length;
  const failed = count('failed');
  const remark = remarkOn(ending, records.length, failed);
  return {
    suite,
    passed: count('passed'),
    failed: remark === null ? failed : failed + 1,
    skipped: count('skipped'),
    seconds: ending.seconds,
    remark,
  };
}

function remarkOn(ending: Ending, tests: number, failed: number): string | null {
  if (ending.timedOut) return 'took too long and was ended';
  if (tests === 0) return 'ran no test';
  return ending.code !== 0 && failed === 0 ? `ended with ${ending.code ?? 'a signal'}` : null;
}

/** A line for each suite; what is wrong with one as a whole stands behind it. */
export function table(results: readonly SuiteResult[]): string {
  const rows = results.map(({ suite, passed, failed, skipped, seconds, remark }) =>
    [suite, passed, failed, skipped, seconds.toFixed(1), remark ?? ''].map(String),
  );
  const head = ['suite', 'passed', 'failed', 'skipped', 'seconds', ''];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const isNumber = (column: number): boolean => column > 0 && column < head.length - 1;
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `N passed, N failed`, and `, N skipped` where there are any: the last line of a run. */
export function closingLine(results: readonly Pick<SuiteResult, 'passed' | 'failed' | 'skipped'>[]): string {
  const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((total, result) => total + result[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
