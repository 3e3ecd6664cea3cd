import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { serverMethods } from '../core/protocol.ts';
import { unlessCancelled } from './cancellation.ts';
import { locateParams, objectsParams, renderedParams } from './params.ts';
import type { Questions } from './questions.ts';

/** What only our own clients ask for. */
export function registerOwnMethods(connection: Connection, questions: Questions): void {
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
  connection.onRequest(serverMethods.rendered, (given: unknown, token: CancellationToken) =>
    unlessCancelled(token, async () => questions.rendered(renderedParams(given), token)),
  );
}
