import { plainWords } from '../platform/plain-words.ts';

/**
 * Lines of what a program printed that say something, without what is meant for a terminal. Progress that is written
 * over itself is a line each time.
 */
export function outputLines(output: string): string[] {
  return plainWords(output)
    .split(/[\r\n]+/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** The last line, as the reason of a failure: without the word `Error` before it, and not longer than a sentence. */
export function lastReason(output: string): string {
  const line = outputLines(output).at(-1) ?? '';
  const reason = line
    .replace(/^(?:ERROR|Error|error|FATA\[\d+\]|level=\w+ msg=)[:\s]*/, '')
    .replace(/^Error response from daemon: |^building at STEP ".+?": /, '')
    .replace(/\.$/, '');
  return shorten(reason, 160);
}

export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
