import * as vscode from 'vscode';

/** The extension that brings the same language server to most people who write YAML. */
const companionId = 'redhat.vscode-yaml';

/** What a file's own first lines say of its schema. */
const modeline = /^#\s*yaml-language-server\s*:.*\$schema=(\S+)/m;
const headLines = 20;

/** What the other extension does for a file that we would do as well. */
export interface Companionship {
  readonly hover: boolean;
  readonly completion: boolean;
}

const alone: Companionship = { hover: false, completion: false };

/**
 * What `redhat.vscode-yaml` tells of the fields in a file: nothing, unless a person gave it a schema of Kubernetes for
 * the file, by its settings or in the file's first lines. It tells nobody which schema it uses.
 */
export function companionship(document: vscode.TextDocument): Companionship {
  if (vscode.extensions.getExtension(companionId)?.isActive !== true || !hasSchema(document)) return alone;
  const settings = vscode.workspace.getConfiguration('yaml', document);
  return { hover: settings.get('hover', true), completion: settings.get('completion', true) };
}

function hasSchema(document: vscode.TextDocument): boolean {
  const head = document.getText(new vscode.Range(0, 0, headLines, 0));
  const [, named] = modeline.exec(head) ?? [];
  if (named !== undefined) return isOfKubernetes(named);
  const settings = vscode.workspace.getConfiguration('yaml', document);
  const schemas: unknown = settings.get('schemas');
  if (typeof schemas !== 'object' || schemas === null) return false;
  return Object.entries(schemas).some(
    ([schema, files]: [string, unknown]) =>
      isOfKubernetes(schema) && [files].flat().some((glob) => fits(document, glob)),
  );
}

/** `kubernetes`, or an address as of a collection of its schemas. */
function isOfKubernetes(schema: string): boolean {
  return /kubernetes/i.test(schema);
}

/** As that extension takes them: from any folder on. */
function fits(document: vscode.TextDocument, glob: unknown): boolean {
  if (typeof glob !== 'string') return false;
  const pattern = `**/${glob.replace(/^(?:\*\*)?\//, '')}`;
  return vscode.languages.match({ pattern }, document) > 0;
}
