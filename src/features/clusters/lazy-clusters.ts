import * as vscode from 'vscode';
import type { Clusters } from '../../cluster/index.ts';
import type { Log } from '../../platform/log.ts';
import { setting } from '../../platform/settings.ts';
import { LoginNotices } from './login-notice.ts';

/** The cluster code, loaded when somebody first needs it: it is a bundle of its own and takes a moment. */
export class LazyClusters implements vscode.Disposable {
  readonly #log: Log;
  #loading: Promise<Clusters> | null = null;
  readonly #logins = new LoginNotices();
  #disposed = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Rejects when the bundle cannot be loaded; the next call tries again. */
  readonly get = (): Promise<Clusters> => {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  };

  dispose(): void {
    this.#disposed = true;
    this.#logins.dispose();
    void this.#loading?.then((clusters) => clusters.dispose());
  }

  async #load(): Promise<Clusters> {
    const { Clusters } = await import('../../cluster/index.ts');
    const clusters = new Clusters({
      kubeconfigs: () => setting('clusters.kubeconfigs'),
      env: process.env,
      proxy: editorProxy,
      loginWaits: this.#logins.tell,
      log: this.#log,
    });
    if (this.#disposed) clusters.dispose();
    return clusters;
  }
}

/** The proxy a person set for the editor; null leaves it to the environment. */
function editorProxy(): { url: string; exceptions: readonly string[] } | null {
  const http = vscode.workspace.getConfiguration('http');
  const url = http.get('proxy', '');
  if (url === '' || http.get('proxySupport') === 'off') return null;
  return { url, exceptions: http.get('noProxy', []) };
}
