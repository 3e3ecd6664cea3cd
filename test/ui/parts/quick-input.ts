import type { Locator, Page } from 'playwright-core';
import { appears } from './waits.ts';

/** The pick list and input box at the top of the window. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
    this.#input = this.#widget.locator('input.input');
  }

  /** Waits until it is there, with this title if one is given. */
  async opened(title?: string | RegExp): Promise<void> {
    await this.#widget.waitFor({ state: 'visible' });
    if (title === undefined) return;
    await this.#widget.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  closed(): Promise<void> {
    return this.#widget.waitFor({ state: 'hidden' });
  }

  async title(): Promise<string> {
    return (await this.#widget.locator('.quick-input-title').innerText()).trim();
  }

  /** Replaces what stands in the input. */
  async type(text: string): Promise<void> {
    await this.#input.waitFor({ state: 'visible' });
    await this.#input.fill(text);
  }

  value(): Promise<string> {
    return this.#input.inputValue();
  }

  /** A row whose text holds `text`, once it is there. */
  async row(text: string | RegExp): Promise<Locator> {
    const row = this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** Whether it comes into sight within this time. */
  comes(timeoutMs: number): Promise<boolean> {
    return appears(this.#input, timeoutMs);
  }

  /** Whether a row whose text holds `text` comes within this time. */
  offers(text: string | RegExp, timeoutMs: number): Promise<boolean> {
    const row = this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    return appears(row, timeoutMs);
  }

  /** The rows in sight, as a person reads them. */
  async rows(): Promise<readonly string[]> {
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  async pick(text: string | RegExp): Promise<void> {
    await (await this.row(text)).click();
  }

  /** Waits for the line below the input (prompt, validation) to hold this. */
  async message(text: string | RegExp): Promise<string> {
    const message = this.#widget.locator('.quick-input-message', { hasText: text });
    await message.waitFor();
    return (await message.innerText()).replace(/\s+/g, ' ').trim();
  }

  /** Presses a button of its title or input row, by name. */
  async press(name: string | RegExp): Promise<void> {
    await this.#widget.getByRole('button', { name }).first().click();
  }

  /** Enter. The pause lets a validation that runs at every key end first, as it does for a person. */
  async accept(): Promise<void> {
    await this.#page.waitForTimeout(250);
    await this.#input.press('Enter');
  }

  /** Answers a question for a file. It reads the folder it proposes first, and then writes that over what was typed. */
  async file(path: string): Promise<void> {
    do {
      await this.type(path);
      await this.#page.waitForTimeout(500);
    } while ((await this.value()) !== path);
    await this.#widget.getByRole('button', { name: 'OK', exact: true }).click();
    await this.closed();
  }

  async cancel(): Promise<void> {
    await this.#input.press('Escape');
    await this.closed();
  }
}
