import { ClusterError } from './errors.ts';
import type { ApiResource, ResourceIndex, Session } from './model.ts';

const aggregated = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

/** `kind: APIGroupDiscoveryList`: everything in one answer (Kubernetes 1.27 and newer). */
interface DiscoveryList {
  readonly kind: 'APIGroupDiscoveryList';
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version: string;
      /** `Stale`: an aggregated API that does not answer at the moment. */
      readonly freshness?: string;
      readonly resources?: readonly {
        readonly resource: string;
        readonly responseKind?: { readonly kind?: string } | null;
        readonly scope: 'Namespaced' | 'Cluster';
        readonly verbs?: readonly string[];
        readonly subresources?: readonly { readonly subresource: string }[];
      }[];
    }[];
  }[];
}

/** What older servers answer at `/api` and at `/apis`. */
interface VersionList {
  readonly kind: 'APIVersions';
  readonly versions: readonly string[];
}
interface GroupList {
  readonly kind: 'APIGroupList';
  readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
}
interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

interface Discovered {
  readonly resources: readonly ApiResource[];
  readonly failed: readonly string[];
}

/** Asks the server for all it serves: two requests, or one for each group and version of an older server. */
export async function discover(session: Session): Promise<ResourceIndex> {
  const parts = await Promise.all([discoverUnder(session, '/api'), discoverUnder(session, '/apis')]);
  const resources = parts.flatMap((part) => part.resources);
  const index = new Map(resources.map((resource) => [`${resource.apiVersion} ${resource.kind}`, resource]));
  return {
    resources,
    failedGroups: parts.flatMap((part) => part.failed),
    find: (apiVersion, kind) => index.get(`${apiVersion} ${kind}`) ?? null,
  };
}

async function discoverUnder(session: Session, path: '/api' | '/apis'): Promise<Discovered> {
  const answer = await session.request<DiscoveryList | VersionList | GroupList>(path, {
    headers: { accept: aggregated },
  });
  switch (answer.kind) {
    case 'APIGroupDiscoveryList':
      return fromDiscoveryList(answer);
    case 'APIVersions':
      return discoverVersions(session, answer.versions);
    case 'APIGroupList':
      return discoverVersions(
        session,
        answer.groups.flatMap((group) => group.versions.map((version) => version.groupVersion)),
      );
  }
}

function fromDiscoveryList({ items }: DiscoveryList): Discovered {
  const resources: ApiResource[] = [];
  const failed: string[] = [];
  for (const item of items) {
    const group = item.metadata?.name ?? '';
    for (const { version, freshness, resources: served = [] } of item.versions ?? []) {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      if (freshness === 'Stale') failed.push(apiVersion);
      for (const { resource, responseKind, scope, verbs = [], subresources = [] } of served) {
        // Without a kind it is only the home of subresources.
        if (!responseKind?.kind) continue;
        resources.push({
          apiVersion,
          group,
          version,
          kind: responseKind.kind,
          plural: resource,
          namespaced: scope === 'Namespaced',
          verbs,
          scalable: subresources.some(({ subresource }) => subresource === 'scale'),
        });
      }
    }
  }
  return { resources, failed };
}

async function discoverVersions(session: Session, apiVersions: readonly string[]): Promise<Discovered> {
  const failed: string[] = [];
  const lists = await Promise.all(
    apiVersions.map(async (apiVersion) => {
      const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
      try {
        return fromResourceList(apiVersion, await session.request<ResourceList>(path));
      } catch (error) {
        // One aggregated API that is down must not hide all others; its name is kept.
        if (!(error instanceof ClusterError) || !/^(serverError|notFound|timeout)$/.test(error.code))
          throw error;
        failed.push(apiVersion);
        return [];
      }
    }),
  );
  return { resources: lists.flat(), failed };
}

function fromResourceList(apiVersion: string, { resources }: ResourceList): ApiResource[] {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const names = new Set(resources.map(({ name }) => name));
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, verbs }) => ({
      apiVersion,
      group,
      version,
      kind,
      plural: name,
      namespaced,
      verbs,
      scalable: names.has(`${name}/scale`),
    }));
}
