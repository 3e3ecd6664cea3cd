import type { TextRange } from '../finding.ts';

/** One `FROM` of a Dockerfile. */
export interface DockerfileStage {
  /** Name after `AS`; null when it has none. */
  readonly name: string | null;
  /** Image or earlier stage it builds on, as written (`$BASE` stays `$BASE`). */
  readonly base: string;
  /** The `FROM` line, continuation lines included, without the line break. */
  readonly range: TextRange;
}

/** One instruction of a Dockerfile. */
export interface DockerfileInstruction {
  /** Its continuation lines joined, without their line breaks; otherwise as written. */
  readonly text: string;
  /** From its first line to the end of its last one, without the line break. */
  readonly range: TextRange;
}

const from = /^[ \t]*FROM(?=[ \t])(.*)$/i;

/** The stages of a Dockerfile in order. */
export function dockerfileStages(text: string): readonly DockerfileStage[] {
  return dockerfileInstructions(text).flatMap(({ text: instruction, range }): DockerfileStage[] => {
    const words =
      from
        .exec(instruction)?.[1]
        ?.trim()
        .split(/\s+/)
        .filter((word) => !word.startsWith('--')) ?? [];
    const [base, as, name] = words;
    if (base === undefined || base === '') return [];
    return [{ name: as?.toUpperCase() === 'AS' && name !== undefined ? name : null, base, range }];
  });
}

/** The instructions of a Dockerfile in order. Text inside here-documents and comments is none. */
export function dockerfileInstructions(text: string): readonly DockerfileInstruction[] {
  const instructions: DockerfileInstruction[] = [];
  const escape = escapeCharacter(text);
  let delimiters: string[] = [];
  for (const { content, range } of logicalLines(text, escape, () => delimiters)) {
    const awaited = delimiters[0];
    if (awaited !== undefined) {
      if (content.replace(/^\t+/, '') === awaited) delimiters = delimiters.slice(1);
      continue;
    }
    if (content.trim() === '') continue;
    if (/^[ \t]*(?:RUN|COPY|ADD)[ \t]/i.test(content)) delimiters = hereDocuments(content);
    instructions.push({ text: content, range });
  }
  return instructions;
}

/** The parser directive `# escape=` may stand among the comments at the top only. */
function escapeCharacter(text: string): string {
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const directive = /^[ \t]*#[ \t]*(\w+)[ \t]*=[ \t]*(\S+)/.exec(line);
    if (directive === null) break;
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

function hereDocuments(line: string): string[] {
  return [...line.matchAll(/<<-?(["']?)([A-Za-z_]\w*)\1/g)].map((match) => match[2] ?? '');
}

/** Lines with their continuations joined, comments between them dropped. */
function* logicalLines(
  text: string,
  escape: string,
  delimiters: () => readonly string[],
): Iterable<{ content: string; range: TextRange }> {
  let content = '';
  let start = 0;
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  let open = false;
  while (offset < text.length) {
    const breakAt = text.indexOf('\n', offset);
    const next = breakAt < 0 ? text.length : breakAt + 1;
    let end = breakAt < 0 ? text.length : breakAt;
    if (end > offset && text[end - 1] === '\r') end--;
    const line = text.slice(offset, end);
    if (!open) start = offset;
    const literal = delimiters().length > 0;
    const ignored: boolean = !literal && (/^[ \t]*#/.test(line) || (open && line.trim() === ''));
    const trimmed = line.trimEnd();
    const continues: boolean = !literal && !ignored && trimmed.endsWith(escape);
    if (!ignored) content += continues ? trimmed.slice(0, -1) : line;
    open = continues || (ignored && open);
    offset = next;
    if (open && offset < text.length) continue;
    if (content !== '') yield { content, range: { start, end } };
    content = '';
    open = false;
  }
}
