import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTree, parseTree, type Tree } from './tree.ts';

const FOLDER = join(import.meta.dirname, 'seeds');

/** A manifest that the API server accepts. */
export interface Seed {
  /** `Kind/name`; two versions of a kind are two kinds: `HorizontalPodAutoscaler.v1`. */
  readonly name: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** Where it says it belongs; null where it leaves that open. */
  readonly namespace: string | null;
  readonly text: string;
  /** A new copy at every call, to be changed at will. */
  tree(): Tree;
}

/** Of the kinds with two versions, the one that goes by the plain name. */
const secondVersions = new Map([
  ['autoscaling/v1 HorizontalPodAutoscaler', 'HorizontalPodAutoscaler.v1'],
  ['events.k8s.io/v1 Event', 'Event.events.k8s.io'],
]);

export function readSeeds(): readonly Seed[] {
  const files = readdirSync(FOLDER).sort();
  return files.flatMap((file) => splitSeeds(readFileSync(join(FOLDER, file), 'utf8')).map(toSeed));
}

function splitSeeds(text: string): readonly string[] {
  return text.split(/^---\n/m).filter((part) => /^kind:/m.test(part));
}

function toSeed(text: string): Seed {
  const tree = parseTree(text);
  const metadata = isTree(tree.metadata) ? tree.metadata : {};
  const [apiVersion, bare] = [String(tree.apiVersion), String(tree.kind)];
  const kind = secondVersions.get(`${apiVersion} ${bare}`) ?? bare;
  return {
    name: `${kind}/${String(metadata.name)}`,
    kind,
    apiVersion,
    namespace: typeof metadata.namespace === 'string' ? metadata.namespace : null,
    text,
    tree: () => structuredClone(tree),
  };
}
