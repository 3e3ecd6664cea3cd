/**
 * The two VS Code versions every suite can run on: the oldest that `engines.vscode` admits and the newest.
 * Both come from the npm package `code-server`, which carries a complete VS Code server.
 */
export interface Edition {
  readonly name: 'oldest' | 'newest';
  /** Version of VS Code itself, as `engines.vscode` counts. */
  readonly version: string;
  /** Version of the npm package that carries it. */
  readonly codeServer: string;
  /** Node this server was made for; null when the project's own Node is that one. */
  readonly node: string | null;
  readonly themes: Readonly<Record<Theme, string>>;
}

export type Theme = 'light' | 'dark' | 'hc-dark' | 'hc-light';

export const themes: readonly Theme[] = ['light', 'dark', 'hc-dark', 'hc-light'];

const highContrast = { 'hc-dark': 'Default High Contrast', 'hc-light': 'Default High Contrast Light' };

export const editions: Readonly<Record<Edition['name'], Edition>> = {
  oldest: {
    name: 'oldest',
    version: '1.106.3',
    codeServer: '4.106.3',
    node: '22.20.0',
    themes: { ...highContrast, light: 'Default Light Modern', dark: 'Default Dark Modern' },
  },
  newest: {
    name: 'newest',
    version: '1.139.1',
    codeServer: '4.139.1',
    node: null,
    themes: { ...highContrast, light: 'Light Modern', dark: 'Dark Modern' },
  },
};

/** The edition this run is about: `ELASTIC_VSCODE=oldest|newest`, newest when unset. */
export function chosenEdition(env: NodeJS.ProcessEnv = process.env): Edition {
  const name = env['ELASTIC_VSCODE'] ?? 'newest';
  if (name !== 'oldest' && name !== 'newest') {
    throw new Error(`ELASTIC_VSCODE is "${name}"; it must be "oldest" or "newest".`);
  }
  return editions[name];
}
