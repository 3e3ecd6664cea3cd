import * as vscode from 'vscode';
import type { DeployTarget } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError } from '../../platform/failure.ts';
import type { TargetSource } from '../../platform/target.ts';
import { readTarget, targetInForce } from './choices.ts';
import type { Contexts } from './contexts.ts';

const storageKey = 'target';

/**
 * The context and namespace manifests of this window go to. A choice is remembered for the workspace and shown without
 * reading anything; while there is none, the kubeconfig's current context stands in as soon as it is known. When the
 * context goes there is no target: deploys must not go where nobody sent them.
 */
export class Target implements TargetSource, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #contexts: Contexts;
  readonly #memento: vscode.Memento;
  readonly #pick: () => Promise<DeployTarget | null>;
  readonly #changed = this.#owned.own(new vscode.EventEmitter<DeployTarget | null>());
  #chosen: DeployTarget | null;
  #current: DeployTarget | null;
  /** Context of the last target in force. */
  #stood: string | null;

  readonly onDidChange = this.#changed.event;

  /** `pick` asks the person. */
  constructor(contexts: Contexts, memento: vscode.Memento, pick: () => Promise<DeployTarget | null>) {
    this.#contexts = contexts;
    this.#memento = memento;
    this.#pick = pick;
    this.#chosen = readTarget(memento.get(storageKey));
    this.#current = targetInForce(this.#chosen, contexts.known, null);
    this.#stood = this.#current?.context ?? null;
    this.#owned.own(contexts.onDidChange(() => this.#settle()));
  }

  get current(): DeployTarget | null {
    return this.#current;
  }

  async choose(): Promise<DeployTarget | null> {
    const target = await this.#pick();
    if (target !== null) await this.set(target);
    return target;
  }

  async require(): Promise<DeployTarget> {
    if (this.#current === null) await this.#contexts.list();
    const target = this.#current ?? (await this.choose());
    if (target === null) throw new CancelledError();
    return target;
  }

  async set(target: DeployTarget): Promise<void> {
    this.#chosen = target;
    this.#settle();
    await this.#memento.update(storageKey, target);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #settle(): void {
    const before = this.#current;
    const now = targetInForce(this.#chosen, this.#contexts.known, this.#stood);
    this.#stood = now?.context ?? this.#stood;
    if (before?.context === now?.context && before?.namespace === now?.namespace) return;
    this.#current = now;
    this.#changed.fire(now);
  }
}
