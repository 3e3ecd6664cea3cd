/** Which way the arrows between the rooms of src/ run, and which of a set of files break the rule. */
import { posix } from 'node:path';
import ts from 'typescript';
import { descendants, parse, place, type Sources } from './sources.ts';

/** How a file names another one: `later` means at run time, on first use. */
type Way = 'value' | 'type' | 'later';

interface Arrow {
  readonly from: string;
  /** Path of a file of the project, or the name of a package as written. */
  readonly to: string;
  readonly way: Way;
  readonly at: string;
}

interface Room {
  readonly name: string;
  /** Files of the room; the first room that fits is the file's. */
  readonly files: RegExp;
  /** Whether the room may draw this arrow. */
  may(arrow: Arrow, platform: PlainPlatform): boolean;
}

/** Whether a file of platform/ gets by without vscode, itself and through all it imports. */
type PlainPlatform = (file: string) => boolean;

const core = /^src\/core\//;
/** The language client's, and what it is made of. */
const clientLibrary = /^vscode-(?:languageclient|languageserver-protocol|languageserver-types|jsonrpc)\b/;
const cluster = /^src\/cluster\//;
const engines = /^src\/engines\//;
const server = /^src\/server\//;
const platform = /^src\/platform\//;
const pageProtocol = 'src/webview/protocol.ts';
const contributions = 'src/contributions.ts';
const node = /^node:/;

