import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { type ManifestsResult, serverMethods } from '../core/protocol.ts';
import { unlessCancelled } from './cancellation.ts';
import { locateParams, manifestsParams, objectsParams, renderedParams } from './params.ts';
import { manifestsOf } from './providers/symbols.ts';
import type { Questions } from './questions.ts';
import type { Surroundings } from './surroundings.ts';

export interface OwnMethodsOptions {
  readonly questions: Questions;
  readonly surroundings: Surroundings;
  /** Resolves when all files of the workspace are known, the open ones as they are now. */
  readonly whole: () => Promise<void>;
}

/** What only our own clients ask for. */
export function registerOwnMethods(
  connection: Connection,
  { questions, surroundings, whole }: OwnMethodsOptions,
): void {
  connection.onRequest(serverMethods.objects, (given: unknown, token: CancellationToken) =>
    unlessCancelled(token, async () =>
      questions.aboutFile(objectsParams(given).uri, 'objects', undefined, token),
    ),
  );
  connection.onRequest(serverMethods.locate, (given: unknown, token: CancellationToken) =>
    unlessCancelled(token, async () => {
      const params = locateParams(given);
      return questions.aboutFile(params.uri, 'locate', params, token);
    }),
  );
  connection.onRequest(serverMethods.manifests, (given: unknown, token: CancellationToken) =>
    unlessCancelled(token, async (): Promise<ManifestsResult> => {
      const wanted = manifestsParams(given);
      await whole();
      const found = manifestsOf(surroundings.workspace, wanted);
      if (found.length > 0 || token.isCancellationRequested) return { manifests: found };
      await surroundings.lookAgain();
      return { manifests: manifestsOf(surroundings.workspace, wanted) };
    }),
  );
  connection.onRequest(serverMethods.rendered, (given: unknown, token: CancellationToken) =>
    unlessCancelled(token, async () => questions.rendered(renderedParams(given), token)),
  );
}
