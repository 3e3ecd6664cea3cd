import { pathToFileURL } from 'node:url';
import {
  type AnalyzeOptions,
  type CheckConfig,
  type Completion,
  type ConfigProblem,
  describesOthers,
  type FileFacts,
  type FileRole,
  FileRoles,
  hintsOfKustomization,
  isChartFile,
  isWorkspaceFile,
  LineIndex,
  type Kustomization,
  kustomizationFiles,
  kustomizationNames,
  NameIndex,
  readKustomization,
  type RuleSettings,
  Workspace,
} from '../../core/index.ts';
import { schemaOf, type SchemaChoice } from '../schemas/choice.ts';
import { Definitions } from '../schemas/definitions.ts';
import { Configs, type DescribedFile, type Overrides } from './configs.ts';

/** How a file is to be analysed, as its surroundings have it. */
export interface Circumstances extends SchemaChoice {
  readonly settings: RuleSettings;
  readonly role: FileRole;
  readonly completion: Completion | null;
  /** The workspace file asks for it not to be checked. */
  readonly excluded: boolean;
}

/** Circumstances as the analysis takes them. */
export function analyzeOptions({
  settings,
  role,
  completion,
  ...choice
}: Omit<Circumstances, 'excluded'>): AnalyzeOptions {
  return { settings, role, completion, schema: schemaOf(choice) };
}

/** Whether a file's text changes how other files are read. */
export function isDescription(path: string): boolean {
  return isWorkspaceFile(path) || describesOthers(path);
}

/** Address of what is on a disk; what is on none goes by it anyway. */
export function addressOf(path: string): string {
  return /^(?:\/|[A-Za-z]:\/)/.test(path) ? pathToFileURL(path).href : path;
}

/**
 * Files and what they are to each other: settings of the folders they stand in, kustomizations and charts that make
 * patches and templates of them, objects that name other objects. It reads nothing by itself. Paths are absolute,
 * `/`-separated.
 */
export class Project {
  readonly workspace = new Workspace();
  /** What is called by a name in them, and where. */
  readonly names = new NameIndex();
  /** Kinds that are brought by files. */
  readonly definitions = new Definitions();
  /** The file that holds what the cluster serves that manifests are for; null: not known. */
  cluster: string | null = null;
  readonly #configs: Configs;
  readonly #kustomizations = new Map<string, Kustomization>();
  readonly #charts = new Set<string>();
  /** By path, the roles in which files were read. */
  readonly #learned = new Map<string, FileRole>();
  readonly #described = new Map<string, { text: string; problems: readonly ConfigProblem[] }>();
  #descriptions = 0;
  #roles: FileRoles | null = null;
  /** Those that every file was read in. */
  #rolesLearned: FileRoles | null = null;

  constructor(override?: CheckConfig) {
    this.#configs = new Configs(override);
  }

  /** Grows whenever something has changed for other files. */
  get version(): number {
    return this.workspace.version + this.definitions.version + this.#descriptions;
  }

  /** What a person set in the editor or at the prompt; it wins over workspace files. */
  set overrides(overrides: Overrides) {
    this.#configs.overrides = overrides;
  }

  /** Workspace files, and what is wrong in them. */
  get workspaceFiles(): readonly DescribedFile[] {
    return this.#configs.files;
  }

  /** Address of the file at a path, or of the kustomization in the folder at it; null where there is none. */
  findFile(path: string): string | null {
    if (path.includes('://')) return /^https?:/.test(path) ? path : null;
    const known = [path, ...kustomizationFiles.map((name) => `${path}/${name}`)].map(addressOf);
    // What is no manifest is not looked at; it has an ending, which a folder has not.
    const other = /\/[^/?]*\.(?!ya?ml$)[a-z]\w*$/i.test(path) ? addressOf(path) : null;
    return known.find((address) => this.names.has(address)) ?? other;
  }

  /** Path of the workspace file that counts for a file; null where there is none. */
  workspaceFileFor(path: string): string | null {
    return this.#configs.fileFor(path);
  }

  /** Takes over a file that describes others; returns what is wrong in a workspace file. */
  describe(path: string, text: string): readonly ConfigProblem[] {
    const kept = this.#described.get(path);
    if (kept?.text === text) return kept.problems;
    this.#descriptions++;
    const problems = isWorkspaceFile(path) ? this.#configs.set(path, text) : [];
    this.#described.set(path, { text, problems });
    if (isWorkspaceFile(path)) return problems;
    this.#roles = null;
    if (isChartFile(path)) this.#charts.add(path);
    else this.names.describe(addressOf(path), new LineIndex(text), kustomizationNames(text, path));
    const kustomization = readKustomization(text, path);
    this.workspace.describe(path, kustomization === null ? null : hintsOfKustomization(kustomization, text));
    if (kustomization === null) this.#kustomizations.delete(path);
    else this.#kustomizations.set(path, kustomization);
    return [];
  }

  circumstancesOf(path: string): Circumstances {
    const { settings, kubernetesVersion, excluded } = this.#configs.choiceFor(path);
    const { kinds } = this.definitions;
    const { cluster } = this;
    const [role, completion] = [this.#roleOf(path), this.#fileRoles.completionOf(path)];
    return { settings, kubernetesVersion, cluster, kinds, role, completion, excluded };
  }

  get #fileRoles(): FileRoles {
    return (this.#roles ??= new FileRoles(this.#kustomizations, this.#charts));
  }

  #roleOf(path: string): FileRole {
    return this.#fileRoles.roleOf(path);
  }

  /**
   * Takes over the objects of a file; those of one that is not checked are there, too. `role`: the one it was read in,
   * which may no longer be its own.
   */
  learn(uri: string, path: string, facts: FileFacts, role: FileRole = this.#roleOf(path)): void {
    this.#learned.set(path, role);
    if (role !== this.#roleOf(path)) this.#rolesLearned = null;
    if (role === 'values' || role === 'data') {
      this.workspace.delete(uri);
      this.names.forget(uri);
      this.definitions.delete(uri);
      return;
    }
    if (role === 'manifest') this.definitions.set(uri, facts);
    else this.definitions.delete(uri);
    this.workspace.set(uri, facts);
    this.names.set(uri, facts);
  }

  /** Paths of files that were read in another role than theirs is now. */
  misread(): readonly string[] {
    if (this.#roles !== null && this.#roles === this.#rolesLearned) return [];
    const misread = [...this.#learned].filter(([path, role]) => this.#roleOf(path) !== role);
    if (misread.length === 0) this.#rolesLearned = this.#roles;
    return misread.map(([path]) => path);
  }

  /** Paths of all files that were taken over. */
  get paths(): Iterable<string> {
    return this.#learned.keys();
  }

  forget(uri: string, path: string): void {
    this.names.delete(uri);
    this.definitions.delete(uri);
    this.workspace.delete(uri);
    this.workspace.describe(path, null);
    if (isWorkspaceFile(path)) this.#configs.delete(path);
    this.#learned.delete(path);
    if (!this.#described.delete(path)) return;
    this.#descriptions++;
    if (this.#charts.delete(path) || this.#kustomizations.delete(path)) this.#roles = null;
  }
}
