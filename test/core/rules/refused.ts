import assert from 'node:assert/strict';
import { check } from '../marked.ts';

/**
 * A manifest that the API server refuses: it gets exactly the marked findings, all of them errors, at these paths in
 * the order of the text. The paths are the server's own words.
 */
export function refused(marked: string, ...paths: readonly string[]): void {
  const { findings } = check(marked);
  assert.deepEqual(
    findings.map(({ path, severity }) => `${severity} ${path}`),
    paths.map((path) => `error ${path}`),
  );
}

/** A manifest that the API server takes: it gets no finding at all. */
export function accepted(text: string): void {
  assert.ok(!text.includes('«'), 'nothing is marked in it');
  check(text);
}
