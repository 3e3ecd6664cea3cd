import * as vscode from 'vscode';
import { message } from '../../core/index.ts';
import type { ManifestService } from '../../core/protocol.ts';
import { CancelledError } from '../../platform/failure.ts';
import { nameOf, ObjectsError, type ObjectTarget } from '../../platform/objects.ts';

/** Goes to the manifest of the workspace that defines an object; asks where several do. */
export async function goToManifest(service: ManifestService, target: ObjectTarget): Promise<void> {
  const found = await manifestsOf(service, target);
  const [first, ...others] = found;
  if (first === undefined) {
    throw new ObjectsError(
      message('No manifest of the workspace defines {0}. Open the folder that holds it.', nameOf(target)),
    );
  }
  const { uri, range } = others.length === 0 ? first : await choose(target, found);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(range.start, range.start) });
}

async function manifestsOf(
  service: ManifestService,
  target: ObjectTarget,
): Promise<readonly vscode.Location[]> {
  const { apiVersion, kind, name, namespace } = target;
  // Not the live object itself, should its YAML be open.
  const schemes = ['untitled', ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)];
  const { manifests } = await service.manifests({ apiVersion, kind, name, namespace, schemes });
  return manifests.map(({ uri, range: { start, end } }) => {
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    return new vscode.Location(vscode.Uri.parse(uri), range);
  });
}

async function choose(target: ObjectTarget, found: readonly vscode.Location[]): Promise<vscode.Location> {
  const items = found.map((location) => ({
    label: vscode.workspace.asRelativePath(location.uri),
    description: vscode.l10n.t('line {0}', location.range.start.line + 1),
    location,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Manifests of {0}', nameOf(target)),
    placeHolder: vscode.l10n.t('Several manifests define it: choose one'),
  });
  if (chosen === undefined) throw new CancelledError();
  return chosen.location;
}
