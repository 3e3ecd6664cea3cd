import { readFile } from 'node:fs/promises';
import { message } from '../../core/finding.ts';
import { credentialPluginFailed, kubeconfigUnusable } from '../errors.ts';
import type { ClusterEntry, ExecPlugin, ResolvedContext } from '../kubeconfig/entries.ts';
import { type LoginSurroundings, runPlugin } from './plugin.ts';

/** What proves who is asking; certificates are PEM text. */
export interface Credential {
  readonly token: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  /** ms since 1970; null: until the server refuses it. */
  readonly expires: number | null;
}

/** Tokens mounted as files are rotated; reading one again after this time follows the rotation. */
const tokenFileMs = 60_000;

/** Obtains what the kubeconfig does not hold itself: the token of a file, or what a login program prints. */
export async function obtainCredential(
  resolved: ResolvedContext,
  surroundings: LoginSurroundings,
  signal: AbortSignal,
): Promise<Credential> {
  const { context, cluster, user } = resolved;
  if (user?.exec) return logInWith(user.exec, cluster, context.name, surroundings, signal);
  if (user?.tokenFile) {
    const token = await readTokenFile(user.tokenFile, context.name);
    return { token, cert: null, key: null, expires: Date.now() + tokenFileMs };
  }
  return { token: null, cert: null, key: null, expires: null };
}

async function readTokenFile(file: string, context: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw kubeconfigUnusable(context, message('the token file {0} cannot be read', file), error);
  }
}

async function logInWith(
  plugin: ExecPlugin,
  cluster: ClusterEntry,
  context: string,
  surroundings: LoginSurroundings,
  signal: AbortSignal,
): Promise<Credential> {
  const info = JSON.stringify(await execInfo(plugin, cluster, context));
  const stdout = await runPlugin({ plugin, context, info, surroundings, signal });
  return readExecCredential(stdout, plugin, context);
}

/** What a login program learns of us, in the form of client.authentication.k8s.io. */
async function execInfo(plugin: ExecPlugin, cluster: ClusterEntry, context: string): Promise<unknown> {
  const info = { apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec: { interactive: false } };
  if (!plugin.provideClusterInfo) return info;
  const caData = cluster.caData ?? (await base64OfFile(cluster.caFile, context));
  const about = {
    server: cluster.server,
    ...(cluster.tlsServerName !== null && { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.insecure && { 'insecure-skip-tls-verify': true }),
    ...(caData !== null && { 'certificate-authority-data': caData }),
    ...(cluster.proxyUrl !== null && { 'proxy-url': cluster.proxyUrl }),
    ...(cluster.execConfig !== null && { config: cluster.execConfig }),
  };
  return { ...info, spec: { ...info.spec, cluster: about } };
}

async function base64OfFile(file: string | null, context: string): Promise<string | null> {
  if (file === null) return null;
  try {
    return await readFile(file, 'base64');
  } catch (error) {
    throw kubeconfigUnusable(context, message('the certificate file {0} cannot be read', file), error);
  }
}

function readExecCredential(stdout: string, plugin: ExecPlugin, context: string): Credential {
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    // The parser's own words quote what was printed, which may be half a token.
    throw credentialPluginFailed(context, plugin.command, message('something that is no JSON'));
  }
  const status = (printed as { status?: Record<string, unknown> } | null)?.status;
  const text = (name: string): string | null => {
    const value = status?.[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const token = text('token');
  const cert = text('clientCertificateData');
  if (token === null && cert === null) {
    throw credentialPluginFailed(
      context,
      plugin.command,
      message('an ExecCredential without token and certificate'),
    );
  }
  const expires = Date.parse(text('expirationTimestamp') ?? '');
  return { token, cert, key: text('clientKeyData'), expires: Number.isNaN(expires) ? null : expires };
}
