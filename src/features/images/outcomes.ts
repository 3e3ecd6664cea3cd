import * as vscode from 'vscode';
import type { BuildResult, ImageInfo, PushResult } from '../../engines/index.ts';
import { elapsed, size } from './figures.ts';

/** `Built app:1.4 (sha256:ab12cd34ef56…, 14 MB) in 3.2 s`. */
export function builtSentence({ reference, imageId, ms }: BuildResult, info: ImageInfo | null): string {
  const id = shortDigest(imageId);
  return info?.bytes == null
    ? vscode.l10n.t('Built {0} ({1}) in {2}', reference, id, elapsed(ms))
    : vscode.l10n.t('Built {0} ({1}, {2}) in {3}', reference, id, size(info.bytes), elapsed(ms));
}

/** `Pushed ghcr.io/acme/app:1.4 (sha256:…) in 0.4 s`: the digest whole, since it is what one copies. */
export function pushedSentence(reference: string, { digest }: PushResult, ms: number): string {
  return vscode.l10n.t('Pushed {0} ({1}) in {2}', reference, digest, elapsed(ms));
}

function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1…');
}
