/** Something with an end. Structurally `vscode.Disposable`, so rooms without vscode can own and be owned. */
export interface Disposable {
  dispose(): void;
}

/**
 * Owner of things that must end with it. What arrives after `dispose()` is disposed of at once, so a late
 * answer cannot leave a listener behind.
 */
export class Disposables implements Disposable {
  readonly #owned = new Set<Disposable>();
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Takes ownership and hands the item back. */
  own<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#owned.add(item);
    return item;
  }

  /** Disposes of everything, newest first; one that throws does not spare the others. */
  dispose(): void {
    this.#disposed = true;
    const failures: unknown[] = [];
    for (const item of [...this.#owned].reverse()) {
      try {
        item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#owned.clear();
    if (failures.length > 0) throw new AggregateError(failures, 'Some resources could not be released.');
  }
}

/** A list of listeners. A listener that throws is reported to `onError` and does not keep the others from hearing. */
export class Listeners<T> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  readonly on = (listener: (event: T) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
