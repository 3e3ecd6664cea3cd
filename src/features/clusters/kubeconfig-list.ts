/** What adding and removing a file does to the setting that names them: pure, so that it can be tested without an editor. */
import { join, resolve, sep } from 'node:path';
import { formatMessage, message, type Message } from '../../core/index.ts';

/** A path as the setting writes it, made absolute as the reader of kubeconfigs makes it. */
export function absolutePath(path: string, home: string): string {
  return resolve(path.trim().replace(/^~(?=$|[\\/])/, home));
}

/** A path below the home folder with a tilde: such a setting may travel to another machine. */
export function shownPath(path: string, home: string): string {
  return path.startsWith(home + sep) ? join('~', path.slice(home.length)) : path;
}

/**
 * The setting with more files. Where it named none, those read so far are named first: a setting that names files
 * takes the place of KUBECONFIG and of the file in the home folder.
 */
export function withFiles(
  configured: readonly string[],
  inForce: readonly string[],
  added: readonly string[],
  home: string,
): readonly string[] {
  const before = configured.length > 0 ? configured : inForce.map((file) => shownPath(file, home));
  const there = new Set(before.map((path) => absolutePath(path, home)));
  return [...before, ...added.filter((file) => !there.has(file)).map((file) => shownPath(file, home))];
}

/** The setting without a file; undefined, the setting goes: what is left is what is read without it. */
export function withoutFile(
  configured: readonly string[],
  file: string,
  standard: readonly string[],
  home: string,
): readonly string[] | undefined {
  const left = configured.filter((path) => absolutePath(path, home) !== file);
  const files = left.map((path) => absolutePath(path, home));
  const same = files.length === standard.length && files.every((path, index) => path === standard[index]);
  return left.length === 0 || same ? undefined : left;
}

/** Name of the file a pasted kubeconfig is kept in: after its first context, and unlike those that are there. */
export function pastedName(context: string, taken: ReadonlySet<string>): string {
  const base =
    context
      .replace(/^.*[\\/]/, '')
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '')
      .slice(0, 60) || 'kubeconfig';
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${base}.yaml` : `${base}-${number}.yaml`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** Why a kubeconfig brings nothing, and what to do; `problem` null: it is one, but an empty one. */
export function nothingToAdd(
  problem: Message | null,
  from: string,
  way: 'clipboard' | 'file',
  translate: (template: string) => string,
): Message {
  const why = formatMessage(
    problem ?? message('There is no context in {0}, so there is nothing to add.', from),
    translate,
  );
  const whole = /[.。]$/.test(why) ? why : `${why}.`;
  return way === 'clipboard'
    ? message('{0} Copy the whole text of a kubeconfig, then add it again.', whole)
    : message('{0} Choose another file, or correct this one.', whole);
}
