import type { Message } from '../../core/finding.ts';

/** How to reach a cluster. null: not set. Paths are absolute. */
export interface ClusterEntry {
  readonly name: string;
  readonly server: string;
  readonly caFile: string | null;
  /** Base64 of PEM; wins over the file. */
  readonly caData: string | null;
  readonly insecure: boolean;
  readonly tlsServerName: string | null;
  readonly proxyUrl: string | null;
  /** Handed to the login program as it is. */
  readonly execConfig: unknown;
}

/** A login program as kubeconfig declares it. */
export interface ExecPlugin {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: string;
  readonly installHint: string;
}

export interface UserEntry {
  readonly name: string;
  readonly token: string | null;
  readonly tokenFile: string | null;
  readonly certFile: string | null;
  readonly certData: string | null;
  readonly keyFile: string | null;
  readonly keyData: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** Impersonation headers by name. */
  readonly impersonate: Readonly<Record<string, string | readonly string[]>>;
  /** `auth-provider` as written (oidc). */
  readonly authProvider: Readonly<Record<string, unknown>> | null;
  readonly exec: ExecPlugin | null;
}

export interface ContextEntry {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
  readonly file: string;
}

/** What one file, or several merged, hold. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly current: string | null;
}

export interface KubeconfigFile extends Kubeconfig {
  readonly file: string;
  readonly problems: readonly Message[];
}

/** A context with what it names: everything a session needs. */
export interface ResolvedContext {
  readonly context: ContextEntry;
  readonly cluster: ClusterEntry;
  /** null: the context names no user, so requests go unauthenticated. */
  readonly user: UserEntry | null;
}
