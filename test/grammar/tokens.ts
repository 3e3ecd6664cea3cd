import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Oniguruma from 'vscode-oniguruma';
import type * as Textmate from 'vscode-textmate';
import { chosenEdition } from '../harness/vscode/editions.ts';
import { provision } from '../harness/vscode/provision.ts';

// Both packages are CommonJS whose exports Node's ES module loader cannot name.
const require = createRequire(import.meta.url);
const textmate = require('vscode-textmate') as typeof Textmate;
const oniguruma = require('vscode-oniguruma') as typeof Oniguruma;

export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** VS Code's own YAML grammar with this extension's injected, as package.json registers it. */
export async function yamlGrammar(): Promise<Textmate.IGrammar> {
  return loadGrammar('source.yaml', [...(await builtInGrammars()), ...(await contributedGrammars())]);
}

/** The grammar of logs, as package.json registers it. */
export async function logGrammar(): Promise<Textmate.IGrammar> {
  return loadGrammar('text.log.elastic', await contributedGrammars());
}

async function loadGrammar(scopeName: string, known: readonly GrammarFile[]): Promise<Textmate.IGrammar> {
  const wasm = await readFile(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const files = new Map(known.map((one) => [one.scope, one]));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files.get(scope)?.file;
      return file === undefined ? null : textmate.parseRawGrammar(await readFile(file, 'utf8'), file);
    },
    getInjections: (scope) =>
      [...files.values()].filter((one) => one.injectTo.includes(scope)).map((one) => one.scope),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (grammar === null) throw new Error(`There is no grammar ${scopeName}.`);
  return grammar;
}

/** Tokens of every line; white space between tokens is left out. */
export function tokens(grammar: Textmate.IGrammar, text: string): Token[][] {
  let stack = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens
      .map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }))
      .filter((token) => token.text.trim() !== '');
  });
}

interface GrammarFile {
  readonly scope: string;
  readonly file: string;
  readonly injectTo: readonly string[];
}

interface Contributions {
  readonly contributes: {
    readonly grammars: readonly { scopeName: string; path: string; injectTo?: string[] }[];
  };
}

async function grammarsOf(extension: string): Promise<GrammarFile[]> {
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8')) as Contributions;
  return manifest.contributes.grammars.map(({ scopeName, path, injectTo }) => ({
    scope: scopeName,
    file: join(extension, path),
    injectTo: injectTo ?? [],
  }));
}

async function builtInGrammars(): Promise<GrammarFile[]> {
  const { root } = await provision(chosenEdition());
  return grammarsOf(join(root, 'extensions', 'yaml'));
}

function contributedGrammars(): Promise<GrammarFile[]> {
  return grammarsOf(join(import.meta.dirname, '..', '..'));
}
