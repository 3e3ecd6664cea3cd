/** What is written about rules, for readers that show no Markdown. */
import stringWidth from 'string-width';

/** How the parts of a page look. */
export interface MarkdownStyle {
  heading(text: string): string;
  code(text: string): string;
  strong(text: string): string;
  /** Columns; lines of prose are broken before. */
  readonly width: number;
}

const plain: MarkdownStyle = {
  heading: (text) => text,
  code: (text) => text,
  strong: (text) => text,
  width: Number.POSITIVE_INFINITY,
};

/** Without marks; a paragraph is a line. */
export function markdownAsText(markdown: string): string {
  return renderMarkdown(markdown, plain).trim();
}

/** Knows what pages about rules consist of: headings, paragraphs, lists, fenced code, tables as they are. */
export function renderMarkdown(markdown: string, style: MarkdownStyle): string {
  return blocksOf(markdown)
    .map((block) => render(block, style))
    .join('\n');
}

type Block =
  | { readonly kind: 'heading' | 'paragraph' | 'item'; readonly text: string }
  | { readonly kind: 'code' | 'table'; readonly lines: readonly string[] };

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.trim().split('\n');
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const take = (more: (line: string) => boolean): string[] => {
      const taken: string[] = [];
      while (at < lines.length && more(lines[at] ?? '')) taken.push(lines[at++] ?? '');
      return taken;
    };
    if (line.trim() === '') at++;
    else if (line.startsWith('```')) {
      at++;
      blocks.push({ kind: 'code', lines: take((next) => !next.startsWith('```')) });
      at++;
    } else if (line.startsWith('|'))
      blocks.push({ kind: 'table', lines: take((next) => next.startsWith('|')) });
    else if (/^#+ /.test(line))
      blocks.push({ kind: 'heading', text: (lines[at++] ?? '').replace(/^#+ /, '') });
    else {
      at++;
      const rest = take((next) => next.trim() !== '' && !/^(?:```|[-*] |\||#+ )/.test(next));
      const text = [line, ...rest].map((part) => part.trim()).join(' ');
      const item = /^[-*] (.*)/.exec(text);
      blocks.push(item === null ? { kind: 'paragraph', text } : { kind: 'item', text: item[1] ?? '' });
    }
  }
  return blocks;
}

function render(block: Block, style: MarkdownStyle): string {
  switch (block.kind) {
    case 'heading':
      return `${style.heading(block.text)}\n`;
    case 'paragraph':
      return `${wrapped(inline(block.text, style), style.width).join('\n')}\n`;
    case 'item':
      return `${wrapped(inline(block.text, style), style.width - 2)
        .map((line, index) => `${index === 0 ? '- ' : '  '}${line}\n`)
        .join('')}`;
    case 'code':
      return block.lines.map((line) => `    ${style.code(line)}`.trimEnd() + '\n').join('');
    case 'table':
      return block.lines.map((line) => `${line}\n`).join('');
  }
}

/** Code spans and strong words in their style, links by their words. */
function inline(text: string, style: MarkdownStyle): string {
  return text
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/`([^`]+)`|\*\*([^*]+)\*\*/g, (_, code?: string, strong?: string) =>
      code === undefined ? style.strong(strong ?? '') : style.code(code),
    );
}

/** Lines of at most so many columns, broken between words. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
