import type { Locator, Page } from 'playwright-core';

/** What slides in at the bottom right, and dialogs in the middle. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** A notification with this text, once it is there. */
  async shown(text: string | RegExp, timeout = 15_000): Promise<Locator> {
    const item = this.#page
      .locator('.notifications-toasts .notification-list-item', { hasText: text })
      .first();
    await item.waitFor({ timeout });
    return item;
  }

  async text(text: string | RegExp): Promise<string> {
    return (await (await this.shown(text)).locator('.notification-list-item-message').innerText()).trim();
  }

  /** Presses a button of the notification with this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await (await this.shown(text)).locator('.monaco-button', { hasText: button }).first().click();
  }

  /** Those in sight. */
  async all(): Promise<readonly string[]> {
    const messages = this.#page.locator('.notifications-toasts .notification-list-item-message');
    return (await messages.allInnerTexts()).map((text) => text.trim());
  }

  async clear(): Promise<void> {
    const close = this.#page.locator('.notifications-toasts .codicon-notifications-clear');
    while ((await close.count()) > 0) {
      await this.#page.locator('.notifications-toasts .notification-list-item').first().hover();
      await close.first().click();
    }
  }

  /** A modal dialog with this text, once it is there. */
  async dialog(text: string | RegExp): Promise<Locator> {
    const dialog = this.#page.locator('.monaco-dialog-box', { hasText: text }).first();
    await dialog.waitFor();
    return dialog;
  }

  /** Presses a button of the modal dialog with this text. */
  async answer(text: string | RegExp, button: string): Promise<void> {
    const dialog = await this.dialog(text);
    await dialog.locator('.monaco-button', { hasText: button }).first().click();
    await dialog.waitFor({ state: 'detached' });
  }
}
