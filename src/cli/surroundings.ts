import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import {
  type CheckConfig,
  type ConfigProblem,
  excluding,
  folderOf,
  formatMessage,
  isWorkspaceFile,
  kustomizationFiles,
  LineIndex,
  readWorkspaceFile,
  workspaceFileNames,
} from '../core/index.ts';
import { type Circumstances, Project } from '../server/project/project.ts';
import { decodeText } from '../server/text.ts';
import { CannotRunError } from './cannot-run.ts';
import type { LintOptions } from './lint-options.ts';
import { fileSource, type Source } from './files/source.ts';
import { readText } from './files/text-file.ts';
import { type Problem, problem, regionOf } from './formats/report.ts';

/** What in a folder says how the files in it, and below, are read. */
const describing = ['Chart.yaml', ...kustomizationFiles];

/** What the files around the checked ones make of them: settings, charts, kustomizations. */
export class Surroundings {
  readonly project: Project;
  readonly problems: Problem[] = [];
  readonly #names: readonly string[];
  readonly #excludes: (path: string) => boolean;
  readonly #seen = new Set<string>();

  private constructor(override: CheckConfig, names: readonly string[], excludes: (path: string) => boolean) {
    this.project = new Project(override);
    this.#names = names;
    this.#excludes = excludes;
  }

  /** By the nearest workspace file above each file, or by one that counts for all; what the arguments say wins. */
  static async for({ config, override }: Pick<LintOptions, 'config' | 'override'>): Promise<Surroundings> {
    if (config !== null) return Surroundings.#by(config, override);
    return new Surroundings(override, [...workspaceFileNames, ...describing], () => false);
  }

  /** Throws CannotRunError where the file cannot be read. */
  static async #by(configFile: string, override: CheckConfig): Promise<Surroundings> {
    const source = fileSource(configFile);
    const read = await readText(source);
    if ('problem' in read) throw new CannotRunError(read.problem);
    const { config, problems } = readWorkspaceFile(read.text);
    const around = new Surroundings(
      merged(config, override),
      describing,
      excludingBelow(folderOf(source.path), config.exclude),
    );
    around.problems.push(...configProblems(configFile, read.text, problems));
    return around;
  }

  circumstancesOf({ path }: Source): Circumstances {
    const circumstances = this.project.circumstancesOf(path);
    return this.#excludes(path) ? { ...circumstances, excluded: true } : circumstances;
  }

  /** Reads what the folders above a file say of it. */
  describe({ path }: Source): void {
    for (let folder = folderOf(path); !this.#seen.has(folder); folder = folderOf(folder)) {
      this.#seen.add(folder);
      for (const name of this.#names) this.#read(`${folder === '/' ? '' : folder}/${name}`);
    }
  }

  #read(file: string): void {
    if (!existsSync(file)) return;
    try {
      const text = decodeText(readFileSync(file));
      const problems = this.project.describe(file, text);
      this.problems.push(...configProblems(relative(process.cwd(), file), text, problems));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      // A chart or kustomization is among the files that are checked: what is wrong with it is said there.
      if (isWorkspaceFile(file)) this.problems.push(problem(`${file} cannot be read.`));
    }
  }
}

function merged(config: CheckConfig, override: CheckConfig): CheckConfig {
  return {
    ...config,
    preset: override.preset ?? config.preset,
    kubernetesVersion: override.kubernetesVersion ?? config.kubernetesVersion,
    rules: { ...config.rules, ...override.rules },
    exclude: [],
  };
}

/** Patterns count from the folder of the file they stand in. */
function excludingBelow(folder: string, patterns: readonly string[]): (path: string) => boolean {
  const matches = excluding(patterns);
  const inside = folder === '/' ? '/' : `${folder}/`;
  return (path) => path.startsWith(inside) && matches(path.slice(inside.length));
}

function configProblems(file: string, text: string, problems: readonly ConfigProblem[]): readonly Problem[] {
  const lines = new LineIndex(text);
  return problems.map(({ message, range }) => ({
    sentence: formatMessage(message),
    place: { file, region: regionOf(lines, range) },
  }));
}
