import type { PartName } from './parts.ts';

export interface Suite {
  readonly name: string;
  /** Test files, as globs from the project's folder. */
  readonly files: readonly string[];
  readonly parts: readonly PartName[];
  /** Ended and counted as failed when it takes longer. */
  readonly minutes: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** In the order in which they run: those that need no part first, while the parts are being made. */
export const suites: readonly Suite[] = [
  folder('core', [], 10),
  folder('house', [], 3),
  folder('grammar', [], 3),
  folder('features', [], 3),
  folder('webview', ['browser'], 5),
  folder('server', ['bundles'], 5),
  folder('cli', ['bundles', 'render-tools'], 5),
  folder('engines', ['engine', 'render-tools'], 5),
  folder('cluster', ['cluster'], 20),
  folder('agreement', ['cluster'], 10),
  { ...folder('vscode', ['bundles', 'render-tools', 'vscode-newest'], 5), env: { ELASTIC_VSCODE: 'newest' } },
  {
    ...folder('vscode', ['bundles', 'render-tools', 'vscode-oldest'], 5),
    name: 'vscode-oldest',
    env: { ELASTIC_VSCODE: 'oldest' },
  },
  { ...folder('ui', ['vsix', 'cluster', 'engine', 'vscode-newest'], 20), env: { ELASTIC_VSCODE: 'newest' } },
  {
    ...folder('ui', ['vsix', 'cluster', 'engine', 'vscode-oldest'], 20),
    name: 'ui-oldest',
    env: { ELASTIC_VSCODE: 'oldest' },
  },
  folder('harness', ['cluster', 'engine'], 5),
];

function folder(name: string, parts: readonly PartName[], minutes: number): Suite {
  return { name, files: [`test/${name}/**/*.test.ts`], parts, minutes };
}

/** The suites named; `ui` stands for `ui-oldest` as well. All where none is named. */
export function selectSuites(names: readonly string[]): readonly Suite[] {
  if (names.length === 0) return suites;
  const fits = (suite: Suite, name: string): boolean =>
    suite.name === name || suite.name.startsWith(`${name}-`);
  const unknown = names.filter((name) => !suites.some((suite) => fits(suite, name)));
  if (unknown.length > 0) {
    const known = suites.map((suite) => suite.name).join(', ');
    throw new Error(`There is no suite named ${unknown.join(', ')}. There are ${known}.`);
  }
  return suites.filter((suite) => names.some((name) => fits(suite, name)));
}
