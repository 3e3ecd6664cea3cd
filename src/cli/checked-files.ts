import { pathToFileURL } from 'node:url';
import { type Analysis, analyze, type CustomKind, inOrder } from '../core/index.ts';
import { analyzeOptions } from '../server/project/project.ts';
import type { Source } from './files/source.ts';
import { readText } from './files/text-file.ts';
import { type FileReport, type Problem, problem } from './formats/report.ts';
import type { Surroundings } from './surroundings.ts';

/** In UTF-16 units: far beyond what an editor checks while one types. */
const maximumLength = 30_000_000;

/**
 * As much text is kept with its analysis, which takes some forty times its memory, from the first look to the second.
 * What is beyond is read and analysed again: slower, but there is no end to how many files can be checked.
 */
const keptLength = 4_000_000;

interface Looked {
  readonly text: string;
  readonly analysis: Analysis;
  /** The custom kinds that were known. */
  readonly kinds: readonly CustomKind[];
}

/**
 * Files that are checked together. Every file is learned first, so that rules which relate objects know them all when
 * findings are asked for.
 */
export class CheckedFiles {
  readonly problems: Problem[] = [];
  /** Those that could be read and are not excluded. */
  readonly sources: Source[] = [];
  /** Names of those that a workspace file excludes. */
  readonly excluded: string[] = [];
  readonly #around: Surroundings;
  readonly #kept = new Map<Source, Looked>();
  /** What is no longer, or cannot again be, read from where it came. */
  readonly #texts = new Map<Source, string>();
  readonly #malformed = new Set<Source>();
  #length = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** `whole`: there are no other files in which an object may be. */
  async learn(sources: readonly Source[], whole: boolean): Promise<void> {
    for (const source of sources) this.#around.describe(source);
    for (const source of sources) await this.#learn(source);
    this.#around.project.workspace.scanned = whole && this.problems.length === 0;
  }

  /** Takes another text for a file's; its analysis. */
  replace(source: Source, text: string): Analysis {
    this.#texts.set(source, text);
    this.#forget(source);
    const looked = this.#lookAt(source, text);
    this.#take(source, looked);
    return looked.analysis;
  }

  /** The file's text and all its findings, those from looking at the other files among them. */
  async findingsOf(source: Source): Promise<FileReport | null> {
    const looked = await this.#look(source);
    if (looked === null) return null;
    const { analysis, text } = looked;
    const related = analysis.related(uriOf(source), this.#around.project.workspace);
    const findings = related.length === 0 ? analysis.findings : inOrder([...analysis.findings, ...related]);
    return { file: source.name, findings, lines: analysis.lines, text };
  }

  async #learn(source: Source): Promise<void> {
    if (this.#around.circumstancesOf(source).excluded) return this.#exclude(source);
    const looked = await this.#look(source);
    if (looked === null) return;
    if (isBinary(looked)) {
      this.problems.push(problem(`${source.name} is no text: exclude it if it is no manifest.`));
      return;
    }
    if (this.#malformed.has(source)) {
      this.problems.push(
        problem(`${source.name} is no UTF-8 text, which the API server refuses: save it as UTF-8.`),
      );
    }
    this.sources.push(source);
    this.#take(source, looked);
  }

  /** Nothing is said of it, but others may name its objects. */
  async #exclude(source: Source): Promise<void> {
    this.excluded.push(source.name);
    const read = await readText(source);
    if ('text' in read) this.#learnFrom(source, this.#lookAt(source, read.text));
  }

  /** Null, and a problem, where it cannot be read. */
  async #look(source: Source): Promise<Looked | null> {
    const kept = this.#kept.get(source);
    if (kept !== undefined && !this.#isOutdated(kept)) return kept;
    const known = kept?.text ?? this.#texts.get(source);
    const read = known === undefined ? await readText(source) : { text: known, malformed: false };
    if ('text' in read) {
      if (read.malformed) this.#malformed.add(source);
      return this.#lookAt(source, read.text);
    }
    this.problems.push(problem(read.problem));
    return null;
  }

  #lookAt(source: Source, text: string): Looked {
    const circumstances = this.#around.circumstancesOf(source);
    const analysis = analyze(text, { maximumLength, ...analyzeOptions(circumstances) });
    return { text, analysis, kinds: circumstances.kinds ?? [] };
  }

  /** Whether a definition that was learned later may tell more about one of its objects. */
  #isOutdated({ analysis, kinds }: Looked): boolean {
    const now = this.#around.project.definitions.kinds;
    if (now === kinds) return false;
    const names = new Set(now.map(({ kind }) => kind));
    return analysis.documents.some(({ objects }) => objects.some(({ kind }) => names.has(kind)));
  }

  #take(source: Source, looked: Looked): void {
    this.#learnFrom(source, looked);
    if (source.from === 'standardInput') this.#texts.set(source, looked.text);
    if (this.#length + looked.text.length > keptLength) return;
    this.#length += looked.text.length;
    this.#kept.set(source, looked);
  }

  #learnFrom(source: Source, { analysis }: Looked): void {
    this.#around.project.learn(uriOf(source), source.path, analysis.facts);
  }

  #forget(source: Source): void {
    this.#length -= this.#kept.get(source)?.text.length ?? 0;
    this.#kept.delete(source);
  }
}

function uriOf({ path }: Source): string {
  return pathToFileURL(path).href;
}

/** What holds a NUL near its start, and nothing that could be a manifest; git tells binary files so. */
function isBinary({ text, analysis }: Looked): boolean {
  return text.slice(0, 8_000).includes('\0') && !analysis.documents.some(({ isKubernetes }) => isKubernetes);
}
