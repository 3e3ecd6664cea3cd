import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { objectOf, textOf } from '../json.ts';
import type { Health } from '../workload/health.ts';
import { partsOf } from './fields.ts';
import { factsOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** One revision of a Helm release, from the labels of the Secret or ConfigMap that Helm 3 keeps it in. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** `deployed`, `superseded`, `failed`, `pending-install`, `pending-upgrade`, `uninstalling` … */
  readonly status: string;
  readonly health: Health;
  /** Milliseconds since 1970; null when Helm did not say. */
  readonly modifiedAt: number | null;
}

/** States as in helm.sh/helm/v3/pkg/release/status.go. */
const healths: Readonly<Record<string, Health>> = {
  deployed: 'healthy',
  superseded: 'idle',
  uninstalled: 'idle',
  failed: 'failed',
  uninstalling: 'progressing',
  'pending-install': 'progressing',
  'pending-upgrade': 'progressing',
  'pending-rollback': 'progressing',
};

/** The label that tells Helm's own objects from others; a ConfigMap has no type to tell it by. */
const releaseName = /^sh\.helm\.release\.v1\.(.+)\.v(\d+)$/;

/** null for an object in which Helm keeps nothing. */
export function helmRelease(secret: unknown): HelmRelease | null {
  const { root, metadata } = partsOf(secret);
  const labels = objectOf(metadata['labels']);
  const [, name = '', revision = ''] = releaseName.exec(textOf(metadata['name'])) ?? [];
  const isKept = root['kind'] === 'Secret' ? root['type'] === 'helm.sh/release.v1' : name !== '';
  if (!isKept || labels['owner'] !== 'helm') return null;
  const status = textOf(labels['status']) || 'unknown';
  const modified = Number(textOf(labels['modifiedAt']));
  return {
    name: textOf(labels['name']) || name,
    namespace: textOf(metadata['namespace']),
    revision: Number(textOf(labels['version']) || revision) || 0,
    status,
    health: Object.hasOwn(healths, status) ? (healths[status] ?? 'unknown') : 'unknown',
    modifiedAt: modified > 0 ? modified * 1000 : null,
  };
}

/** The newest revision of each release, in the order they were given. */
export function newestReleases<Release extends Pick<HelmRelease, 'name' | 'namespace' | 'revision'>>(
  releases: Iterable<Release>,
): readonly Release[] {
  const newest = new Map<string, Release>();
  for (const release of releases) {
    const key = `${release.namespace}/${release.name}`;
    const known = newest.get(key);
    if (known === undefined || known.revision < release.revision) newest.set(key, release);
  }
  return [...newest.values()];
}

export function summarizeRelease(release: HelmRelease): ResourceSummary {
  const { name, revision, status, health } = release;
  return {
    health,
    words: wordsOf(status, `v${revision}`),
    facts: factsOf(
      [message('Helm release'), name],
      [message('State'), status],
      [message('Revision'), String(revision)],
    ),
    reason: reasonOf(health, status),
  };
}

function reasonOf(health: Health, status: string): Message | null {
  if (health === 'failed') return message('The last Helm operation failed');
  return health === 'progressing' ? message('Helm has not finished: {0}', status) : null;
}
