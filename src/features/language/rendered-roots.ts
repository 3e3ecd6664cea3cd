import * as vscode from 'vscode';
import { isChartFile, isKustomizationFile, kustomizationFiles } from '../../core/index.ts';

const rootNames = [...kustomizationFiles, 'Chart.yaml'];
const notSearched = '**/{node_modules,.git}/**';
/** More than a person would look through; the search ends there. */
const searchLimit = 500;

/** Whether a file says how to render the folder it stands in. */
export function isRoot(uri: vscode.Uri): boolean {
  return isKustomizationFile(uri.path) || isChartFile(uri.path);
}

/** The kustomization or chart of the file in front, else one the person chooses; null when they turn away. */
export async function chooseRoot(): Promise<vscode.Uri | null> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const around = active === undefined ? null : await rootAround(active);
  if (around !== null) return around;
  const found = await vscode.workspace.findFiles(`**/{${rootNames.join(',')}}`, notSearched, searchLimit);
  if (found.length === 0) {
    throw new Error(
      vscode.l10n.t('This workspace has no kustomization.yaml and no Chart.yaml. Add one, then try again.'),
    );
  }
  const items = found
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), iconPath: vscode.ThemeIcon.File, uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  if (items.length === 1) return items[0]?.uri ?? null;
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Render which folder?') });
  return chosen?.uri ?? null;
}

/** The nearest one at or above a file, inside its workspace folder. */
async function rootAround(uri: vscode.Uri): Promise<vscode.Uri | null> {
  const limit = vscode.workspace.getWorkspaceFolder(uri)?.uri.path;
  if (isRoot(uri)) return uri;
  if (limit === undefined) return null;
  for (let folder = parentOf(uri); folder.path.startsWith(limit); folder = parentOf(folder)) {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    const name = rootNames.find((one) => entries.some(([entry]) => entry === one));
    if (name !== undefined) return vscode.Uri.joinPath(folder, name);
    if (folder.path === limit) return null;
  }
  return null;
}

/** Values files beside a chart's own that the person wants it rendered with; null when they turn away. */
export async function chooseValues(chart: vscode.Uri): Promise<readonly string[] | null> {
  const folder = parentOf(chart);
  const pattern = new vscode.RelativePattern(folder, '{values*,*values,ci/*,values/*}.{yaml,yml}');
  const found = (await vscode.workspace.findFiles(pattern, notSearched, searchLimit))
    .filter(({ path }) => path !== vscode.Uri.joinPath(folder, 'values.yaml').path)
    .sort((a, b) => a.path.localeCompare(b.path));
  if (found.length === 0) return [];
  const items = found.map((uri) => ({
    label: uri.path.slice(folder.path.length + 1),
    iconPath: vscode.ThemeIcon.File,
    uri,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Render with which values besides values.yaml?'),
    placeHolder: vscode.l10n.t('None chosen: values.yaml alone'),
    canPickMany: true,
  });
  return chosen?.map(({ uri }) => uri.fsPath) ?? null;
}

export function parentOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}
