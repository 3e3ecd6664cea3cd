import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';

/**
 * Runs a request's work unless the client takes the request back. A cancellation that came in together with
 * the request is read in the next turn of the event loop, so that turn is waited for before anything is computed.
 */
export async function unlessCancelled<T>(token: CancellationToken, work: () => Promise<T>): Promise<T> {
  await nextTurn();
  return new Promise<T>((resolve, reject) => {
    const cancel = (): void => reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.'));
    if (token.isCancellationRequested) {
      cancel();
      return;
    }
    const listener = token.onCancellationRequested(cancel);
    work()
      .then(resolve, reject)
      .finally(() => listener.dispose());
  });
}
