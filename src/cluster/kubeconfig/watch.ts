import { type FSWatcher, readlinkSync, realpathSync, watch } from 'node:fs';
import { basename, dirname, join, parse, resolve, sep } from 'node:path';
import type { Disposable } from '../../platform/disposables.ts';
import type { Log } from '../../platform/log.ts';

/** Editors and login tools write a file in several steps; one reload for all of them. */
const quietMs = 200;

/**
 * Calls back once things are quiet after one of the files changed, appeared or went away. Folders are watched, not
 * files: a file replaced by rename, or one that does not exist yet, is noticed too. While the folder is missing
 * its nearest existing ancestor is watched in its place.
 */
export class FileWatch implements Disposable {
  readonly #files: readonly string[];
  readonly #onChange: () => void;
  readonly #log: Log;
  readonly #watchers: FSWatcher[] = [];
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(files: readonly string[], log: Log, onChange: () => void) {
    this.#log = log;
    this.#files = files;
    this.#onChange = onChange;
    this.#arm();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  /** Watches what is there to be watched now; folders that are no longer of interest are let go. */
  #arm(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
    const wanted = new Map<string, Set<string>>();
    for (const path of this.#files.flatMap((file) => [file, ...linksOn(file), realPath(file) ?? file])) {
      const [folder, name] = nearestFolder(path);
      wanted.set(folder, (wanted.get(folder) ?? new Set()).add(name));
    }
    for (const [folder, names] of wanted) this.#watch(folder, names);
  }

  #watch(folder: string, names: Set<string>): void {
    // A folder that is removed is reported under its own name.
    names.add(basename(folder));
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // Some systems name no file; then anything may have changed.
        if (name === null || names.has(name)) this.#changed();
      });
      watcher.on('error', () => this.#changed());
      this.#watchers.push(watcher);
    } catch (error) {
      // No right to the folder, or the system's limit of watches is reached: reloading by hand still works.
      this.#log.warn(`Changes in ${folder} will go unnoticed: ${String(error)}`);
    }
  }

  #changed(): void {
    if (this.#disposed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#arm();
      this.#onChange();
    }, quietMs);
    this.#timer.unref();
  }
}

/** The folder to watch for a path, and the name to look for in it. */
function nearestFolder(path: string): [folder: string, name: string] {
  let name = basename(path);
  let folder = dirname(path);
  while (realPath(folder) === null && dirname(folder) !== folder) {
    name = basename(folder);
    folder = dirname(folder);
  }
  return [folder, name];
}

/** As many as the system itself follows. */
const mostLinks = 40;

/**
 * The symbolic links on the way to a file, folders among them: any may be turned to another target, as cloud tools and
 * mounted secrets do.
 */
function linksOn(path: string): readonly string[] {
  const links: string[] = [];
  let place = parse(path).root;
  let ahead = path.slice(place.length).split(sep);
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    place = join(place, part);
    const target = linkTarget(place);
    if (target === null) continue;
    links.push(place);
    if (links.length > mostLinks) break;
    const whole = resolve(dirname(place), target);
    place = parse(whole).root;
    ahead = [...whole.slice(place.length).split(sep), ...ahead];
  }
  return links;
}

/** null: it is no link, or not there. */
function linkTarget(path: string): string | null {
  return orNull(() => readlinkSync(path));
}

function orNull(look: () => string): string | null {
  try {
    return look();
  } catch {
    // What is wrong with the path is told by reading the file; here, in a timer, nobody would catch it.
    return null;
  }
}

/** Where the path leads once links are followed; null when it leads nowhere. */
function realPath(path: string): string | null {
  return orNull(() => realpathSync(path));
}
