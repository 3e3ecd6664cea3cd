#!/usr/bin/env node
/** `elastic`: the checks of the extension at a shell prompt, and its language server for any editor. */
import { CannotRunError } from './cannot-run.ts';
import { printable } from './formats/printable.ts';
import { lintUsage, lspUsage, usage } from './help.ts';
import { print, tolerateClosedPipes } from './output.ts';
import { version } from './version.ts';

/** As the README says. */
const OLDEST_NODE = 22;

/** Resolves to the exit code. */
async function run([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case 'lint': {
      // All that checks is several times as much as the rest: the language server has its own.
      const { lint } = await import('./lint.ts');
      return lint(rest);
    }
    case 'lsp':
      return serve(rest);
    case '--version':
    case '-v':
      await print(`${version}\n`);
      return 0;
    case '--help':
    case '-h':
    case 'help':
      await print(usageOf(rest));
      return 0;
    case undefined:
      throw new CannotRunError(
        'Say what to do: elastic lint checks manifests, elastic --help lists the rest.',
      );
    default:
      throw new CannotRunError(`elastic has no command "${command}": elastic --help lists what it has.`);
  }
}

/** Of everything, or of the command that is named. */
function usageOf([command]: readonly string[]): string {
  if (command === undefined) return usage;
  if (command === 'lint') return lintUsage;
  if (command === 'lsp') return lspUsage;
  throw new CannotRunError(`elastic has no command "${command}": elastic --help lists what it has.`);
}

/** The server takes the process over, and ends it when the editor says so or is gone. */
async function serve(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    await print(lspUsage);
    return 0;
  }
  if (args.length !== 1 || args[0] !== '--stdio') {
    throw new CannotRunError(
      'The language server speaks over standard input and output: elastic lsp --stdio.',
    );
  }
  await import('../server/main.ts');
  return 0;
}

/** On an older one it would break off in the middle of a file, at the first thing that is not there. */
function checkRuntime(): void {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= OLDEST_NODE) return;
  throw new CannotRunError(`elastic needs Node.js ${OLDEST_NODE} or newer, and this is ${node}.`);
}

async function main(): Promise<void> {
  tolerateClosedPipes();
  try {
    checkRuntime();
    // Set, not called: what is still on its way into a pipe arrives.
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    process.exitCode = 2;
    const sentence = error instanceof CannotRunError ? printable(error.message) : (error as Error).stack;
    process.stderr.write(`${sentence}\n`);
  }
}

void main();
