/** One instruction of a Dockerfile, its continuation lines joined and its white space made single. */
export interface Instruction {
  /** Line of its first word, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The instructions in order; comments inside a continued one are left out, as the builder does. */
export function dockerfileInstructions(text: string): Instruction[] {
  const escape = /^#\s*escape\s*=\s*(\S)/i.exec(text)?.[1] ?? '\\';
  const instructions: Instruction[] = [];
  let open: { line: number; parts: string[] } | null = null;
  const close = (): void => {
    if (open !== null) instructions.push({ line: open.line, text: singleSpaced(open.parts.join(' ')) });
    open = null;
  };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const written = line.trim();
    if (written === '' || written.startsWith('#')) continue;
    const continues = written.endsWith(escape);
    open ??= { line: index + 1, parts: [] };
    open.parts.push(continues ? written.slice(0, -1) : written);
    if (!continues) close();
  }
  close();
  return instructions;
}

/** Line of the instruction an engine quotes in its output; null when none is written like it. */
export function lineOf(dockerfile: string, quoted: string): number | null {
  const wanted = singleSpaced(quoted);
  const found = dockerfileInstructions(dockerfile).find(
    ({ text }) => text.toLowerCase() === wanted.toLowerCase(),
  );
  return found?.line ?? null;
}

function singleSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
