import { message } from '../finding.ts';
import { lifecycleOf } from '../schema/history/index.ts';
import type { Schema } from '../schema/schema.ts';
import { columnOf } from '../manifest/text.ts';
import type { Proposal, Rank } from './proposal.ts';
import type { Site } from './site.ts';

/** Kinds people write every day, the most used first. */
const usual = (
  'Deployment Service ConfigMap Secret Ingress StatefulSet CronJob Job DaemonSet HorizontalPodAutoscaler ' +
  'PersistentVolumeClaim ServiceAccount Namespace Role RoleBinding NetworkPolicy PodDisruptionBudget Pod'
).split(' ');

/** Kinds that ask a question, or are part of an action. */
const passing = /Review$|^(?:Binding|Eviction|Scale|TokenRequest)$/;

/** API versions of what people write every day, the most used first. */
const usualVersions: readonly string[] = [
  'v1',
  'apps/v1',
  'batch/v1',
  'networking.k8s.io/v1',
  'autoscaling/v2',
  'rbac.authorization.k8s.io/v1',
  'policy/v1',
  'storage.k8s.io/v1',
];

/** Kinds that can be kept in a file: with a name of their own, and not only an answer to a question. */
function kindsOf(schema: Schema, apiVersion: string): readonly string[] {
  return (schema.kinds(apiVersion) ?? []).filter((kind) => {
    const type = schema.typeOf(apiVersion, kind);
    const metadata = type?.fields.get('metadata');
    return metadata?.kind === 'object' && metadata.name === 'meta/v1.ObjectMeta' && !passing.test(kind);
  });
}

/** What the value of the object's own `kind` or `apiVersion` can be. */
export function kindProposals(site: Site): readonly Proposal[] {
  if (site.steps.length !== 1 || site.part !== 'value') return [];
  if (site.steps[0] === 'kind') return ofKind(site);
  return site.steps[0] === 'apiVersion' ? ofVersion(site) : [];
}

/** A kind that is chosen first brings its API version along. */
function ofKind(site: Site): readonly Proposal[] {
  const { schema, siblings } = site;
  const written = siblings.get('apiVersion') ?? '';
  const versions = schema.kinds(written) === null ? schema.apiVersions : [written];
  const proposals: Proposal[] = [];
  const seen = new Set<string>();
  for (const version of versions) {
    for (const kind of kindsOf(schema, version)) {
      const stable = versions.length > 1 ? schema.kindNamed(kind)?.versions[0] : version;
      if (stable !== version || seen.has(kind)) continue;
      seen.add(kind);
      proposals.push({
        ...ofName(kind, '5'),
        ...placeOf(kind),
        detail: version,
        ...versionBefore(site, version),
      });
    }
  }
  return proposals;
}

/** Those that have the kind which is written; else those that are used most come first. */
function ofVersion({ schema, siblings }: Site): readonly Proposal[] {
  const named = schema.kindNamed(siblings.get('kind') ?? '');
  if (named !== null) return named.versions.map((version, order) => ofKnownKind(version, named.kind, order));
  return schema.apiVersions.flatMap((version): Proposal[] => {
    const kinds = kindsOf(schema, version);
    if (kinds.length === 0) return [];
    const order = usualVersions.indexOf(version);
    const rank = isUnstable(version) ? '8' : order < 0 ? '5' : '2';
    return [{ ...ofName(version, rank), detail: namesOf(kinds), ...(order < 0 ? {} : { order }) }];
  });
}

function ofKnownKind(version: string, kind: string, order: number): Proposal {
  const deprecated = lifecycleOf(version, kind)?.deprecated ?? null;
  if (deprecated !== null)
    return { ...ofName(version, '9'), order, detail: message('deprecated since {0}', deprecated) };
  return isUnstable(version)
    ? { ...ofName(version, '8'), order, detail: message('not stable') }
    : { ...ofName(version, '2'), order };
}

function isUnstable(version: string): boolean {
  return /alpha|beta/.test(version);
}

/** `Deployment, StatefulSet …`: enough to tell what an API version is about. */
function namesOf(kinds: readonly string[]): string {
  const known = usual.filter((kind) => kinds.includes(kind));
  const shown = (known.length === 0 ? kinds : known).slice(0, 2);
  return shown.join(', ') + (kinds.length > shown.length ? ' …' : '');
}

function ofName(name: string, rank: Rank): Proposal {
  return { label: name, kind: 'kind', insert: name, snippet: false, rank };
}

function placeOf(kind: string): { readonly rank?: Rank; readonly order?: number } {
  const order = usual.indexOf(kind);
  return order < 0 ? {} : { rank: '2', order };
}

/** The line that says the API version, put above the line of the kind where none is written yet. */
function versionBefore(site: Site, version: string): Pick<Proposal, 'also'> {
  if (site.siblings.has('apiVersion') || site.style === 'flow') return {};
  const lead = site.text.slice(0, site.word.start);
  const line = lead.lastIndexOf('\n') + 1;
  const start = line + site.column;
  const offset = site.replaced.start - columnOf(site.text, site.word.start) + site.column;
  const before = site.text.slice(line, start);
  const indent = before.replace(/[^\s]/g, ' ');
  return { also: [{ range: { start: offset, end: offset }, newText: `apiVersion: ${version}\n${indent}` }] };
}
