import * as vscode from 'vscode';

/**
 * The page that explains a finding. A plain file: VS Code runs no command from the link of a diagnostic. That it
 * opens rendered is due to `workbench.editorAssociations` among the defaults in package.json.
 */
export function rulePage(extensionUri: vscode.Uri, code: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'elastic-rules', `${code}.md`);
}
