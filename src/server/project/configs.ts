import {
  type CheckConfig,
  type ConfigProblem,
  emptyConfig,
  folderOf,
  LineIndex,
  excluding,
  type PathMatcher,
  readWorkspaceFile,
  type RuleSettings,
  settingsOf,
  unusedWorkspaceFile,
  workspaceFileNames,
} from '../../core/index.ts';

/** A workspace file, and what cannot be followed in it. */
export interface DescribedFile {
  readonly path: string;
  readonly problems: readonly ConfigProblem[];
  readonly lines: LineIndex;
}

/** What a workspace file says, and where it stands. */
interface Kept extends DescribedFile {
  readonly folder: string;
  readonly config: CheckConfig;
  readonly excludes: PathMatcher;
  /** What is told of it where another one counts. */
  readonly unused: DescribedFile;
}

/** How a file is checked. Equal choices give the same `settings` object: analyses are kept by it. */
export interface Choice {
  readonly settings: RuleSettings;
  /** Null: the newest that is known. */
  readonly kubernetesVersion: string | null;
  readonly excluded: boolean;
}

/** What a person set, by the folder it is set for; `''`: for all others. */
export type Overrides = ReadonlyMap<string, CheckConfig>;

/** Workspace files by their folder, and what a person set in the editor or at the prompt, which wins. */
export class Configs {
  readonly #files = new Map<string, Kept>();
  /** By folder, those that count. */
  readonly #kept = new Map<string, Kept>();
  readonly #choices = new Map<CheckConfig, Map<Kept | null, Choice>>();
  #overrides: Overrides;

  constructor(override: CheckConfig = emptyConfig) {
    this.#overrides = new Map([['', override]]);
  }

  set overrides(overrides: Overrides) {
    this.#overrides = overrides;
    this.#choices.clear();
  }

  /** Of several files in a folder one counts; the others are told so, and nothing else. */
  get files(): readonly DescribedFile[] {
    return [...this.#files.values()].map((file) => (this.#counts(file) ? file : file.unused));
  }

  /** Takes over a workspace file; what cannot be followed in it is returned, and the rest counts. */
  set(path: string, text: string): readonly ConfigProblem[] {
    const { config, problems } = readWorkspaceFile(text);
    const folder = folderOf(path);
    const excludes = excluding(config.exclude);
    const lines = new LineIndex(text);
    const unused = { path, lines, problems: [unusedWorkspaceFile] };
    const file = { path, folder, config, excludes, problems, lines, unused };
    this.#files.set(path, file);
    this.#settle(folder);
    return this.#counts(file) ? problems : unused.problems;
  }

  delete(path: string): void {
    this.#files.delete(path);
    this.#settle(folderOf(path));
  }

  #counts(file: Kept): boolean {
    return this.#kept.get(file.folder) === file;
  }

  #settle(folder: string): void {
    const beneath = folder === '' || folder === '/' ? folder : `${folder}/`;
    const [first] = workspaceFileNames.flatMap((name) => this.#files.get(`${beneath}${name}`) ?? []);
    if (first === undefined) this.#kept.delete(folder);
    else this.#kept.set(folder, first);
    this.#choices.clear();
  }

  /** By the nearest workspace file above a path. */
  choiceFor(path: string): Choice {
    const folder = folderOf(path);
    const kept = nearest(this.#kept, folder);
    const override = nearest(this.#overrides, folder) ?? emptyConfig;
    const choice = this.#choose(kept, override);
    const inside = kept === null ? path : path.slice(kept.folder === '/' ? 1 : kept.folder.length + 1);
    return kept?.excludes(inside) === true ? { ...choice, excluded: true } : choice;
  }

  /** Path of the workspace file that counts for a file; null where there is none. */
  fileFor(path: string): string | null {
    return nearest(this.#kept, folderOf(path))?.path ?? null;
  }

  #choose(kept: Kept | null, override: CheckConfig): Choice {
    const choices = this.#choices.get(override) ?? new Map<Kept | null, Choice>();
    this.#choices.set(override, choices);
    const chosen = choices.get(kept);
    if (chosen !== undefined) return chosen;
    const config = kept?.config ?? emptyConfig;
    const choice = {
      settings: settingsOf(config, override),
      kubernetesVersion: override.kubernetesVersion ?? config.kubernetesVersion,
      excluded: false,
    };
    choices.set(kept, choice);
    return choice;
  }
}

/** What is kept for a folder, or the nearest one above it. */
function nearest<T>(kept: ReadonlyMap<string, T>, folder: string): T | null {
  if (kept.size === 0) return null;
  for (let at = folder; ; at = folderOf(at)) {
    const found = kept.get(at);
    if (found !== undefined) return found;
    if (at === '') return null;
    if (at === '/') return kept.get('') ?? null;
  }
}
