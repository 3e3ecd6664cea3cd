import type { Locator, Page } from 'playwright-core';
import type { Menu } from './menu.ts';
import { appears, succeeds } from './waits.ts';

/** A tree in the side bar. Rows that are out of sight do not exist in the page: `seek` goes and finds one. */
export class Tree {
  readonly #page: Page;
  readonly #menu: Menu;
  readonly #root: Locator;

  constructor(page: Page, menu: Menu, root: Locator) {
    this.#page = page;
    this.#menu = menu;
    this.#root = root;
  }

  /** Labels and descriptions of the rows in sight, top to bottom. */
  async rows(): Promise<readonly string[]> {
    await this.#rows().first().waitFor();
    const texts = await this.#rows().evaluateAll((rows) =>
      rows.map((row) => {
        const parts = [...row.querySelectorAll('.label-name, .label-description')];
        return parts.map(({ textContent }) => textContent).join(' ');
      }),
    );
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** The first row with this text, once it is there: in a long tree it may have to be scrolled to. */
  async row(text: string | RegExp): Promise<Locator> {
    const row = this.#rows().filter({ hasText: text }).first();
    // Down to the end, then up again, and so on: the row may come later than its place is passed.
    for (const way of [1, 1, -1, -1, -1, -1, 1, 1]) {
      if (await appears(row, 2_000)) return row;
      await this.#root.hover();
      await this.#page.mouse.wheel(0, way * 300);
    }
    await row.waitFor();
    return row;
  }

  /** All rows in sight with this text. */
  all(text: string | RegExp): Locator {
    return this.#rows().filter({ hasText: text });
  }

  /** Chooses the first two rows with this text, whatever comes and goes around them meanwhile. */
  async chooseTwo(text: string | RegExp): Promise<Locator> {
    const rows = this.all(text);
    const chosen = this.#root.locator('.monaco-list-row.selected');
    for (let attempt = 0; attempt < 5; attempt++) {
      await rows.nth(0).click();
      await rows.nth(1).click({ modifiers: ['Control'] });
      if ((await chosen.count()) === 2 && (await chosen.filter({ hasText: text }).count()) === 2) break;
    }
    return chosen.last();
  }

  /** Finds a row below or above what is in sight, page by page. */
  async seek(text: string | RegExp): Promise<Locator> {
    const row = this.#rows().filter({ hasText: text }).first();
    // A click would close the row it is on, or open it.
    await this.#root.locator('.monaco-list').first().focus();
    await this.#page.keyboard.press('Home');
    for (let page = 0; page < 200 && (await row.count()) === 0; page++) {
      await this.#page.keyboard.press('PageDown');
      await this.#page.waitForTimeout(50);
    }
    await row.waitFor({ timeout: 1_000 });
    return row;
  }

  /** Opens a row that has rows below it; one that is open already stays so. */
  async expand(text: string | RegExp): Promise<void> {
    const row = await this.row(text);
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.locator('.monaco-tl-twistie').click();
    await this.#state(text, 'true');
  }

  /** Closes a row; one that is closed already stays so. */
  async collapse(text: string | RegExp): Promise<void> {
    const row = await this.row(text);
    if ((await row.getAttribute('aria-expanded')) !== 'true') return;
    await row.locator('.monaco-tl-twistie').click();
    await this.#state(text, 'false');
  }

  /** Opens one row after another, each below the one before: `path('dev', 'shop', 'Deployments')`. */
  async path(...texts: readonly (string | RegExp)[]): Promise<void> {
    for (const text of texts) await this.expand(text);
  }

  /** Presses a button that a row shows while the mouse is on it, by its title. */
  async press(text: string | RegExp, action: string | RegExp): Promise<void> {
    // A row that is drawn anew, or moves, while the mouse is on it has no button: the mouse comes again.
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.#page.mouse.move(5, 5);
      const row = await this.row(text);
      await row.hover();
      const button = row.getByRole('button', { name: action }).first();
      if ((await succeeds(button.click({ timeout: 3_000 }))) && !(await this.#isLost())) return;
    }
    throw new Error(`The row ${String(text)} shows no button ${String(action)}.`);
  }

  async contextMenu(text: string | RegExp, item: string | RegExp): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt++) {
      await (await this.row(text)).click({ button: 'right' });
      // Rows move while others come: the one that was clicked may be another, and has the focus now.
      const clicked = this.#root.locator('.monaco-list-row.focused').filter({ hasText: text });
      if (await appears(clicked, 1_000)) {
        await this.#menu.pick(item);
        if (!(await this.#isLost())) return;
      } else await this.#page.keyboard.press('Escape');
    }
    throw new Error(`The row ${String(text)} shows no menu of its own.`);
  }

  /** The hover of a row, which tells its story. */
  async tooltip(text: string | RegExp): Promise<string> {
    const hover = this.#page.locator('.workbench-hover:visible, .monaco-hover:visible').first();
    // A row that is drawn anew while the mouse rests on it shows no hover: the mouse comes again.
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.#page.mouse.move(5, 5);
      await (await this.row(text)).locator('.label-name').first().hover();
      if (await appears(hover, 3_000)) return hover.innerText();
    }
    throw new Error(`The row ${String(text)} shows no hover.`);
  }

  /** Whether the row was drawn anew while something was chosen in it; takes the word about it away. */
  async #isLost(): Promise<boolean> {
    const word = this.#page.locator('.notifications-toasts .notification-list-item', {
      hasText: 'The row was drawn anew',
    });
    if (!(await appears(word, 250))) return false;
    await word.first().hover();
    await word.locator('.codicon-notifications-clear').first().click();
    return true;
  }

  /**
   * Waits until the row is open, or closed. It is looked up each time: a row that is drawn anew may be another element.
   * One that is called differently once it is open says itself that it is.
   */
  async #state(text: string | RegExp, expanded: 'true' | 'false'): Promise<void> {
    const row = this.#rows().filter({ hasText: text }).first();
    const deadline = Date.now() + 15_000;
    while ((await row.count()) > 0 && (await row.getAttribute('aria-expanded')) !== expanded) {
      if (Date.now() > deadline)
        throw new Error(`The row ${String(text)} is not ${expanded === 'true' ? 'open' : 'closed'}.`);
      await this.#page.waitForTimeout(50);
    }
  }

  #rows(): Locator {
    return this.#root.locator('.monaco-list-row');
  }
}
