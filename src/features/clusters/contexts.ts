import * as vscode from 'vscode';
import type { Clusters, ContextList } from '../../cluster/index.ts';
import { contextKeys } from '../../contributions.ts';
import { Disposables } from '../../platform/disposables.ts';
import { onSettingChange } from '../../platform/settings.ts';

/**
 * The contexts of the kubeconfig files. Nothing is read, and the cluster code is not loaded, before somebody asks:
 * the view that became visible, or a command.
 */
export class Contexts implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #clusters: () => Promise<Clusters>;
  readonly #changed = this.#owned.own(new vscode.EventEmitter<ContextList>());
  #loaded: Promise<Clusters> | null = null;
  #known: ContextList | null = null;

  /** Hears of the first list too. */
  readonly onDidChange = this.#changed.event;

  constructor(clusters: () => Promise<Clusters>) {
    this.#clusters = clusters;
    this.#owned.own(
      onSettingChange(['clusters.kubeconfigs'], () => {
        if (this.#known !== null) void this.reload();
      }),
    );
  }

  /** What was read last; null before anybody asked. */
  get known(): ContextList | null {
    return this.#known;
  }

  async list(): Promise<ContextList> {
    const clusters = await this.#load();
    return this.#know(await clusters.contexts());
  }

  /** Reads the files again. */
  async reload(): Promise<ContextList> {
    const clusters = await this.#load();
    return this.#know(await clusters.reload());
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #load(): Promise<Clusters> {
    this.#loaded ??= this.#clusters().then(
      (clusters) => {
        this.#owned.own(clusters.onDidChangeContexts((list) => void this.#know(list)));
        return clusters;
      },
      (error: unknown) => {
        // Who asks again has it loaded again.
        this.#loaded = null;
        throw error;
      },
    );
    return this.#loaded;
  }

  #know(list: ContextList): ContextList {
    if (list === this.#known || this.#owned.disposed) return list;
    this.#known = list;
    void vscode.commands.executeCommand(
      'setContext',
      contextKeys.contexts,
      list.contexts.length === 0 ? 'none' : 'some',
    );
    this.#changed.fire(list);
    return list;
  }
}
