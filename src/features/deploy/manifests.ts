/** What a deploy starts from: which files the person pointed at, and the objects in them. */
import { type FileArgument, type ManifestArgument } from '../../contributions.ts';
import { fileName, message } from '../../core/index.ts';
import type { ManifestObject, ManifestService, ObjectsResult } from '../../core/protocol.ts';
import { ExplainedError } from '../../platform/failure.ts';

/** A file, or one document of it. */
export interface Source {
  readonly uri: string;
  /** null: all of the file. */
  readonly document: number | null;
}

/** Where an object was written, and in which version of the text. */
export interface Origin {
  readonly uri: string;
  /** null for a file that is not open in an editor. */
  readonly version: number | null;
}

export interface Manifests {
  readonly objects: readonly ManifestObject[];
  readonly origins: ReadonlyMap<ManifestObject, Origin>;
  /** Findings of severity error in what is deployed. */
  readonly errors: number;
}

/** A deploy cannot begin; the sentence says why. */
export class DeployError extends ExplainedError {
  override readonly name = 'DeployError';
}

/** What the command was called with, in one form. Of several selected files those that are no YAML are left out. */
export function sourcesOf(
  argument: ManifestArgument | FileArgument,
  selected: readonly FileArgument[] | undefined,
): readonly Source[] {
  if ('uri' in argument) return [{ uri: argument.uri, document: argument.document ?? null }];
  const files =
    selected?.some((file) => file.toString() === argument.toString()) === true ? selected : [argument];
  const manifests = files.length === 1 ? files : files.filter(({ fsPath }) => /\.ya?ml$/i.test(fsPath));
  return [...new Set(manifests.map((file) => file.toString()))].map((uri) => ({ uri, document: null }));
}

/** Findings after which the objects are not what the person wrote: the server would refuse the text itself. */
const unreadable = new Set(['yaml-syntax', 'duplicate-key', 'file-too-large']);

/** Objects of all sources in the order they are written. Rejects with a DeployError when there is nothing to deploy. */
export async function readManifests(
  sources: readonly Source[],
  service: ManifestService,
): Promise<Manifests> {
  const objects: ManifestObject[] = [];
  const origins = new Map<ManifestObject, Origin>();
  let errors = 0;
  for (const { uri, document } of sources) {
    const result = await service.objects(uri);
    const concerns = (part: { readonly document: number }): boolean =>
      document === null || part.document === document;
    refuseUnreadable(uri, result, concerns);
    errors += result.findings.filter((one) => one.severity === 'error' && concerns(one)).length;
    for (const object of result.objects.filter(concerns)) {
      objects.push(object);
      origins.set(object, { uri, version: result.version });
    }
  }
  if (objects.length === 0) throw nothingToDeploy(sources);
  return { objects, origins, errors };
}

function refuseUnreadable(
  uri: string,
  { findings }: ObjectsResult,
  concerns: (part: { readonly document: number }) => boolean,
): void {
  const problem = findings.find((one) => unreadable.has(one.code) && concerns(one));
  if (problem === undefined) return;
  throw new DeployError(
    message(
      '{0}, line {1}: {2}. Correct it, then deploy again.',
      fileName(uri),
      problem.range.start.line + 1,
      problem.message.replace(/\.$/, ''),
    ),
  );
}

function nothingToDeploy(sources: readonly Source[]): DeployError {
  const [only, ...others] = sources;
  if (only === undefined || others.length > 0) {
    return new DeployError(message('The selected files hold no Kubernetes object. Choose a manifest.'));
  }
  return new DeployError(message('{0} holds no Kubernetes object. Choose a manifest.', fileName(only.uri)));
}
