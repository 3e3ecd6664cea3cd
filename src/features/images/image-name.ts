import * as vscode from 'vscode';
import { containers, podTemplates } from '../../core/index.ts';
import type { ManifestService } from '../../core/protocol.ts';
import { checkPushable, checkTag } from '../../engines/index.ts';
import type { Log } from '../../platform/log.ts';
import { explained } from '../../platform/translation.ts';
import { folderName, lastSegment } from './dockerfiles.ts';

/** Where manifests lie in most repositories; a wider search would read files nobody asked about. */
const manifestsNearby = '{*,k8s/*,kubernetes/*,deploy/*,manifests/*}.{yaml,yml}';
const manifestLimit = 10;

/** Asks what an image built from a Dockerfile is called, and remembers the answer for the next time. */
export class ImageNames {
  readonly #memory: vscode.Memento;
  readonly #manifests: ManifestService;
  readonly #log: Log;

  constructor(memory: vscode.Memento, manifests: ManifestService, log: Log) {
    this.#memory = memory;
    this.#manifests = manifests;
    this.#log = log;
  }

  /** The name; null when the person turns away. `push`: it must also say where to push to. */
  async ask(dockerfile: vscode.Uri, title: string, push: boolean): Promise<string | null> {
    const value = await this.#suggestion(dockerfile);
    const slash = value.lastIndexOf('/') + 1;
    const name = await vscode.window.showInputBox({
      title,
      prompt: push
        ? vscode.l10n.t('Registry, name and tag, as in registry.example.com/app:1.4')
        : vscode.l10n.t('Name and tag, as in app:1.4'),
      value,
      valueSelection: [slash, value.length],
      validateInput: (text) => problemOf(text.trim(), push),
    });
    if (name === undefined) return null;
    await this.remember(dockerfile, name.trim());
    return name.trim();
  }

  /** What an image was last called that this Dockerfile built. */
  remember(dockerfile: vscode.Uri, name: string): Thenable<void> {
    return this.#memory.update(keyOf(dockerfile), name);
  }

  async #suggestion(dockerfile: vscode.Uri): Promise<string> {
    const remembered = this.#memory.get<string>(keyOf(dockerfile));
    if (remembered !== undefined) return remembered;
    const folder = folderName(dockerfile);
    return (await this.#writtenIn(dockerfile, folder)) ?? `${repositoryName(folder)}:dev`;
  }

  /** An `image:` of an open or nearby manifest that is named like the Dockerfile's folder. */
  async #writtenIn(dockerfile: vscode.Uri, folder: string): Promise<string | null> {
    for (const uri of await manifestsAround(dockerfile)) {
      const images = await this.#imagesOf(uri);
      const found = images.find(
        (image) => lastSegment(image) === folder && problemOf(image, false) === undefined,
      );
      if (found !== undefined) return found;
    }
    return null;
  }

  async #imagesOf(uri: vscode.Uri): Promise<string[]> {
    try {
      const { objects } = await this.#manifests.objects(uri.toString());
      return objects
        .flatMap(({ value }) => podTemplates(value))
        .flatMap(({ spec }) => containers(spec))
        .flatMap(({ value: { image } }) => (typeof image === 'string' ? [image] : []));
    } catch (error) {
      // Only what the box is filled with depends on it: the person types the name instead.
      this.#log.warn(`images of ${uri.toString()}: ${String(error)}`);
      return [];
    }
  }
}

/** Open YAML files first: what a person looks at is what they mean. */
async function manifestsAround(dockerfile: vscode.Uri): Promise<vscode.Uri[]> {
  const open = vscode.workspace.textDocuments
    .filter(({ languageId }) => languageId === 'yaml')
    .map(({ uri }) => uri);
  const folder = vscode.workspace.getWorkspaceFolder(dockerfile);
  const places = [vscode.Uri.joinPath(dockerfile, '..'), ...(folder === undefined ? [] : [folder.uri])];
  const found = await Promise.all(
    places.map((place) =>
      vscode.workspace.findFiles(
        new vscode.RelativePattern(place, manifestsNearby),
        undefined,
        manifestLimit,
      ),
    ),
  );
  return [...new Map([...open, ...found.flat()].map((uri) => [uri.toString(), uri])).values()];
}

function problemOf(name: string, push: boolean): string | undefined {
  try {
    checkTag(name);
    if (push) checkPushable(name);
    return undefined;
  } catch (error) {
    return explained(error);
  }
}

/** A folder's name as a repository may be called: lower case, other characters as dashes. */
function repositoryName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return name === '' ? 'app' : name;
}

function keyOf(dockerfile: vscode.Uri): string {
  return `imageName:${dockerfile.toString()}`;
}
