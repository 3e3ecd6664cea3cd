import type * as vscode from 'vscode';
import type { DeployTarget } from '../core/protocol.ts';

/** The context and namespace a person chose for manifests of this window. Kubeconfig's current-context is never changed. */
export interface TargetSource {
  readonly current: DeployTarget | null;
  readonly onDidChange: vscode.Event<DeployTarget | null>;
  /** Asks the person; null when they turn away. */
  choose(): Promise<DeployTarget | null>;
  /**
   * What is in force once the kubeconfigs have been read; asks the person when that is nothing. Throws
   * CancelledError when they turn away.
   */
  require(): Promise<DeployTarget>;
}
