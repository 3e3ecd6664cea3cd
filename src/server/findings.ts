import type { Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analyst, isLarge } from './analyst.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { ServerOptions } from './options.ts';
import { modifiedIfSuperseded, type Questions } from './questions.ts';
import { Schedule } from './schedule.ts';
import { SettingsFiles } from './settings-files.ts';
import { holdsSettings, type Surroundings } from './surroundings.ts';

export interface FindingsOptions {
  readonly documents: OpenDocuments;
  readonly analyst: Analyst;
  readonly surroundings: Surroundings;
  readonly questions: Questions;
  readonly options: () => ServerOptions;
  /** Where a failure of work goes that nobody waits for. */
  readonly report: (what: string, work: Promise<unknown>) => Promise<void>;
}

/** Tells the client what is found in files that are open, and in files of settings; takes over what open files hold. */
export class Findings {
  readonly #connection: Connection;
  readonly #given: FindingsOptions;
  readonly #schedule: Schedule;
  readonly #settingsFiles: SettingsFiles;
  /** Versions of the open files whose objects are known. */
  readonly #learned = new WeakMap<TextDocument, number>();

  constructor(connection: Connection, given: FindingsOptions) {
    const { documents, report } = given;
    this.#connection = connection;
    this.#given = given;
    this.#schedule = new Schedule(
      (uri) => report(uri, this.#publish(uri)),
      () => performance.now(),
    );
    this.#settingsFiles = new SettingsFiles({
      openDocument: (uri) => documents.find(uri),
      send: (params) => void report(params.uri, connection.sendDiagnostics(params)),
    });
  }

  /** An open file has another text, or is new. */
  changed(document: TextDocument): void {
    const { report, surroundings } = this.#given;
    void report(document.uri, surroundings.describe(document.uri, document.getText()));
    this.#schedule.request(document.uri);
  }

  closed({ uri }: TextDocument): void {
    const { analyst, report, surroundings } = this.#given;
    this.#schedule.cancel(uri);
    analyst.forget(uri);
    if (!holdsSettings(uri)) void report(uri, this.#connection.sendDiagnostics({ uri, diagnostics: [] }));
    setImmediate(() => void report(uri, surroundings.close(uri)));
  }

  /** What files are to each other has changed. */
  publishAll(): void {
    const { documents, surroundings, options } = this.#given;
    this.#settingsFiles.publish(surroundings.workspaceFiles, options());
    for (const { uri } of documents.manifests) this.#schedule.request(uri);
  }

  /** Takes over what open files hold by now. */
  async learnOpen(): Promise<void> {
    const unknown = this.#given.documents.manifests.filter(
      (document) => this.#learned.get(document) !== document.version,
    );
    try {
      await Promise.all(unknown.map((document) => this.#learn(document)));
    } catch (error) {
      throw modifiedIfSuperseded(error);
    }
  }

  dispose(): void {
    this.#schedule.dispose();
  }

  async #publish(uri: string): Promise<void> {
    const { documents, analyst, questions, surroundings } = this.#given;
    const document = documents.manifest(uri);
    if (document === undefined || holdsSettings(uri)) return;
    const { version } = document;
    const text = document.getText();
    const context = questions.context(uri, version);
    const { excluded } = surroundings.circumstancesOf(uri);
    // What a small file holds is known at once; for a large one nobody has to wait to see its findings.
    if (!isLarge(text)) await this.#learn(document);
    const diagnostics = excluded ? [] : await analyst.ask('diagnostics', text, context, undefined);
    // The text may have moved on while a large file was analysed: its next turn is already awaited.
    if (documents.get(uri) !== document || document.version !== version) return;
    await this.#connection.sendDiagnostics({ uri, version, diagnostics });
    if (isLarge(text)) await this.#learn(document);
  }

  async #learn(document: TextDocument): Promise<void> {
    const { documents, analyst, questions, surroundings } = this.#given;
    const { uri, version } = document;
    const context = questions.context(uri, version);
    const facts = await analyst.facts(document.getText(), context);
    if (document.version !== version || documents.get(uri) !== document) return;
    this.#learned.set(document, version);
    surroundings.learn(uri, facts, context.check.role);
  }
}
