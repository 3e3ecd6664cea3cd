import type { Report } from './cache.ts';
import { definitions } from './part-definitions.ts';
import { type Needs, obstacle, provision } from './provision.ts';

/** What suites need besides the sources. Each is made once in a run of the tests and shared by its suites. */
export type PartName =
  | 'bundles'
  | 'vsix'
  | 'registry'
  | 'cluster'
  | 'engine'
  | 'render-tools'
  | 'browser'
  | 'vscode-newest'
  | 'vscode-oldest';

export interface Part {
  /** What the suites that need it find in their environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Writes down what tells why a test failed. */
  saveEvidence?(folder: string): Promise<void>;
  stop?(): Promise<void>;
}

export interface Definition {
  readonly needs: Needs;
  /** Does what takes minutes the first time, and starts nothing that has to be stopped. */
  prepare?(report: Report): Promise<void>;
  start(parts: Parts, report: Report): Promise<Part>;
}

/** The parts of one run of the tests. */
export class Parts {
  readonly #report: Report;
  readonly #started = new Map<PartName, Promise<Part>>();

  constructor(report: Report) {
    this.#report = report;
  }

  /** Installs what the parts want from the operating system, where that can be done. */
  async provision(names: readonly PartName[]): Promise<void> {
    const wanted = names.flatMap((name) => definitions[name].needs.tools);
    await provision(wanted, this.#report);
  }

  /** Why a part cannot be had on this machine, as one sentence; null if it can. */
  obstacle(name: PartName): string | null {
    return obstacle(definitions[name].needs);
  }

  /** Builds what takes minutes the first time. */
  async prepare(name: PartName): Promise<void> {
    await definitions[name].prepare?.(this.#report);
  }

  /** The part; started at the first call. */
  get(name: PartName): Promise<Part> {
    const started = this.#started.get(name) ?? definitions[name].start(this, this.#report);
    this.#started.set(name, started);
    // Whoever awaits it hears of a failure; nobody may do so until much later.
    started.catch(() => undefined);
    return started;
  }

  /** Writes down what tells why a test failed, part by part; a part that cannot is no reason to lose the rest. */
  async saveEvidence(folder: string): Promise<void> {
    for (const part of await this.#running()) {
      await part
        .saveEvidence?.(folder)
        .catch((error: unknown) => this.#report(`no evidence: ${String(error)}`));
    }
  }

  /** Stops all, the last started first. */
  async stop(): Promise<void> {
    for (const part of (await this.#running()).reverse()) await part.stop?.();
    this.#started.clear();
  }

  async #running(): Promise<Part[]> {
    const settled = await Promise.allSettled(this.#started.values());
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }
}
