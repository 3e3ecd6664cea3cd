import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client } from './client.ts';

/** What the client is made of, those first that others are made of. */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('vscode-languageserver-types'),
  () => import('vscode-jsonrpc/node'),
  () => import('vscode-languageserver-protocol/node'),
  () => import('vscode-languageclient/node'),
];

/** The client, whose library is set up part by part: at once it would keep all other extensions waiting. */
export async function loadClient(): Promise<typeof Client> {
  for (const load of parts) {
    await nextTurn();
    await load();
  }
  await nextTurn();
  return (await import('./client.ts')).Client;
}
