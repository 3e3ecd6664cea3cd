import { type Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileKey } from '../core/index.ts';
import { type FileText, kindOf, textOf } from './documents.ts';
import type { ServerOptions } from './options.ts';

/** What happens to manifests that are open. */
export interface ManifestListener {
  changed(document: TextDocument): void;
  closed(document: TextDocument): void;
}

/** The texts that the editor holds. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);

  listen(connection: Connection, listener: ManifestListener): void {
    this.#documents.onDidChangeContent(({ document }) => {
      if (kindOf(document) === 'manifest') listener.changed(document);
    });
    this.#documents.onDidClose(({ document }) => listener.closed(document));
    this.#documents.listen(connection);
  }

  get manifests(): readonly TextDocument[] {
    return this.#documents.all().filter((document) => kindOf(document) === 'manifest');
  }

  /** By the address the editor opened it under. */
  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  manifest(uri: string): TextDocument | undefined {
    const document = this.#documents.get(uri);
    return document !== undefined && kindOf(document) === 'manifest' ? document : undefined;
  }

  /** By any of the addresses its file can have. */
  find(uri: string): TextDocument | undefined {
    const key = fileKey(uri);
    return this.#documents.get(uri) ?? this.#documents.all().find((one) => fileKey(one.uri) === key);
  }

  /** The text of a file, from the editor if it is open, else from the disk. */
  textOf(uri: string, options: ServerOptions): Promise<FileText> {
    return textOf(uri, this.find(uri), options);
  }
}
