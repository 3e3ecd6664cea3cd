/** What a file lets one expect of objects that it does not hold itself. Plain data. */
import type { Kustomization, Patch, PatchTarget } from '../manifest/kustomization.ts';
import type { ObjectFacts } from './facts.ts';
import type { TreeHints } from './trees.ts';

export interface Hints {
  /** Objects that may come of it. */
  readonly possible: readonly PossibleObject[];
  /** Objects that it may change. */
  readonly changed: readonly ChangedObject[];
  /** What is put before and behind names. */
  readonly affixes: readonly { readonly prefix: string; readonly suffix: string }[];
  /** Labels that objects and selectors get beside their own. */
  readonly labels: readonly string[];
  /** More comes of it than anybody can know here. */
  readonly open: boolean;
  /** Of a kustomization. */
  readonly tree?: TreeHints;
}

/** Names are patterns of the whole name, as of a regular expression; a kind that is null may be any. */
export interface PossibleObject {
  readonly kind: string | null;
  readonly name: string;
  /** Of a ConfigMap or Secret; null where they are not known. */
  readonly keys: readonly string[] | null;
}

export interface ChangedObject {
  readonly kind: string | null;
  readonly name: string | null;
}

const none: Hints = { possible: [], changed: [], affixes: [], labels: [], open: false };

/** A kustomization generates, renames, labels and changes objects, and may fetch more. */
export function hintsOfKustomization(kustomization: Kustomization, text: string): Hints {
  const { namePrefix, nameSuffix, generators, labels, patches, replicas, values } = kustomization;
  const includes = [...kustomization.resources, ...kustomization.components].map(({ path }) => path);
  return {
    possible: generators.map(({ kind, name, keys }) => ({
      kind,
      // References are written as the generator is; kustomize puts the hash behind both.
      name: exactly(name),
      keys,
    })),
    changed: [
      ...patches.flatMap(changedBy),
      ...kustomization.replacements.flatMap(({ fields }) =>
        fields.map(({ target }) => changedTarget(target)),
      ),
      ...[...replicas.keys()].map((name) => ({ kind: null, name: exactly(name) })),
    ],
    affixes:
      namePrefix === null && nameSuffix === null
        ? []
        : [{ prefix: namePrefix?.value ?? '', suffix: nameSuffix?.value ?? '' }],
    labels: [...labels.keys()],
    open: includes.some(isRemote) || values.length > 0 || /^helmCharts:/m.test(text),
    tree: {
      includes: includes.filter((path) => !isRemote(path)),
      namespace: kustomization.namespace?.value ?? null,
    },
  };
}

function changedBy({ inline, target }: Patch): readonly ChangedObject[] {
  if (target !== null) return [changedTarget(target)];
  return inline === null ? [] : hintsOfPatchText(inline.text).changed;
}

function changedTarget({ kind, name }: PatchTarget): ChangedObject {
  return { kind, name };
}

function isRemote(path: string): boolean {
  return /^[a-z+]+:\/\/|^git@|^(?:www\.)?[\w-]+\.(?:com|org|io|dev|net)\/|[?&]ref=|\.git\b/.test(path);
}

/** A patch changes the objects that it names. */
export function hintsOfPatch(objects: readonly ObjectFacts[]): Hints {
  return {
    ...none,
    changed: objects.map(({ kind, name }) => ({ kind, name: name === '' ? null : exactly(name) })),
  };
}

function hintsOfPatchText(text: string): Hints {
  const { possible } = hintsOfTemplate(text);
  return { ...none, changed: possible };
}

/** What becomes YAML only later: kinds and names as far as they are written, anything where they are not. */
export function hintsOfTemplate(text: string): Hints {
  const kinds = new Set<string>();
  for (const [, kind = ''] of text.matchAll(/^[ \t]*(?:- )?kind:[ \t]*["']?([A-Z]\w*)/gm)) kinds.add(kind);
  const names = namesIn(text);
  const open =
    /^[ \t]*(?:- )?kind:[ \t]*["']?\{\{/m.test(text) || /^\{\{-? *(?:include|template)\b/m.test(text);
  const possible = [...(open ? [null] : kinds)].flatMap((kind) =>
    names.map((name) => ({ kind, name, keys: null })),
  );
  return { ...none, possible };
}

/** What could be read of a text that as a whole could not: whatever it calls a name may be an object's. */
export function hintsOfBroken(text: string): Hints {
  return { ...none, possible: namesIn(text).map((name) => ({ kind: null, name, keys: null })) };
}

/** Names beyond this many are no longer told apart: any may be there. */
const MOST_NAMES = 2000;
/** In characters; more is no name, even with what a template computes in it. */
const LONGEST_NAME = 1000;
const anything = '.*';

function namesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, written = ''] of text.matchAll(/\b[nN]ame["']?:[ \t]*([^\r\n#]+)/g)) {
    names.add(written.length > LONGEST_NAME ? anything : patternOf(bare(written)));
    if (names.size > MOST_NAMES) return [anything];
  }
  return names.has(anything) ? [anything] : [...names];
}

function bare(written: string): string {
  return written.trim().replace(/^["']|["',}\s]+$/g, '');
}

/** The name with anything where a template fills something in. */
function patternOf(written: string): string {
  return written
    .split(/\{\{.*?\}\}|\{\{.*|\$[{(][^})]*[})]/)
    .map(exactly)
    .join(anything);
}

function exactly(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
