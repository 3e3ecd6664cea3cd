/** The language server's own process: `--stdio` for any editor, `--node-ipc` when the VS Code extension starts it. */
import { createConnection } from 'vscode-languageserver/node';
import { createServer } from './server.ts';

const connection = createConnection();
createServer(connection);
connection.listen();
