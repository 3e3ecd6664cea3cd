import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.ts';

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const DAYS = '30';

/**
 * The keys of a cluster, in `folder`: `ca`, signed by it `serving` (API server and kwok, on loopback) and `proxy`
 * (how the API server proves itself to the metrics server), each `.crt` and `.key`; and `sa.key`, `sa.pub`, which
 * service account tokens are signed with.
 */
export async function makeKeys(folder: string): Promise<void> {
  const openssl = (...args: string[]): Promise<string> => run('openssl', args, { cwd: folder });
  const sign = async (name: string, subject: string, extension: string): Promise<void> => {
    await openssl('req', ...KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    await writeFile(join(folder, `${name}.ext`), extension);
    const ca = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-CAserial', `${name}.srl`];
    await openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...ca,
      '-days',
      DAYS,
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.crt`,
    );
  };
  await openssl(
    'req',
    '-x509',
    ...KEY,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    DAYS,
    '-subj',
    '/CN=elastic-bench-ca',
  );
  await Promise.all([
    sign(
      'serving',
      '/CN=elastic-bench',
      'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc',
    ),
    sign('proxy', '/CN=front-proxy', 'extendedKeyUsage=clientAuth'),
    openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'sa.key').then(() =>
      openssl('pkey', '-in', 'sa.key', '-pubout', '-out', 'sa.pub'),
    ),
  ]);
}

export interface KubeconfigUser {
  readonly context: string;
  readonly user: string;
  readonly token: string;
}

/** A kubeconfig with one context, with the authority inside: it works from wherever it is copied to. */
export async function writeKubeconfig(
  file: string,
  server: string,
  keys: string,
  { context, user, token }: KubeconfigUser,
): Promise<void> {
  const authority = (await readFile(join(keys, 'ca.crt'))).toString('base64');
  const config = `apiVersion: v1
kind: Config
current-context: ${context}
clusters:
  - name: bench
    cluster:
      server: ${server}
      certificate-authority-data: ${authority}
users:
  - name: ${user}
    user:
      token: ${token}
contexts:
  - name: ${context}
    context:
      cluster: bench
      user: ${user}
`;
  await writeFile(file, config, { mode: 0o600 });
}
