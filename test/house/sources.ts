import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** Files by their path from the project's root, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

/** Every TypeScript file of the product. */
export function productSources(): Sources {
  return read(['src/**/*.ts']);
}

export function read(patterns: readonly string[]): Sources {
  const files = globSync([...patterns], { cwd: root }).sort();
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Every node below `node`, itself included, in the order of the text. */
export function* descendants(node: ts.Node): Iterable<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* descendants(child);
}

/** `file:line`, as editors and terminals turn it into a link. */
export function place(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
