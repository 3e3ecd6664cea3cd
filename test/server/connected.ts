import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import { createConnection } from 'vscode-languageserver/node';
import { createServer } from '../../src/server/server.ts';
import { TestClient } from './client.ts';

/** A client connected to a server of its own in this process; both end with the test. */
export function connected(context: TestContext): TestClient {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const connection = createConnection(toServer, toClient);
  const server = createServer(connection);
  connection.listen();
  const client = new TestClient(toClient, toServer);
  context.after(async () => {
    // Answered after everything that is under way; `exit` would end this process.
    await client.connection.sendRequest('shutdown');
    client.dispose();
    connection.dispose();
    server.dispose();
  });
  return client;
}

export const lensCommands = {
  deploy: 'test.deploy',
  scale: 'test.scale',
  build: 'test.build',
  buildAndPush: 'test.buildAndPush',
};

/** A Deployment with an amount in millibytes, an unreadable amount and a key written twice. */
export const faulty = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  name: web
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.test/web:1.4
          resources:
            requests: { cpu: 100m, memory: 128m }
            limits: { memory: 500Mb }
`;
