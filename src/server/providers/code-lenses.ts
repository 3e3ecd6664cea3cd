import type { CodeLens } from 'vscode-languageserver-types';
import {
  type Analysis,
  dockerfileStages,
  type KubernetesObject,
  LineIndex,
  type ManifestDocument,
  message,
  type Message,
  type TextRange,
} from '../../core/index.ts';
import type { LensCommands } from '../../core/protocol.ts';
import { translated } from '../options.ts';
import type { ProviderContext } from './context.ts';

/** More than a person scrolls through; a generated file of 30,000 objects would hold up the editor. */
const shownAtMost = 1000;

type Place = (range: TextRange, title: Message, command: string, argument: object) => CodeLens;

/** `Deploy` on each document, `Scale…` on each `replicas:`, `Build & push` on each `image:`. */
export function manifestLenses(analysis: Analysis, context: ProviderContext): CodeLens[] {
  const { lenses } = context.options;
  if (lenses === null) return [];
  const place = lensAt(analysis, context);
  return analysis.documents
    .filter((document) => document.isKubernetes && !isKustomization(document))
    .slice(0, shownAtMost)
    .flatMap((document) => [
      deployLens(document, place, lenses, context),
      ...document.objects.flatMap((object) => objectLenses(object, place, lenses, context.uri)),
    ])
    .slice(0, shownAtMost);
}

/** `Build` and `Build & push` on the first stage of a Dockerfile. */
export function dockerfileLenses(text: string, context: ProviderContext): CodeLens[] {
  const { lenses } = context.options;
  const first = dockerfileStages(text)[0];
  if (lenses === null || first === undefined) return [];
  const place = lensAt({ lines: new LineIndex(text) }, context);
  const argument = { uri: context.uri };
  return [
    place(first.range, message('Build'), lenses.build, argument),
    place(first.range, message('Build & push'), lenses.buildAndPush, argument),
  ];
}

/** Kustomize reads these itself: no API server knows their kind. */
function isKustomization({ objects }: ManifestDocument): boolean {
  return (
    objects.length > 0 && objects.every(({ apiVersion }) => apiVersion.startsWith('kustomize.config.k8s.io/'))
  );
}

function deployLens(
  document: ManifestDocument,
  place: Place,
  lenses: LensCommands,
  { uri, target }: ProviderContext,
): CodeLens {
  const title =
    target === null ? message('Deploy…') : message('Deploy to {0} / {1}', target.context, target.namespace);
  // A document begins at its `---`; the object, below comments, is what a person looks at.
  const object = document.objects.find(({ path }) => path === '');
  return place(object?.range ?? document.range, title, lenses.deploy, { uri, document: document.index });
}

function objectLenses(object: KubernetesObject, place: Place, lenses: LensCommands, uri: string): CodeLens[] {
  const workload = { uri, document: object.document, object: object.path };
  return [
    ...(object.replicas === null
      ? []
      : [place(object.replicas.range, message('Scale…'), lenses.scale, workload)]),
    ...object.images.map(({ range, reference }) =>
      place(range, message('Build & push'), lenses.buildAndPush, { uri, reference }),
    ),
  ];
}

/** A lens stands on one line, whatever the range of what it is about. */
function lensAt(analysis: Pick<Analysis, 'lines'>, context: ProviderContext): Place {
  return (range, title, command, argument) => {
    const start = analysis.lines.positionAt(range.start);
    return {
      range: { start, end: start },
      command: { title: translated(title, context.options), command, arguments: [argument] },
    };
  };
}
