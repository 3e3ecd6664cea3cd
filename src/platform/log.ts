/** Where details go. `vscode.LogOutputChannel` satisfies it, and so does a test's recorder or the command line's silence. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A log that keeps nothing. */
export const silentLog: Log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
