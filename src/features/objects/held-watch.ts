import * as vscode from 'vscode';
import type { Message } from '../../core/index.ts';
import { nameOf, type ObjectTarget, placeOf } from '../../platform/objects.ts';
import { translated } from '../../platform/translation.ts';

/** An object that is being deleted for so long, and is held, needs somebody to look after it. */
const patienceMs = 15_000;

/** Tells once that something holds an object that is long in being deleted. */
export class HeldWatch implements vscode.Disposable {
  readonly #target: ObjectTarget;
  readonly #showYaml: (target: ObjectTarget) => unknown;
  readonly #timer: NodeJS.Timeout;
  #by: Message | null = null;
  #isLong = false;
  #isTold = false;

  constructor(target: ObjectTarget, showYaml: (target: ObjectTarget) => unknown) {
    this.#target = target;
    this.#showYaml = showYaml;
    this.#timer = setTimeout(() => {
      this.#isLong = true;
      this.#tell();
    }, patienceMs);
  }

  /** null: nothing is known to hold it. */
  note(by: Message | null): void {
    this.#by = by;
    this.#tell();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #tell(): void {
    if (this.#by === null || !this.#isLong || this.#isTold) return;
    this.#isTold = true;
    const show = vscode.l10n.t('Show YAML');
    void vscode.window
      .showWarningMessage(
        vscode.l10n.t(
          '{0} ({1}) is being deleted, but {2}.',
          nameOf(this.#target),
          placeOf(this.#target),
          translated(this.#by),
        ),
        show,
      )
      .then((choice) => (choice === show ? this.#showYaml(this.#target) : undefined));
  }
}