const rooms: readonly Room[] = [
  {
    name: 'the front door',
    files: /^src\/extension\.ts$/,
    may: ({ to, way }) =>
      /^src\/features\//.test(to) ||
      to === 'vscode' ||
      to === contributions ||
      platform.test(to) ||
      core.test(to) ||
      mayReachCluster(to, way),
  },
  { name: 'contributions', files: /^src\/contributions\.ts$/, may: ({ to }) => core.test(to) },
  { name: 'core', files: core, may: ({ to }) => core.test(to) || to === 'yaml' },
  {
    name: 'cluster',
    files: cluster,
    may: ({ to }, plain) =>
      cluster.test(to) || core.test(to) || plain(to) || (isPackage(to) && to !== 'vscode'),
  },
  {
    name: 'engines',
    files: engines,
    may: ({ to }, plain) => engines.test(to) || core.test(to) || plain(to) || node.test(to),
  },
  {
    name: 'server',
    files: server,
    may: ({ to }) =>
      server.test(to) ||
      core.test(to) ||
      /^(?:vscode-languageserver|tinyglobby$|picomatch$)/.test(to) ||
      node.test(to),
  },
  {
    name: 'cli',
    files: /^src\/cli\//,
    may: ({ to }, plain) =>
      [/^src\/cli\//, core, cluster, engines, server].some((room) => room.test(to)) ||
      plain(to) ||
      (isPackage(to) && to !== 'vscode'),
  },
  {
    name: 'a feature',
    files: /^src\/features\/[^/]+\//,
    may: ({ from, to, way }) =>
      featureOf(to) === featureOf(from) ||
      [core, engines, platform, node].some((allowed) => allowed.test(to)) ||
      [contributions, pageProtocol, 'vscode'].includes(to) ||
      mayReachCluster(to, way) ||
      (featureOf(from) === 'language' && clientLibrary.test(to)),
  },
  {
    name: 'webview',
    files: /^src\/webview\//,
    may: ({ from, to }) =>
      to === pageProtocol ||
      core.test(to) ||
      (pageOf(to) !== null && pageOf(to) === pageOf(from)) ||
      /^(lit|@vscode-elements)(\/|$)/.test(to),
  },
  {
    name: 'platform',
    files: platform,
    may: ({ to }) =>
      platform.test(to) || core.test(to) || node.test(to) || [contributions, 'vscode'].includes(to),
  },
];

/** What breaks the rules, a sentence each; empty when the arrows hold. */
export function brokenArrows(sources: Sources): readonly string[] {
  const arrows = [...sources].flatMap(([file, text]) => arrowsFrom(file, text));
  const plain = plainPlatform(arrows);
  const homeless = [...sources.keys()]
    .filter((file) => roomOf(file) === undefined)
    .map((file) => `${file} is in no room: give its folder a rule in test/house/arrows.ts`);
  const broken = arrows.flatMap((arrow) => {
    const { to, at, from, way } = arrow;
    const room = roomOf(from);
    if (room === undefined) return [];
    if (to === 'src/extension.ts') return [`${at}: nothing imports extension.ts`];
    if (!isPackage(to) && !sources.has(to)) return [`${at}: ${to} is no file of src/`];
    return room.may(arrow, plain) ? [] : [`${at}: ${room.name} may not import ${to} (${way})`];
  });
  return [...homeless, ...broken, ...[...sources].flatMap(([file, text]) => impurities(file, text))];
}

/** Files that know each other in a circle, types included; core has some old ones. */
export function circles(sources: Sources): readonly string[] {
  const arrows = [...sources].flatMap(([file, text]) => arrowsFrom(file, text));
  let left = arrows.filter(({ from, way }) => way !== 'later' && !core.test(from));
  for (;;) {
    const [froms, tos] = [new Set(left.map(({ from }) => from)), new Set(left.map(({ to }) => to))];
    const circling = left.filter(({ from, to }) => tos.has(from) && froms.has(to));
    if (circling.length === left.length) return [...froms];
    left = circling;
  }
}

/** Its types freely, its code by its front alone and only on first use: that is a bundle of its own. */
function mayReachCluster(to: string, way: Way): boolean {
  return way === 'type' ? cluster.test(to) : way === 'later' && to === 'src/cluster/index.ts';
}

function roomOf(file: string): Room | undefined {
  return rooms.find((room) => room.files.test(file));
}

function featureOf(file: string): string | null {
  return /^src\/features\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function pageOf(file: string): string | null {
  return /^src\/webview\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function isPackage(to: string): boolean {
  return !to.startsWith('src/') && !to.startsWith('.');
}

/** Every way of naming another module: import and export declarations, `import()`, `import('…')` types, require. */
function arrowsFrom(file: string, text: string): readonly Arrow[] {
  const arrows: Arrow[] = [];
  const add = (specifier: ts.Node, way: Way): void => {
    if (!ts.isStringLiteralLike(specifier)) {
      // What is not written down cannot be held to the rule.
      arrows.push({ from: file, to: './computed', way, at: place(specifier) });
      return;
    }
    const to = specifier.text.startsWith('.')
      ? posix.join(posix.dirname(file), specifier.text)
      : specifier.text;
    arrows.push({ from: file, to, way, at: place(specifier) });
  };
  for (const found of descendants(parse(file, text))) {
    if (ts.isImportDeclaration(found)) add(found.moduleSpecifier, isTypeOnly(found) ? 'type' : 'value');
    else if (ts.isExportDeclaration(found) && found.moduleSpecifier)
      add(found.moduleSpecifier, found.isTypeOnly ? 'type' : 'value');
    else if (ts.isImportTypeNode(found) && ts.isLiteralTypeNode(found.argument))
      add(found.argument.literal, 'type');
    else if (ts.isCallExpression(found) && found.arguments[0] !== undefined) {
      if (found.expression.kind === ts.SyntaxKind.ImportKeyword) add(found.arguments[0], 'later');
      else if (ts.isIdentifier(found.expression) && found.expression.text === 'require')
        add(found.arguments[0], 'value');
    }
  }
  return arrows;
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = importClause.namedBindings;
  return (
    importClause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

function plainPlatform(arrows: readonly Arrow[]): PlainPlatform {
  const plain = (file: string, seen: ReadonlySet<string>): boolean =>
    platform.test(file) &&
    arrows
      .filter(({ from, to }) => from === file && !seen.has(to))
      .every(({ to }) => to !== 'vscode' && (!platform.test(to) || plain(to, new Set([...seen, to]))));
  return (file) => plain(file, new Set([file]));
}

/** Clock, chance and timers in core: time is a parameter there, and equal input gives equal output. */
function impurities(file: string, text: string): readonly string[] {
  if (!core.test(file)) return [];
  const impure = [...descendants(parse(file, text))].filter((found) => {
    if (ts.isNewExpression(found)) {
      return found.expression.getText() === 'Date' && (found.arguments?.length ?? 0) === 0;
    }
    return ts.isCallExpression(found) && impureCalls.has(found.expression.getText());
  });
  return impure.map((found) => `${place(found)}: core has no clock, chance or timer: ${found.getText()}`);
}

const impureCalls = new Set([
  'Date.now',
  'Math.random',
  'crypto.randomUUID',
  'performance.now',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);
