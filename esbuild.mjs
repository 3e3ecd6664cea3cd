// Bundles: the front door (extension), what it loads at first use (client, cluster, render), the language
// server, the command line, and the pages that run inside webviews.
import { build, context } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeWorkspaceFileSchema } from './scripts/check-settings.ts';
import { writeRulePages } from './scripts/rule-pages.ts';

const watch = process.argv.includes('--watch');
const minify = !watch && !process.argv.includes('--dev');

/** Modules that are bundles of their own: `await import('<dir>/index.ts')` from outside the folder loads dist/<name>.cjs. */
const lazyBundles = {
  cluster: 'src/cluster/index.ts',
  client: 'src/features/language/client-library.ts',
  server: 'src/server/main.ts',
  render: 'src/engines/render/index.ts',
};

/** Rewrites dynamic imports of a lazy bundle's entry to the bundle itself, so it is neither copied nor loaded early. */
const lazy = {
  name: 'lazy-bundles',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /\.ts$/ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const target = new URL(args.path, `file://${args.resolveDir}/`).pathname;
      const name = Object.keys(lazyBundles).find((key) => target.endsWith(`/${lazyBundles[key]}`));
      return name === undefined ? undefined : { path: `./${name}.cjs`, external: true };
    });
  },
};

/**
 * Lets a bundle that uses one function of core do without what parses YAML: as our own modules, of which package.json
 * says so, `yaml` only defines things, but its CommonJS form esbuild would keep whole. The front door must load fast.
 */
const pure = {
  name: 'pure-modules',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^yaml$/ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === pure) return undefined;
      const found = await pluginBuild.resolve(path, { ...options, pluginData: pure });
      return { ...found, sideEffects: false };
    });
  },
};

/**
 * The cluster bundle takes authentication from @kubernetes/client-node and nothing else: requests go through
 * `node:https`, objects stay raw JSON. Its generated API and the HTTP client that serves it are two thirds of the
 * package and are never called.
 */
const clientAuthOnly = {
  name: 'client-auth-only',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^undici$|\/gen\/index\.js$/ }, ({ path, importer }) =>
      importer.includes('@kubernetes') ? { path, namespace: 'left-out' } : undefined,
    );
    pluginBuild.onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * Takes the editor's API as it is. `import * as` makes a copy of such a module's some hundreds of exports in each file
 * that has it, which would be half of the time that loading the front door takes.
 */
const editorApi = {
  name: 'editor-api',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        "import * as vscode from 'vscode';",
        "import vscode = require('vscode');",
      ),
      loader: 'ts',
    }));
  },
};

const shared = {
  bundle: true,
  minify,
  sourcemap: !minify,
  logLevel: 'info',
  target: 'es2023',
  legalComments: 'none',
};
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  external: ['vscode'],
  plugins: [lazy, pure, clientAuthOnly, editorApi],
  // A lazy bundle is loaded by `require`: the extension host resolves `vscode` for required modules only.
  supported: { 'dynamic-import': false },
  // The packages below are ESM: `import.meta.url` has no meaning in a CommonJS bundle.
  define: { 'import.meta.url': '__bundle_url' },
  banner: { js: "const __bundle_url = require('node:url').pathToFileURL(__filename).href;" },
};

const existing = (points) =>
  Object.fromEntries(Object.entries(points).filter(([, file]) => existsSync(file)));
const pages = readdirSync('src/webview', { withFileTypes: true }).filter((entry) => entry.isDirectory());

const targets = [
  {
    ...node,
    entryPoints: existing({
      extension: 'src/extension.ts',
      ...lazyBundles,
      worker: 'src/server/worker.ts',
      'schema-worker': 'src/server/schemas/worker.ts',
      cli: 'src/cli/main.ts',
    }),
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    tsconfig: 'src/webview/tsconfig.json',
    outdir: 'dist/webview',
    entryPoints: existing(Object.fromEntries(pages.map(({ name }) => [name, `src/webview/${name}/main.ts`]))),
  },
];

const metafiles = [];
for (const target of targets) {
  if (watch) await (await context(target)).watch();
  else metafiles.push((await build({ ...target, metafile: true })).metafile);
}
await writeRulePages('dist/elastic-rules');
await writeWorkspaceFileSchema('dist/elastic-yaml.schema.json');
copyFileSync('src/core/schema/generated/docs.json', 'dist/schema-docs.json');
if (!watch) {
  // Which packages ended up inside, for the notices (scripts/notices.ts).
  mkdirSync('out', { recursive: true });
  writeFileSync('out/metafiles.json', JSON.stringify(metafiles));
}
