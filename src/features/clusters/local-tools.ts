/**
 * The programs that make clusters on this machine: how each is called and what it answers. Pure, so that it can be
 * tested without them. Facts from kind 0.33, k3d 5 and minikube 1.3x, their sources and manuals.
 */
export type LocalToolName = 'kind' | 'k3d' | 'minikube';

/** What a person wants to have made. */
export interface LocalClusterWish {
  readonly name: string;
  /** `1.33.1` or `1.33`; null: what the program makes by itself. */
  readonly version: string | null;
  readonly nodes: number;
}

/** One call of a program. */
export interface Call {
  readonly args: readonly string[];
  /** What it reads from standard input. */
  readonly input?: string;
}

/** A cluster a program says it has. */
export interface LocalCluster {
  readonly name: string;
  /** `Running`, `2/2 servers` …; `''` where the program does not tell. */
  readonly state: string;
}

export interface LocalTool {
  readonly name: LocalToolName;
  /** Where people get it. */
  readonly home: string;
  readonly version: Call;
  /** From what it prints; null where it prints something else. */
  readVersion(output: string): string | null;
  readonly list: Call;
  /** Throws where the output is of another form than known. */
  readList(output: string): readonly LocalCluster[];
  create(wish: LocalClusterWish): Call;
  delete(name: string): Call;
  /** Name of the context it writes into the kubeconfig. */
  context(name: string): string;
  /** Whether a version must have all its three parts. */
  readonly fullVersion: boolean;
}

const kind: LocalTool = {
  name: 'kind',
  home: 'https://kind.sigs.k8s.io',
  version: { args: ['version'] },
  readVersion: (output) => /^kind v(\d\S*)/m.exec(output)?.[1] ?? null,
  list: { args: ['get', 'clusters'] },
  // Where there is none it says so on standard error and prints nothing.
  readList: (output) => linesOf(output).map((name) => ({ name, state: '' })),
  create: ({ name, version, nodes }) => ({
    args: [
      'create',
      'cluster',
      `--name=${name}`,
      ...(version === null ? [] : [`--image=kindest/node:v${version}`]),
      ...(nodes === 1 ? [] : ['--config=-']),
    ],
    ...(nodes === 1 ? {} : { input: kindConfig(nodes) }),
  }),
  delete: (name) => ({ args: ['delete', 'cluster', `--name=${name}`] }),
  context: (name) => `kind-${name}`,
  fullVersion: true,
};

function kindConfig(nodes: number): string {
  const workers = Array.from({ length: nodes - 1 }, () => '- role: worker\n').join('');
  return `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n${workers}`;
}

const k3d: LocalTool = {
  name: 'k3d',
  home: 'https://k3d.io',
  version: { args: ['version'] },
  readVersion: (output) => /^k3d version v?(\d\S*)/m.exec(output)?.[1] ?? null,
  list: { args: ['cluster', 'list', '-o', 'json'] },
  readList: (output) =>
    records(JSON.parse(output)).map(({ name, serversRunning, serversCount }) => ({
      name: textOf(name),
      state: serversRunning === serversCount ? '' : `${textOf(serversRunning)}/${textOf(serversCount)}`,
    })),
  create: ({ name, version, nodes }) => ({
    args: [
      'cluster',
      'create',
      name,
      '--kubeconfig-update-default',
      '--kubeconfig-switch-context=false',
      ...(version === null ? [] : [`--image=${k3sImage(version)}`]),
      ...(nodes === 1 ? [] : [`--agents=${nodes - 1}`]),
    ],
  }),
  delete: (name) => ({ args: ['cluster', 'delete', '--', name] }),
  context: (name) => `k3d-${name}`,
  fullVersion: false,
};

/** A version of two parts is a channel that k3d looks up; one of three parts is an image. */
function k3sImage(version: string): string {
  return version.split('.').length === 2 ? `+v${version}` : `rancher/k3s:v${version}-k3s1`;
}

const minikube: LocalTool = {
  name: 'minikube',
  home: 'https://minikube.sigs.k8s.io',
  version: { args: ['version', '--short'] },
  readVersion: (output) => /^v(\d\S*)/m.exec(output)?.[1] ?? null,
  list: { args: ['profile', 'list', '-o', 'json'] },
  readList: (output) => {
    const { valid, invalid } = JSON.parse(output) as { valid?: unknown; invalid?: unknown };
    const profile = ({ Name, Status }: Fields): LocalCluster => ({
      name: textOf(Name),
      state: textOf(Status),
    });
    return [...records(valid ?? []), ...records(invalid ?? [])].map(profile);
  },
  create: ({ name, version, nodes }) => ({
    args: [
      'start',
      `--profile=${name}`,
      '--interactive=false',
      '--keep-context',
      ...(version === null ? [] : [`--kubernetes-version=v${version}`]),
      ...(nodes === 1 ? [] : [`--nodes=${nodes}`]),
    ],
  }),
  delete: (name) => ({ args: ['delete', `--profile=${name}`] }),
  context: (name) => name,
  fullVersion: false,
};

export const localTools: readonly LocalTool[] = [kind, k3d, minikube];

/** What all three take for a cluster's name, and what none of them can mistake for an option. */
export function isClusterName(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/.test(text);
}

/** A version as people write it, without the `v`; null where it is none. */
export function readKubernetesVersion(text: string, full: boolean): string | null {
  const [, version, patch] = /^v?(1\.\d{1,3}(\.\d{1,3})?)$/.exec(text.trim()) ?? [];
  if (version === undefined || (full && patch === undefined)) return null;
  return version;
}

/** A name for a new cluster that none of those there has. */
export function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'dev' : `dev-${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** The program and its name for the cluster, from the name of a context; null where no program makes such contexts. */
export function localClusterOf(context: string): { readonly tool: LocalTool; readonly name: string } | null {
  for (const tool of [kind, k3d]) {
    const prefix = tool.context('');
    if (context.startsWith(prefix) && context.length > prefix.length) {
      return { tool, name: context.slice(prefix.length) };
    }
  }
  // minikube names the context after the profile; only its own default can be told from anybody else's.
  return context === 'minikube' ? { tool: minikube, name: context } : null;
}

type Fields = Readonly<Record<string, unknown>>;

function records(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) throw new TypeError('It is no list.');
  return (value as unknown[]).filter((item): item is Fields => typeof item === 'object' && item !== null);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function linesOf(output: string): readonly string[] {
  return output
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
