import * as vscode from 'vscode';
import { parseImageReference } from '../../core/index.ts';

/** The names under which VS Code knows a Dockerfile. */
const names =
  '**/{Dockerfile,Containerfile,Dockerfile.*,Containerfile.*,*.dockerfile,*.Dockerfile,*.containerfile}';
const notSearched = '**/{node_modules,.git,vendor,dist}/**';
/** More Dockerfiles than a person would look through; the search ends there. */
const searchLimit = 200;

interface DockerfileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** Dockerfiles below a folder, or in the whole workspace, by path. */
export async function findDockerfiles(folder: vscode.WorkspaceFolder | null): Promise<vscode.Uri[]> {
  const pattern = folder === null ? names : new vscode.RelativePattern(folder, names);
  const found = await vscode.workspace.findFiles(pattern, notSearched, searchLimit);
  return found
    .filter((uri) => !uri.path.endsWith('.dockerignore'))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** The Dockerfile that builds `reference`: the only one there is, or the one chosen; null when the person turns away. */
export async function dockerfileFor(reference: string, manifest: vscode.Uri): Promise<vscode.Uri | null> {
  const folder = vscode.workspace.getWorkspaceFolder(manifest) ?? null;
  const found = await findDockerfiles(folder);
  if (found.length === 0) {
    throw new Error(
      vscode.l10n.t(
        'No Dockerfile that could build {0} was found in this folder. Add one, then try again.',
        reference,
      ),
    );
  }
  const wanted = lastSegment(reference);
  const likely = (uri: vscode.Uri): boolean => folderName(uri) === wanted;
  const sorted = [...found.filter(likely), ...found.filter((uri) => !likely(uri))];
  return pickDockerfile(sorted, vscode.l10n.t('Build {0}: which Dockerfile?', reference));
}

/** The first is the one Enter takes; a single one needs no asking. */
export async function pickDockerfile(
  dockerfiles: readonly vscode.Uri[],
  title: string,
): Promise<vscode.Uri | null> {
  if (dockerfiles.length === 1) return dockerfiles[0] ?? null;
  const items = dockerfiles.map((uri): DockerfileItem => ({
    label: vscode.workspace.asRelativePath(uri),
    iconPath: vscode.ThemeIcon.File,
    uri,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return chosen?.uri ?? null;
}

/** Name of the folder a Dockerfile lies in. */
export function folderName(dockerfile: vscode.Uri): string {
  return dockerfile.path.split('/').at(-2) ?? '';
}

/** `shop/app:1.4` → `app`; null when it is no image reference. */
export function lastSegment(reference: string): string | null {
  return parseImageReference(reference)?.repository.split('/').at(-1) ?? null;
}
