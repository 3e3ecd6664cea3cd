import type { TestEvent } from 'node:test/reporters';

/** One test, as the reporter writes it: a line of JSON each. */
export interface TestRecord {
  /** The file it stands in, and its name. */
  readonly file: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
}

/**
 * Reporter for `node --test`. A `describe` is no test of its own; it counts only where a hook of it failed. A
 * test marked "todo" counts as skipped.
 */
async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isGroup = data.details.type === 'suite';
    if (isGroup && (type === 'test:pass' || failureOf(data.details) === 'subtestsFailed')) continue;
    const skipped =
      (data.skip !== undefined && data.skip !== false) || (data.todo !== undefined && data.todo !== false);
    const record: TestRecord = {
      file: data.file ?? '',
      name: data.name,
      outcome: skipped ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed',
      ms: data.details.duration_ms,
    };
    yield `${JSON.stringify(record)}\n`;
  }
}

function failureOf(details: object): unknown {
  const error: unknown = 'error' in details ? details.error : undefined;
  return typeof error === 'object' && error !== null && 'failureType' in error
    ? error.failureType
    : undefined;
}

// eslint-disable-next-line no-restricted-exports -- `--test-reporter` loads a module's default export.
export { report as default };
