import picomatch from 'picomatch';
import {
  type CheckConfig,
  type ConfigProblem,
  emptyConfig,
  readWorkspaceFile,
  type RuleSettings,
  settingsOf,
} from '../../core/index.ts';
import { folderOf } from '../../core/index.ts';

/** What a workspace file says, and where it stands. */
interface Kept {
  readonly folder: string;
  readonly config: CheckConfig;
  readonly excludes: (path: string) => boolean;
}

/** How a file is checked. Equal choices give the same `settings` object: analyses are kept by it. */
export interface Choice {
  readonly settings: RuleSettings;
  /** Null: the newest that is known. */
  readonly kubernetesVersion: string | null;
  readonly excluded: boolean;
}

/** Workspace files by their folder, and what a person set in the editor or at the prompt, which wins. */
export class Configs {
  readonly #kept = new Map<string, Kept>();
  readonly #choices = new Map<string, Choice>();
  #override: CheckConfig;

  constructor(override: CheckConfig = emptyConfig) {
    this.#override = override;
  }

  set override(config: CheckConfig) {
    this.#override = config;
    this.#choices.clear();
  }

  /** Takes over a workspace file; what cannot be followed in it is returned, and the rest counts. */
  set(path: string, text: string): readonly ConfigProblem[] {
    const { config, problems } = readWorkspaceFile(text);
    const folder = folderOf(path);
    const excludes =
      config.exclude.length === 0 ? () => false : picomatch([...config.exclude], { dot: true });
    this.#kept.set(folder, { folder, config, excludes });
    this.#choices.clear();
    return problems;
  }

  delete(path: string): void {
    this.#kept.delete(folderOf(path));
    this.#choices.clear();
  }

  /** By the nearest workspace file above a path. */
  choiceFor(path: string): Choice {
    const kept = this.#nearest(folderOf(path));
    const key = kept?.folder ?? '';
    const choice = this.#choices.get(key) ?? this.#choose(kept?.config ?? emptyConfig);
    this.#choices.set(key, choice);
    const inside = kept === null ? path : path.slice(kept.folder === '/' ? 1 : kept.folder.length + 1);
    return kept?.excludes(inside) === true ? { ...choice, excluded: true } : choice;
  }

  #choose(config: CheckConfig): Choice {
    return {
      settings: settingsOf(config, this.#override),
      kubernetesVersion: this.#override.kubernetesVersion ?? config.kubernetesVersion,
      excluded: false,
    };
  }

  #nearest(folder: string): Kept | null {
    if (this.#kept.size === 0) return null;
    for (let at = folder; ; at = folderOf(at)) {
      const kept = this.#kept.get(at);
      if (kept !== undefined) return kept;
      if (at === '' || at === '/') return null;
    }
  }
}
