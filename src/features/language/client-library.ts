import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';

/** What the client is made of, those first that others are made of. */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('vscode-languageserver-types'),
  () => import('vscode-jsonrpc/node'),
  () => import('vscode-languageserver-protocol/node'),
  () => import('vscode-languageclient/node'),
];

/** Between two parts, in ms: what waits for the thread comes first. */
const pause = 1;

/** The client, whose library is set up part by part: at once it would keep all other extensions waiting. */
export async function loadClient(): Promise<typeof Client> {
  for (const load of parts) {
    await sleep(pause);
    await load();
  }
  await sleep(pause);
  return (await import('./client.ts')).Client;
}
