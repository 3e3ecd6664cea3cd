/** Lines of what a program printed that say something, without terminal colours. */
export function outputLines(output: string): string[] {
  return output
    .split(/\r?\n/)
    .map((line) => withoutColours(line).trimEnd())
    .filter((line) => line.trim() !== '');
}

const colours = /\u001b\[[\d;]*m/g;

function withoutColours(text: string): string {
  return text.replace(colours, '');
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
