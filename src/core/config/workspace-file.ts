import { message } from '../finding.ts';
import type { Message, TextRange } from '../finding.ts';
import type { MappingNode, Node, ScalarNode } from '../manifest/nodes.ts';
import { readDocument } from '../manifest/read.ts';
import { nearestWord } from '../nearest.ts';
import { rules } from '../rules/index.ts';
import { minorOf, newestVersion, supportedVersions } from '../schema/history/index.ts';
import { patternCount } from './glob.ts';
import { emptyConfig, presets, severities } from './settings.ts';
import type { CheckConfig, Preset, RuleSeverity } from './settings.ts';

/** Name of the file in which a workspace keeps what its people share; the nearest one above a manifest counts. */
export const workspaceFileName = '.elastic.yaml';

/** The same under its other ending; it counts where there is none of the first beside it. */
const otherFileName = '.elastic.yml';

/** Names under which a workspace file is looked for in a folder, the one that counts first. */
export const workspaceFileNames: readonly string[] = [workspaceFileName, otherFileName];

/** Whether a file holds what the people of its folder agreed on about checks, by its path. */
export function isWorkspaceFile(path: string): boolean {
  return workspaceFileNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** Told of a file that stands beside another one which counts. */
export const unusedWorkspaceFile: ConfigProblem = {
  message: message('Nothing in this file counts: {0} stands beside it', workspaceFileName),
  range: { start: 0, end: 0 },
};

/** More patterns than anybody writes. */
const MOST_PATTERNS = 1000;

/** Something in a workspace file that cannot be followed; the rest of it is. */
export interface ConfigProblem {
  readonly message: Message;
  readonly range: TextRange;
}

export interface ReadConfig {
  readonly config: CheckConfig;
  readonly problems: readonly ConfigProblem[];
}

/** Reads a workspace file. Never throws: what is wrong in it is left out and told. */
export function readWorkspaceFile(text: string): ReadConfig {
  const { root, problems } = readDocument(text);
  const reader = new ConfigReader(
    problems.map((problem) => ({ message: problem.message, range: problem.range })),
  );
  if (root?.type === 'mapping') reader.read(root);
  else if (root !== null && !isNothing(root)) {
    reader.problem(root, message('This file holds settings as `name: value`; see the page about settings'));
  }
  return { config: reader.config, problems: reader.problems };
}

type Draft = { -readonly [K in keyof CheckConfig]: CheckConfig[K] };

const keys = ['preset', 'rules', 'kubernetesVersion', 'registries', 'limitRatio', 'exclude'] as const;

class ConfigReader {
  readonly config: Draft = { ...emptyConfig };
  readonly problems: ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    this.problems = [...problems];
  }

  problem({ range }: Node, said: Message): void {
    this.problems.push({ message: said, range });
  }

  read(root: MappingNode): void {
    this.#tellRepeated(root);
    for (const { key, keyRange, value } of root.entries) {
      switch (key) {
        case 'preset':
          this.config.preset = this.#oneOf(value, presets) as Preset | null;
          break;
        case 'rules':
          this.config.rules = this.#rules(value);
          break;
        case 'kubernetesVersion':
          this.config.kubernetesVersion = this.#version(value);
          break;
        case 'registries':
          this.config.registries = this.#texts(value);
          break;
        case 'exclude':
          this.config.exclude = this.#patterns(value);
          break;
        case 'limitRatio':
          this.config.limitRatio = this.#ratio(value);
          break;
        default:
          this.problems.push({ message: unknownSetting(key), range: keyRange });
      }
    }
  }

  #tellRepeated({ entries }: MappingNode): void {
    const seen = new Set<string>();
    for (const { key, keyRange } of entries) {
      if (seen.has(key)) {
        const said = message('{0} is written twice in this mapping; keep one of them', key);
        this.problems.push({ message: said, range: keyRange });
      }
      seen.add(key);
    }
  }

  #oneOf(node: Node, values: readonly string[]): string | null {
    // YAML reads `off` as a boolean: people mean the word.
    const word = node.type === 'scalar' ? node.source : null;
    if (word !== null && values.includes(word)) return word;
    const choices = values.join(', ');
    this.problem(
      node,
      word === null
        ? message('One of {0} belongs here', choices)
        : message('{0} is no choice here; choose one of {1}', word, choices),
    );
    return null;
  }

  #rules(node: Node): CheckConfig['rules'] {
    const chosen: Record<string, RuleSeverity> = {};
    if (node.type !== 'mapping') {
      if (!isNothing(node)) this.problem(node, message('Rules belong here, as in `requests-missing: off`'));
      return chosen;
    }
    this.#tellRepeated(node);
    for (const { key, keyRange, value } of node.entries) {
      const severity = this.#oneOf(value, severities);
      if (!rules.some(({ code }) => code === key)) {
        this.problems.push({ message: unknownRule(key), range: keyRange });
      } else if (severity !== null) chosen[key] = severity as RuleSeverity;
    }
    return chosen;
  }

  #version(node: Node): string | null {
    const source = node.type === 'scalar' ? node.source : '';
    const version = supportedVersions.find((one) => minorOf(one) === minorOf(source));
    if (version !== undefined) return version;
    const [oldest = ''] = supportedVersions;
    this.problem(
      node,
      message('Kubernetes {0} is not known here; choose {1} to {2}', source, oldest, newestVersion),
    );
    return null;
  }

  #texts(node: Node): readonly string[] {
    return this.#items(node).map(({ source }) => source);
  }

  #items(node: Node): readonly ScalarNode[] {
    if (node.type !== 'sequence') {
      this.problem(node, message('A list of texts belongs here'));
      return [];
    }
    return node.items.flatMap((item) => {
      if (item.type === 'scalar' && item.value !== null) return [item];
      if (!isNothing(item)) this.problem(item, message('A list of texts belongs here'));
      return [];
    });
  }

  /** Every path of a workspace is held against them. */
  #patterns(node: Node): readonly string[] {
    const followed: string[] = [];
    let room = MOST_PATTERNS;
    for (const item of this.#items(node)) {
      const count = patternCount(item.source);
      room -= count ?? 1;
      if (room < 0) {
        this.problem(item, message('Only {0} patterns are followed; write them shorter', MOST_PATTERNS));
        break;
      }
      if (count !== null) followed.push(item.source);
      else
        this.problem(
          item,
          message('This pattern is not followed; use *, **, ?, [abc] and {a,b}, and few of them'),
        );
    }
    return followed;
  }

  #ratio(node: Node): number | null {
    const value = node.type === 'scalar' ? node.value : null;
    if (typeof value === 'number' && value >= 1) return value;
    this.problem(node, message('A number of at least 1 belongs here'));
    return null;
  }
}

/** Not written yet. */
function isNothing(node: Node): boolean {
  return node.type === 'scalar' && node.value === null;
}

function unknownSetting(key: string): Message {
  const meant = nearestWord(key, keys);
  return meant === null
    ? message('There is no setting {0}; there are {1}', key, keys.join(', '))
    : message('There is no setting {0}; did you mean {1}?', key, meant);
}

/** Said of a rule's code that no rule has. */
export function unknownRule(code: string): Message {
  const meant = nearestWord(
    code,
    rules.map((rule) => rule.code),
  );
  return meant === null
    ? message('There is no rule {0}; remove it', code)
    : message('There is no rule {0}; did you mean {1}?', code, meant);
}
