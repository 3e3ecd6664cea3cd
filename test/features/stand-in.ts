/** As much of VS Code as tests of features need: settings hold nothing, events come from the test, words are kept. */

type Listener<T> = (event: T) => void;

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  private constructor({ scheme, path, query = '' }: { scheme: string; path: string; query?: string }) {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  static from(parts: { scheme: string; path: string; query?: string }): Uri {
    return new Uri(parts);
  }

  toString(): string {
    return `${this.scheme}:${this.path}?${this.query}`;
  }
}

export interface Document {
  readonly uri: Uri;
}

const nothing = { dispose: (): void => undefined };
const closes = new EventEmitter<Document>();

/** What the test sees and decides. */
export const seen = { statusBar: [] as string[], warnings: [] as string[], documents: [] as Document[] };

export function closeDocument(document: Document): void {
  seen.documents = seen.documents.filter((one) => one !== document);
  closes.fire(document);
}

/** Closes and opens it, as VS Code says it then. */
export function changeLanguage(document: Document): void {
  closes.fire(document);
}

export const l10n = {
  t: (template: string, ...args: readonly (string | number)[]): string =>
    template.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
};

export const workspace = {
  get textDocuments(): readonly Document[] {
    return seen.documents;
  },
  getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }),
  onDidChangeConfiguration: () => nothing,
  onDidCloseTextDocument: closes.event,
  registerTextDocumentContentProvider: () => nothing,
  openTextDocument: (uri: Uri): Promise<Document> => {
    const known = seen.documents.find((one) => one.uri.toString() === uri.toString());
    const document = known ?? { uri };
    if (known === undefined) seen.documents.push(document);
    return Promise.resolve(document);
  },
};

export const window = {
  setStatusBarMessage: (words: string) => {
    seen.statusBar.push(words);
    return nothing;
  },
  showTextDocument: () => Promise.resolve(),
  showWarningMessage: (words: string) => {
    seen.warnings.push(words);
    return Promise.resolve();
  },
};

export const commands = { executeCommand: () => Promise.resolve() };
