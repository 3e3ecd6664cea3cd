import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quick-input.ts';

/** The panel below the editor: problems, output, terminal. */
export class Panel {
  readonly #page: Page;
  readonly #quickInput: QuickInput;
  readonly #palette: (command: string) => Promise<void>;

  constructor(page: Page, quickInput: QuickInput, palette: (command: string) => Promise<void>) {
    this.#page = page;
    this.#quickInput = quickInput;
    this.#palette = palette;
  }

  /** Shows the Problems view. */
  async openProblems(): Promise<void> {
    const view = this.#page.locator('.markers-panel');
    if (!(await view.isVisible())) await this.#page.keyboard.press('Control+Shift+m');
    await view.waitFor();
  }

  /** A problem with this text, once it is there. */
  async problem(text: string | RegExp): Promise<Locator> {
    await this.openProblems();
    const row = this.#problemRows().filter({ hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** The problems in sight as a person reads them, files left out. */
  async problems(): Promise<readonly string[]> {
    await this.openProblems();
    const rows = this.#problemRows();
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** Shows an output channel and waits until it holds this; returns the lines in sight. */
  async output(channel: string, text: string | RegExp): Promise<string> {
    await this.#palette('Output: Show Output Channels...');
    await this.#quickInput.type(channel);
    await this.#quickInput.pick(channel);
    const lines = this.#page
      .locator('.output-view .view-lines, .panel .view-lines', { hasText: text })
      .first();
    await lines.waitFor();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  /** Waits until the terminal in front shows this; returns what it shows. */
  async terminal(text: string | RegExp, timeout = 30_000): Promise<string> {
    const rows = this.#page.locator('.terminal-wrapper.active .xterm-rows', { hasText: text }).first();
    await rows.waitFor({ timeout });
    return (await rows.innerText()).replaceAll('\u00a0', ' ');
  }

  async close(): Promise<void> {
    if (await this.#page.locator('.part.panel').isVisible()) await this.#page.keyboard.press('Control+j');
    await this.#page.locator('.part.panel').waitFor({ state: 'hidden' });
  }

  /** Files are one level up, related places one level down. */
  #problemRows(): Locator {
    return this.#page.locator('.markers-panel .monaco-list-row[aria-level="2"]');
  }
}
