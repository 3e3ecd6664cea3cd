import * as tls from 'node:tls';

let known: string | undefined;

/**
 * Certificates to trust where a kubeconfig names none, as PEM text: Node's own and the operating system's, the
 * latter being what kubectl trusts. Read once: it takes a while.
 */
export function trustedCertificates(): string {
  known ??= [...new Set([...tls.rootCertificates, ...systemCertificates()])].join('\n');
  return known;
}

function systemCertificates(): readonly string[] {
  // Editors with an older Node lack it.
  return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('system') : [];
}
