import type { Message } from '../../finding.ts';

/** Says a message in the reader's language. */
export type Say = (message: Message) => string;

/** A text between backticks, whatever it holds; on one line and of a length that can be looked over. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > 120 ? `${line.slice(0, 119)}…` : line;
  const runs = short.match(/`+/g);
  if (runs === null) return `\`${short}\``;
  const fence = '`'.repeat(Math.max(...runs.map((run) => run.length)) + 1);
  return `${fence} ${short} ${fence}`;
}

/** Room before a column: editors draw the columns of a table next to each other. */
const margin = '&nbsp;&nbsp;&nbsp;';

/** Rows of a table in Markdown; the first is its head, and columns after the first hold numbers. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows.map((cells) =>
    cells.map((cell, column) => (column === 0 ? '' : margin) + cell.replaceAll('|', '\\|')),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = `|:--${'|--:'.repeat(Math.max(0, head.length - 1))}|`;
  return [line(head), rule, ...body.map(line)].join('\n');
}
