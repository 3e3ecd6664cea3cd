import {
  type CheckConfig,
  emptyConfig,
  nearestWord,
  newestVersion,
  type Preset,
  presets,
  type Rule,
  rules,
  type RuleSeverity,
  severities,
  supportedVersions,
} from '../core/index.ts';
import { readArguments } from './arguments.ts';
import { CannotRunError } from './cannot-run.ts';
import { isExclusion } from './files/pattern.ts';
import { standardInput } from './files/source.ts';
import { type FormatName, formatNames } from './formats/report.ts';

/** What `elastic lint` was asked for. */
export interface LintOptions {
  readonly action: 'check' | 'help' | 'explain' | 'listRules';
  readonly paths: readonly string[];
  readonly format: FormatName;
  /** What the arguments say; it wins over workspace files. */
  readonly override: CheckConfig;
  /** The one workspace file that counts; null: the nearest of each file. */
  readonly config: string | null;
  readonly fix: 'no' | 'write' | 'show';
  readonly render: boolean;
  /** Values files for charts, the strongest last. */
  readonly values: readonly string[];
  /** More warnings than this are a failure; null: however many. */
  readonly maxWarnings: number | null;
  readonly quiet: boolean;
  /** What standard input is called; null where it has no name. */
  readonly stdinFilename: string | null;
  readonly gitignore: boolean;
  /** Code of the rule to explain. */
  readonly explain: string;
}

/** Throws CannotRunError for what cannot be followed. */
export function readLintOptions(args: readonly string[]): LintOptions {
  const { values, positionals } = readArguments('elastic lint', args, {
    format: { type: 'string', short: 'f' },
    preset: { type: 'string' },
    'schema-version': { type: 'string' },
    rule: { type: 'string', multiple: true },
    config: { type: 'string', short: 'c' },
    fix: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    render: { type: 'boolean' },
    values: { type: 'string', multiple: true },
    'max-warnings': { type: 'string' },
    quiet: { type: 'boolean', short: 'q' },
    'stdin-filename': { type: 'string' },
    'no-gitignore': { type: 'boolean' },
    explain: { type: 'string' },
    'list-rules': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  const options: LintOptions = {
    action: actionOf(values),
    paths: positionals.some((path) => !isExclusion(path)) ? positionals : ['.', ...positionals],
    format: oneOf('format', values.format ?? 'text', formatNames),
    override: overrideOf(values),
    config: values.config ?? null,
    fix: values.fix !== true ? 'no' : values['dry-run'] === true ? 'show' : 'write',
    render: values.render === true,
    values: values.values ?? [],
    maxWarnings: values['max-warnings'] === undefined ? null : countOf(values['max-warnings']),
    quiet: values.quiet === true,
    stdinFilename: values['stdin-filename'] ?? null,
    gitignore: values['no-gitignore'] !== true,
    explain: values.explain ?? '',
  };
  refuseContradictions(options, values['dry-run'] === true);
  if (options.action === 'explain' || options.action === 'listRules') refuseIdle(options, positionals);
  return options;
}

interface Chosen {
  readonly help?: boolean;
  readonly explain?: string;
  readonly 'list-rules'?: boolean;
}

function actionOf(values: Chosen): LintOptions['action'] {
  if (values.help === true) return 'help';
  if (values.explain !== undefined) return 'explain';
  return values['list-rules'] === true ? 'listRules' : 'check';
}

function refuseContradictions(options: LintOptions, dryRun: boolean): void {
  const { fix, render, paths, values, stdinFilename } = options;
  const stdin = paths.includes(standardInput);
  const refuse = (wrong: boolean, sentence: string): void => {
    if (wrong) throw new CannotRunError(sentence);
  };
  refuse(dryRun && fix === 'no', '--dry-run shows what --fix would do: add --fix.');
  refuse(values.length > 0 && !render, '--values are for charts that are rendered: add --render.');
  refuse(render && fix !== 'no', '--fix cannot change what is rendered: leave out --fix or --render.');
  refuse(
    paths.includes(''),
    'One of the paths is empty: name a file, a folder or a pattern, or - for standard input.',
  );
  refuse(paths.includes('!'), 'There is nothing behind !: write a pattern there, as in !drafts/**.');
  refuse(render && paths.some(isExclusion), '--render takes whole folders: leave out what begins with !.');
  refuse(render && stdin, '--render needs folders: standard input cannot be rendered.');
  refuse(stdinFilename !== null && !stdin, '--stdin-filename names standard input: add - to the paths.');
  refuse(fix === 'write' && stdin && paths.length > 1, '--fix prints standard input: give - alone.');
}

/** What has nothing to do with pages about rules was meant for something else. */
function refuseIdle({ action, format }: LintOptions, paths: readonly string[]): void {
  const option = action === 'explain' ? '--explain' : '--list-rules';
  const [path] = paths;
  if (path !== undefined) throw new CannotRunError(`${option} checks nothing: leave out ${path}.`);
  const known: readonly FormatName[] = action === 'explain' ? ['text'] : ['text', 'json'];
  if (!known.includes(format))
    throw new CannotRunError(`${option} prints ${known.join(' or ')}: leave out --format ${format}.`);
}

interface Overrides {
  readonly preset?: string;
  readonly rule?: readonly string[];
  readonly 'schema-version'?: string;
}

function overrideOf(values: Overrides): CheckConfig {
  const version = values['schema-version'];
  return {
    ...emptyConfig,
    preset: values.preset === undefined ? null : oneOf<Preset>('preset', values.preset, presets),
    kubernetesVersion: version === undefined ? null : versionOf(version),
    rules: Object.fromEntries((values.rule ?? []).map(ruleOf)),
  };
}

function ruleOf(text: string): readonly [string, RuleSeverity] {
  const [code = '', severity, ...rest] = text.split('=');
  if (code === '' || severity === undefined || rest.length > 0) {
    throw new CannotRunError(
      `--rule ${text}: write --rule code=severity, as in --rule requests-missing=off.`,
    );
  }
  requireRule(code);
  return [code, oneOf('severity', severity, severities)];
}

/** Throws where there is no such rule, with the names of those that were probably meant. */
export function requireRule(code: string): Rule {
  const rule = rules.find((one) => one.code === code);
  if (rule !== undefined) return rule;
  const meant = similarCodes(code);
  throw new CannotRunError(
    meant.length === 0
      ? `There is no rule ${code}: elastic lint --list-rules lists them.`
      : `There is no rule ${code}: did you mean ${meant.join(', ')}?`,
  );
}

/** The code with a slip in it, else those that share most words with it. */
function similarCodes(code: string): readonly string[] {
  const codes = rules.map((rule) => rule.code);
  const nearest = nearestWord(code, codes);
  if (nearest !== null) return [nearest];
  const words = code
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
  const shared = (other: string): number => words.filter((word) => other.includes(word)).length;
  const most = Math.max(...codes.map(shared));
  return most === 0 ? [] : codes.filter((other) => shared(other) === most).slice(0, 5);
}

/** `1.34`, also written `v1.34` or `1.34.2`. */
function versionOf(text: string): string {
  const [, version] = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(text) ?? [];
  if (version !== undefined && supportedVersions.includes(version)) return version;
  throw new CannotRunError(
    `Kubernetes ${text} is not known here: choose ${supportedVersions[0]} to ${newestVersion}.`,
  );
}

function countOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new CannotRunError(`--max-warnings takes a number, not "${text}".`);
}

function oneOf<T extends string>(what: string, given: string, known: readonly T[]): T {
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new CannotRunError(
    `There is no ${what} "${given}": choose ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.`,
  );
}
