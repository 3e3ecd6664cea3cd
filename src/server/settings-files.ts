import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServerOptions } from './options.ts';
import type { DescribedFile } from './project/configs.ts';
import { addressOf } from './project/project.ts';
import { settingsDiagnostics } from './providers/diagnostics.ts';

export interface SettingsFilesOptions {
  /** The document an editor holds, by any of the addresses its file can have. */
  readonly openDocument: (uri: string) => TextDocument | undefined;
  readonly send: (params: PublishDiagnosticsParams) => void;
}

interface Told {
  readonly file: DescribedFile;
  /** Of the text in the editor. */
  readonly version: number | undefined;
}

/** Tells what is wrong in files of settings, whether or not they are open: it matters to other files. */
export class SettingsFiles {
  readonly #options: SettingsFilesOptions;
  #told: ReadonlyMap<string, Told> = new Map();

  constructor(options: SettingsFilesOptions) {
    this.#options = options;
  }

  /** Files that were told of before, and are not among these, are gone. */
  publish(files: readonly DescribedFile[], options: ServerOptions): void {
    const { openDocument, send } = this.#options;
    const told = new Map<string, Told>();
    for (const file of files) {
      const address = addressOf(file.path);
      const document = openDocument(address);
      const uri = document?.uri ?? address;
      const version = document?.version;
      const before = this.#told.get(uri);
      told.set(uri, { file, version });
      if (before?.file === file && before.version === version) continue;
      const diagnostics = settingsDiagnostics(file, options);
      send({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
    }
    for (const uri of this.#told.keys()) if (!told.has(uri)) send({ uri, diagnostics: [] });
    this.#told = told;
  }
}
