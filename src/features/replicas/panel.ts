import * as vscode from 'vscode';
import { commands, type WorkloadArgument } from '../../contributions.ts';
import { Disposables } from '../../platform/disposables.ts';
import { translated } from '../../platform/translation.ts';
import type { FromReplicaPage, PageWorkload, ReplicaPage, ToReplicaPage } from '../../webview/protocol.ts';
import { replicaHtml } from './html.ts';
import { replicaTexts } from './texts.ts';
import { type ClusterLink, ReplicaWatch } from './watch.ts';

export interface PanelOptions {
  readonly extensionUri: vscode.Uri;
  connect(context: string): Promise<ClusterLink>;
}

/** Time between two states sent to a page; a page of many pods is drawn less often. */
const flushMs = 250;
const largeFlushMs = 1_000;
const largePods = 500;

/** The replica page of one workload. Watches the cluster only while it can be seen. */
export class ReplicaPanel implements vscode.Disposable {
  readonly workload: PageWorkload;
  readonly #panel: vscode.WebviewPanel;
  readonly #options: PanelOptions;
  readonly #owned = new Disposables();
  #watch: ReplicaWatch | null = null;
  /** The page as it was last sent, shown again while a hidden page comes back and reconnects. */
  #last: ReplicaPage | null = null;
  #version = 0;
  #loaded = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(panel: vscode.WebviewPanel, workload: PageWorkload, options: PanelOptions) {
    this.#panel = panel;
    this.workload = workload;
    this.#options = options;
    panel.title = vscode.l10n.t('{0} · Replica status', workload.name);
    this.#owned.own(panel.webview.onDidReceiveMessage((message: FromReplicaPage) => this.#receive(message)));
    this.#owned.own(panel.onDidChangeViewState(() => this.#showOrHide()));
    this.#owned.own({ dispose: () => this.#hide() });
    this.#fill();
    this.#showOrHide();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#owned.dispose();
    this.#panel.dispose();
  }

  #fill(): void {
    const { webview } = this.#panel;
    const scripts = vscode.Uri.joinPath(this.#options.extensionUri, 'dist', 'webview');
    const styles = vscode.Uri.joinPath(this.#options.extensionUri, 'media');
    webview.options = { enableScripts: true, localResourceRoots: [scripts, styles] };
    webview.html = replicaHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'replicas.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(styles, 'replicas.css')).toString(),
      source: webview.cspSource,
      language: vscode.env.language,
      title: this.#panel.title,
      workload: this.workload,
      texts: replicaTexts(),
    });
  }

  #receive(message: FromReplicaPage): void {
    switch (message.type) {
      case 'ready':
        this.#loaded = true;
        this.#send();
        return;
      case 'retry':
        this.#watch?.retry();
        return;
      case 'scale': {
        const uid = this.#watch?.uid;
        const argument: WorkloadArgument = uid == null ? this.workload : { ...this.workload, uid };
        void vscode.commands.executeCommand(commands.scale, argument);
      }
    }
  }

  #showOrHide(): void {
    if (!this.#panel.visible) {
      this.#hide();
    } else if (this.#watch === null) {
      this.#watch = new ReplicaWatch({
        workload: this.workload,
        connect: () => this.#options.connect(this.workload.context),
        say: translated,
        changed: () => this.#sendSoon(),
        now: Date.now,
      });
      this.#sendSoon();
    }
  }

  /** A hidden page is thrown away by VS Code and says `ready` again when it comes back. */
  #hide(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#loaded = false;
    this.#watch?.dispose();
    this.#watch = null;
  }

  #sendSoon(): void {
    if (this.#timer !== undefined) return;
    const many = (this.#last?.pods.length ?? 0) > largePods;
    this.#timer = setTimeout(() => this.#send(), many ? largeFlushMs : flushMs);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#loaded || this.#watch === null) return;
    const fresh = this.#watch.page();
    const page =
      fresh.verdict === null && this.#last !== null ? { ...this.#last, connection: fresh.connection } : fresh;
    this.#last = page;
    const message: ToReplicaPage = { type: 'page', version: (this.#version += 1), page };
    void this.#panel.webview.postMessage(message);
  }
}
