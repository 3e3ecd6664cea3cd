import * as vscode from 'vscode';

/** Codes are words joined by hyphens; anything else would name a file outside the folder. */
const codePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Opens the page that explains a finding. */
export async function showRule(extensionUri: vscode.Uri, code: string | undefined): Promise<void> {
  if (code === undefined || !codePattern.test(code)) return;
  const page = vscode.Uri.joinPath(extensionUri, 'dist', 'docs', 'rules', `${code}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
