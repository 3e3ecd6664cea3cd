/** Compares what package.json contributes with src/contributions.ts, and what both say with who uses it. */
import ts from 'typescript';
import { descendants, parse, place, type Sources } from './sources.ts';

/** The parts of package.json that name ids. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly viewsContainers: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
    }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
}

/** What src/contributions.ts exports. */
export interface Ids {
  readonly commands: Readonly<Record<string, string>>;
  readonly views: Readonly<Record<string, string>>;
  readonly viewContainers: Readonly<Record<string, string>>;
  readonly contextKeys: Readonly<Record<string, string>>;
  readonly settingsPrefix: string;
  readonly settingKeys: readonly string[];
}

/** What does not fit together, a sentence each. */
export function mismatches(manifest: Manifest, ids: Ids): readonly string[] {
  const { contributes } = manifest;
  const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
  const declared = {
    commands: contributes.commands.map(({ command }) => command),
    views: Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)),
    containers: Object.values(contributes.viewsContainers).flatMap((all) => all.map(({ id }) => id)),
    settings: settings.map(([id]) => id),
  };
  const named = {
    commands: Object.values(ids.commands),
    views: Object.values(ids.views),
    containers: Object.values(ids.viewContainers),
    settings: settingIds(ids),
  };
  const clauses = strings(manifest, new Set(['when', 'enablement']));
  const keys = Object.values(ids.contextKeys);
  const known = new Set([...Object.values(named).flat(), ...keys]);
  return [
    ...difference('command', declared.commands, named.commands),
    ...difference('view', declared.views, named.views),
    ...difference('view container', declared.containers, named.containers),
    ...difference('setting', declared.settings, named.settings),
    ...Object.keys(contributes.views)
      .filter((container) => !declared.containers.includes(container))
      .map((container) => `views stand in the container ${container}, which nobody contributes`),
    ...settings
      .filter(([, { default: value }]) => value === undefined)
      .map(([id]) => `the setting ${id} has no default`),
    ...missing('a menu shows the command', menuCommands(contributes.menus), declared.commands),
    ...missing(
      'a welcome text belongs to the view',
      contributes.viewsWelcome.map(({ view }) => view),
      declared.views,
    ),
    ...missing(
      'restrictedConfigurations names the setting',
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations,
      declared.settings,
    ),
    ...missing(
      'a clause names',
      clauses.flatMap((clause) => idsIn(clause, ids.settingsPrefix)),
      [...known],
    ),
    ...keys
      .filter((key) => !clauses.some((clause) => idsIn(clause, ids.settingsPrefix).includes(key)))
      .map((key) => `no clause in package.json reads the context key ${key}`),
  ];
}

/** Ids of ours in texts that VS Code acts on: command links, walkthrough completion events. */
export function linksToNothing(texts: readonly string[], ids: Ids): readonly string[] {
  const commands = Object.values(ids.commands);
  const views = Object.values(ids.views);
  const targets = [...commands, ...views.map((view) => `${view}.focus`)];
  const linked = texts.flatMap((text) => [
    ...[...text.matchAll(/(?:command:|onCommand:)([\w.-]+)/g)].map((match) => match[1] ?? ''),
    ...[...text.matchAll(/onView:([\w.-]+)/g)].map((match) => `${match[1] ?? ''}.focus`),
  ]);
  const ours = linked.filter((id) => id.startsWith(`${ids.settingsPrefix}.`));
  return missing('a link leads to', ours, targets);
}

/**
 * String literals of other files that are an id of ours, or the beginning of one. A sentence for people may name
 * one, if it exists.
 */
export function literalsElsewhere(sources: Sources, ids: Ids): readonly string[] {
  const known = new Set([...Object.values(ids.commands), ...settingIds(ids)]);
  return [...sources]
    .filter(([file]) => file !== 'src/contributions.ts')
    .flatMap(([file, text]) => [...descendants(parse(file, text))])
    .filter(
      (node) =>
        ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node),
    )
    .flatMap((node) => {
      const found = (
        node.text.match(new RegExp(`(?<![\\w.-])${ids.settingsPrefix}\\.[\\w.]*`, 'g')) ?? []
      ).map((id) => id.replace(/\.$/, ''));
      if (!/\s/.test(node.text))
        return found.map((id) => `${place(node)}: ${id} belongs in contributions.ts`);
      return missing(`${place(node)} speaks of`, found, [...known]);
    });
}

/** Ids of contributions.ts that nothing in src/ uses. */
export function unusedIds(
  sources: Sources,
  ids: Pick<Ids, 'commands' | 'views' | 'contextKeys'>,
): readonly string[] {
  const used = new Set(
    [...sources]
      .filter(([file]) => file !== 'src/contributions.ts')
      .flatMap(([file, text]) => [...descendants(parse(file, text))].flatMap(namesRead)),
  );
  return (['commands', 'views', 'contextKeys'] as const).flatMap((table) =>
    Object.keys(ids[table])
      .map((key) => `${table}.${key}`)
      .filter((name) => !used.has(name))
      .map((name) => `nothing in src/ uses ${name}`),
  );
}

/** `commands.deploy`, and `const { deploy } = commands`. */
function namesRead(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node)) return [`${node.expression.getText()}.${node.name.text}`];
  if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return [];
  const table = node.initializer?.getText() ?? '';
  return node.name.elements.map((element) => `${table}.${(element.propertyName ?? element.name).getText()}`);
}

function settingIds({ settingsPrefix, settingKeys }: Ids): readonly string[] {
  return settingKeys.map((key) => `${settingsPrefix}.${key}`);
}

function menuCommands(menus: Manifest['contributes']['menus']): readonly string[] {
  return Object.values(menus).flatMap((entries) => entries.map(({ command }) => command));
}

function difference(
  kind: string,
  inManifest: readonly string[],
  inSource: readonly string[],
): readonly string[] {
  return [
    ...missing(`contributions.ts lacks the ${kind}`, inManifest, inSource),
    ...missing(`package.json lacks the ${kind}`, inSource, inManifest),
  ];
}

function missing(what: string, wanted: readonly string[], present: readonly string[]): readonly string[] {
  return [...new Set(wanted)].filter((id) => !present.includes(id)).map((id) => `${what} ${id}`);
}

function idsIn(clause: string, prefix: string): readonly string[] {
  return clause.match(new RegExp(`(?<![\\w.-])${prefix}\\.[\\w.]+`, 'g')) ?? [];
}

/** The strings at all properties of these names, however deep. */
function strings(value: unknown, names: ReadonlySet<string>, at = ''): readonly string[] {
  if (typeof value === 'string') return names.has(at) ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    strings(inner, names, Array.isArray(value) ? at : key),
  );
}
