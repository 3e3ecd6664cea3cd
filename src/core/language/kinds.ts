import { message } from '../finding.ts';
import type { Schema } from '../schema/schema.ts';
import { columnOf } from '../manifest/text.ts';
import type { Proposal, Rank } from './proposal.ts';
import type { Site } from './site.ts';

/** Kinds people write every day. */
const usual = new Set(
  (
    'ConfigMap CronJob DaemonSet Deployment HorizontalPodAutoscaler Ingress Job Namespace NetworkPolicy ' +
    'PersistentVolumeClaim Pod PodDisruptionBudget Role RoleBinding Secret Service ServiceAccount StatefulSet'
  ).split(' '),
);

/** Kinds that can be kept in a file: with a name of their own, and not only an answer to a question. */
function kindsOf(schema: Schema, apiVersion: string): readonly string[] {
  return (schema.kinds(apiVersion) ?? []).filter((kind) => {
    const type = schema.typeOf(apiVersion, kind);
    const metadata = type?.fields.get('metadata');
    return metadata?.kind === 'object' && metadata.name === 'meta/v1.ObjectMeta' && !kind.endsWith('Review');
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
      proposals.push({ ...named(kind, rankOf(kind)), detail: version, ...versionBefore(site, version) });
    }
  }
  return proposals;
}

function ofVersion({ schema, siblings }: Site): readonly Proposal[] {
  const kind = siblings.get('kind') ?? '';
  const named = kind === '' ? null : schema.kindNamed(kind);
  const versions = named?.versions ?? schema.apiVersions.filter((one) => kindsOf(schema, one).length > 0);
  return versions.map((version, index) => ({
    label: version,
    kind: 'kind',
    insert: version,
    snippet: false,
    rank: named !== null && index === 0 ? '0' : /alpha|beta/.test(version) ? '8' : '2',
    ...(/alpha|beta/.test(version) ? { detail: message('not stable') } : {}),
  }));
}

function named(kind: string, rank: Rank): Proposal {
  return { label: kind, kind: 'kind', insert: kind, snippet: false, rank };
}

function rankOf(kind: string): Rank {
  return usual.has(kind) ? '2' : '5';
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
