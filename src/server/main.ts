/** The language server's own process: `--stdio` for any editor, `--node-ipc` when the VS Code extension starts it. */
import { createConnection } from 'vscode-languageserver/node';
import { createServer } from './server.ts';

const connection = createConnection();
const server = createServer(connection);

/** Nobody is left to be told anything; the connection itself sees to it when its input ends. */
function leave(): void {
  process.exit(server.isShutDown ? 0 : 1);
}

process.stdout.on('error', leave);
process.on('disconnect', leave);
connection.listen();
