import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { nearestWord } from '../core/index.ts';
import { CannotRunError } from './cannot-run.ts';

/** Reads a command's arguments; what it has no option for is refused, with the option that was probably meant. */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
) {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw new CannotRunError(unknown(command, rawName, Object.keys(options)));
    if (option.type === 'boolean' && value !== undefined) {
      throw new CannotRunError(`${rawName} takes no value.`);
    }
    // What looks like the next option rarely is the value of this one: --format --fix. A dash alone is a file.
    const missing = value === undefined || value === '' || (inlineValue !== true && /^-./.test(value));
    if (option.type === 'string' && missing) throw new CannotRunError(`${rawName} needs a value.`);
  }
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

function unknown(command: string, rawName: string, known: readonly string[]): string {
  const meant = rawName.startsWith('--') ? nearestWord(rawName.slice(2), known) : null;
  return meant === null
    ? `There is no option ${rawName}: ${command} --help lists what there is.`
    : `There is no option ${rawName}: did you mean --${meant}?`;
}
