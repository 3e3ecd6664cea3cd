import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Rule, rules } from '../src/core/index.ts';

/** Writes the page that explains each rule, `<code>.md`: what a finding's link opens; and README.md, the list of them. */
export async function writeRulePages(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(rules.map((rule) => writeFile(join(folder, `${rule.code}.md`), page(rule))));
  await writeFile(join(folder, 'README.md'), list());
}

function page({ code, title, severity, docs }: Rule): string {
  return `# ${title}\n\n\`${code}\`, ${severity}\n\n${docs.trim()}\n`;
}

function list(): string {
  const rows = rules.map(
    ({ code, title, severity }) => `| [\`${code}\`](${code}.md) | ${title} | ${severity} |`,
  );
  return `# Checks\n\n| code | finds | severity |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}
