import * as vscode from 'vscode';
import type { Clusters } from '../../cluster/index.ts';
import {
  type ClusterRowArgument,
  commands,
  type ManifestWorkloadArgument,
  webviews,
  type WorkloadArgument,
} from '../../contributions.ts';
import type { ManifestService } from '../../core/protocol.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import type { TargetSource } from '../../platform/target.ts';
import { pickWorkload } from './workload-pick.ts';
import type { PageWorkload } from '../../webview/protocol.ts';
import { ReplicaPanel } from './panel.ts';
import type { ClusterLink } from './watch.ts';

export interface ReplicasOptions {
  readonly extensionUri: vscode.Uri;
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly manifests: ManifestService;
  readonly target: TargetSource;
  readonly commands: CommandTable;
}

/** Replica status: one page for each workload, which comes back after a window reload. */
export class ReplicasFeature {
  readonly #options: ReplicasOptions;
  readonly #owned = new Disposables();
  readonly #panels = new Map<string, ReplicaPanel>();

  constructor(options: ReplicasOptions) {
    this.#options = options;
  }

  register(): vscode.Disposable {
    this.#owned.own(
      this.#options.commands.register(commands.showReplicas, async (argument) =>
        this.#show(await this.#workloadOf(argument)),
      ),
    );
    this.#owned.own(
      vscode.window.registerWebviewPanelSerializer(webviews.replicas, {
        deserializeWebviewPanel: (panel, state) => {
          const workload = readWorkload(state);
          if (workload === null) panel.dispose();
          else this.#adopt(panel, workload);
          return Promise.resolve();
        },
      }),
    );
    this.#owned.own({
      dispose: () => {
        for (const panel of [...this.#panels.values()]) panel.dispose();
      },
    });
    return this.#owned;
  }

  #show(workload: PageWorkload): void {
    const open = this.#panels.get(keyOf(workload));
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      webviews.replicas,
      workload.name,
      vscode.ViewColumn.Active,
    );
    this.#adopt(panel, workload);
  }

  #adopt(panel: vscode.WebviewPanel, workload: PageWorkload): void {
    const key = keyOf(workload);
    const page = new ReplicaPanel(panel, workload, {
      extensionUri: this.#options.extensionUri,
      connect: (context) => this.#connect(context),
    });
    this.#panels.set(key, page);
    panel.onDidDispose(() => {
      page.dispose();
      if (this.#panels.get(key) === page) this.#panels.delete(key);
    });
  }

  async #connect(context: string): Promise<ClusterLink> {
    const [clusters, { openStore, eventsOf }] = await Promise.all([
      this.#options.clusters(),
      import('../../cluster/index.ts'),
    ]);
    const session = await clusters.session(context);
    return {
      session,
      openStore: (query, project) => openStore(session, query, project),
      eventsOf: (ref) => eventsOf(session, ref),
    };
  }

  /** The workload the person pointed at; asks for one where they pointed at none. */
  async #workloadOf(
    argument: WorkloadArgument | ManifestWorkloadArgument | ClusterRowArgument | undefined,
  ): Promise<PageWorkload> {
    if (argument !== undefined && 'uri' in argument) return this.#workloadOfManifest(argument);
    const workload = argument === undefined ? null : readWorkload({ workload: argument });
    return workload ?? this.#pick();
  }

  #pick(): Promise<PageWorkload> {
    const { clusters, target } = this.#options;
    return pickWorkload({
      clusters,
      target,
      kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
      title: (place) => vscode.l10n.t('Replica status of a workload in {0}', place),
    });
  }

  async #workloadOfManifest({ uri, document, object }: ManifestWorkloadArgument): Promise<PageWorkload> {
    const { manifests, target } = this.#options;
    const { objects } = await manifests.objects(uri);
    const found = objects.find((one) => one.document === document && one.path === (object ?? ''));
    const place = await target.require();
    if (found === undefined) return this.#pick();
    const { apiVersion, kind, name } = found;
    return { context: place.context, namespace: found.namespace ?? place.namespace, apiVersion, kind, name };
  }
}

function keyOf({ context, namespace, apiVersion, kind, name }: PageWorkload): string {
  return JSON.stringify([context, namespace, apiVersion, kind, name]);
}

/** A workload out of a page's kept state or a row's argument; null when a part of it is missing. */
function readWorkload(state: unknown): PageWorkload | null {
  const { workload } = (state ?? {}) as { readonly workload?: Partial<PageWorkload> };
  const { context, namespace, apiVersion, kind, name } = workload ?? {};
  if (!context || !namespace || !apiVersion || !kind || !name) return null;
  return { context, namespace, apiVersion, kind, name };
}
