import { type CodeLens, CodeLensRefreshRequest, type Connection } from 'vscode-languageserver/node';
import { type DeployTarget, serverMethods } from '../core/protocol.ts';
import { unlessCancelled } from './cancellation.ts';
import { kindOf } from './documents.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { ServerOptions } from './options.ts';
import { targetParams } from './params.ts';
import { dockerfileLenses } from './providers/code-lenses.ts';
import type { Questions } from './questions.ts';

export interface LensesOptions {
  readonly documents: OpenDocuments;
  readonly questions: Questions;
  readonly options: () => ServerOptions;
  readonly report: (what: string, work: Promise<unknown>) => Promise<void>;
}

/** Where the manifest goes that is deployed from its lens. */
export interface Target {
  current: DeployTarget | null;
}

/** Answers with lenses, and has them asked for again when the target is another one. */
export function registerLenses(connection: Connection, target: Target, given: LensesOptions): void {
  const { documents, questions, options, report } = given;
  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    unlessCancelled(token, async (): Promise<CodeLens[]> => {
      const document = documents.get(uri);
      if (document === undefined) return [];
      switch (kindOf(document)) {
        case 'manifest':
          return questions.about(document, 'manifestLenses', undefined, token);
        case 'dockerfile':
          return dockerfileLenses(document.getText(), questions.context(uri, document.version));
        case 'other':
          return [];
      }
    }),
  );
  connection.onNotification(serverMethods.target, (params: unknown) => {
    target.current = targetParams(params).target;
    if (options().supportsLensRefresh)
      void report('lenses', connection.sendRequest(CodeLensRefreshRequest.type));
  });
}
