import type { Page } from 'playwright-core';

/** The context menu that is open. */
export class Menu {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Its entries that can be chosen. */
  async items(): Promise<readonly string[]> {
    const items = this.#page.locator('.context-view .monaco-menu .action-item:not(.disabled)');
    await items.first().waitFor();
    return (await items.locator('.action-label:not(.separator)').allInnerTexts()).map((text) => text.trim());
  }

  /**
   * Chooses an entry. A menu that just opened ignores clicks for a moment (so that the click that opened it does
   * not choose as well): try until it is gone.
   */
  async pick(text: string | RegExp): Promise<void> {
    const menu = this.#page.locator('.context-view .monaco-menu').first();
    const item = this.#page
      .locator('.context-view .monaco-menu .action-item:not(.disabled)', { hasText: text })
      .first();
    await item.waitFor();
    for (let attempt = 0; attempt < 6; attempt++) {
      await this.#page.waitForTimeout(250);
      if (!(await item.isVisible())) return;
      await item.hover();
      await item.click();
      if (!(await menu.isVisible())) return;
    }
    throw new Error(`The menu stayed open after "${String(text)}" was chosen.`);
  }

  async dismiss(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.#page.locator('.context-view .monaco-menu').waitFor({ state: 'detached' });
  }
}
