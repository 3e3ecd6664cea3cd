import type { Locator, Page } from 'playwright-core';
import type { Menu } from './menu.ts';
import { squigglesIn, type Squiggle } from './squiggles.ts';
import { appears, succeeds } from './waits.ts';

/** The editor in front. */
export class Editor {
  readonly #page: Page;
  readonly #menu: Menu;
  readonly #root: Locator;

  constructor(page: Page, menu: Menu) {
    this.#page = page;
    this.#menu = menu;
    this.#root = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Name of the file in front. */
  async file(): Promise<string> {
    return (await this.#activeTab().getAttribute('data-resource-name')) ?? '';
  }

  async shows(name: string): Promise<void> {
    await this.#page
      .locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`)
      .waitFor();
    await this.#root.locator('.view-line').first().waitFor();
  }

  /** The lines in sight. */
  async text(): Promise<string> {
    const lines = await this.#root.locator('.view-lines').innerText();
    return lines.replaceAll('\u00a0', ' ');
  }

  /** Waits until the lines in sight hold this text. */
  async contains(text: string | RegExp): Promise<void> {
    // The editor writes spaces as no-break ones, which are blank to a pattern and to `hasText` alike.
    await this.#root.locator('.view-lines', { hasText: text }).waitFor();
  }

  /** Brings a line to the middle of the editor and puts the cursor there (both count from 1). */
  async goTo(line: number, column = 1): Promise<void> {
    await this.#page.keyboard.press('Control+g');
    const input = this.#page.locator('.quick-input-widget input.input');
    await input.fill(`:${line}:${column}`);
    await input.press('Enter');
    await this.#page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** The innermost piece of text that holds `text`, in sight. */
  word(text: string): Locator {
    return this.#root.locator('.view-line span span', { hasText: text }).last();
  }

  /** Clicks into `text`, at its start. */
  async caretAt(text: string): Promise<void> {
    await this.word(text).click({ position: { x: 4, y: 6 } });
  }

  /** Types at the cursor. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Replaces the whole text by pasting over it: typed text would be indented and closed on the way. */
  async replaceAll(text: string): Promise<void> {
    await this.#page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.#root.locator('.view-lines').click();
    // A save that came before the paste would save the old text.
    const position = this.#page.locator('.statusbar-item', { hasText: /^Ln \d+, Col \d+/ });
    await this.#page.keyboard.press('Control+a');
    if ((await this.text()).trim() !== '') await position.filter({ hasText: 'selected' }).waitFor();
    await this.#page.keyboard.press('Control+v');
    const lines = text.split('\n');
    const end = `Ln ${lines.length}, Col ${(lines.at(-1) ?? '').length + 1}`;
    await position.filter({ hasText: new RegExp(`^${end}$`) }).waitFor();
  }

  async save(): Promise<void> {
    await this.#page.keyboard.press('Control+s');
    await this.#page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  /** What is underlined, in order; waits until there is something. */
  async squiggles(): Promise<readonly Squiggle[]> {
    await this.#root.locator('[class*="squiggly-"]').first().waitFor();
    return squigglesIn(this.#root);
  }

  /** Waits until exactly this is underlined and nothing else is, or fails with what is. */
  async underlines(expected: readonly Squiggle[], timeoutMs = 10_000): Promise<void> {
    const wanted = JSON.stringify(expected);
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = JSON.stringify(await squigglesIn(this.#root));
      if (found === wanted) return;
      if (Date.now() > end) throw new Error(`Underlined:\n${found}\nexpected:\n${wanted}`);
      await this.#page.waitForTimeout(100);
    }
  }

  /** Rests the mouse on `text` and returns the hover that holds `expected`. */
  async hover(text: string, expected: string | RegExp): Promise<Locator> {
    const hover = this.#page.locator('.monaco-hover:visible', { hasText: expected }).first();
    for (let attempt = 0; attempt < 4; attempt++) {
      await this.#page.mouse.move(5, 5);
      await this.word(text).hover({ position: { x: 6, y: 8 } });
      if (await appears(hover, 3_000)) return hover;
    }
    await hover.waitFor({ timeout: 1_000 });
    return hover;
  }

  /** Clicks a link in the hover on `text`. The hover goes when the text below it moves: then it is called again. */
  async followHover(text: string, expected: string | RegExp, link: string): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const target = (await this.hover(text, expected)).locator('a', { hasText: link }).first();
      if (await succeeds(target.click({ timeout: 3_000 }))) return;
    }
    throw new Error(`The hover did not stay long enough to click ${link}.`);
  }

  /** Titles of the quick fixes at `text`; leaves the list open. */
  async quickFixes(text: string): Promise<readonly string[]> {
    await this.caretAt(text);
    const rows = this.#page.locator('.action-widget .monaco-list-row.action');
    // Asked before the server has answered, the editor says there is nothing and asks no more.
    for (let attempt = 0; attempt < 4; attempt++) {
      await this.#page.keyboard.press('Control+.');
      if (await appears(rows.first(), 2_500)) break;
    }
    await rows.first().waitFor({ timeout: 1_000 });
    return (await rows.allInnerTexts()).map((row) => row.trim());
  }

  /** Applies the quick fix of this title at `text`. By keyboard: the list shuts the mouse out for a while. */
  async quickFix(text: string, title: string): Promise<void> {
    const titles = await this.quickFixes(text);
    const index = titles.indexOf(title);
    if (index < 0) throw new Error(`There is no fix "${title}", only: ${titles.join(', ')}.`);
    const rows = this.#page.locator('.action-widget .monaco-list-row.action');
    const row = rows.nth(index);
    for (let step = 0; step < titles.length; step++) {
      if (((await row.getAttribute('class')) ?? '').includes('focused')) break;
      await this.#page.keyboard.press('ArrowDown');
    }
    await this.#page.keyboard.press('Enter');
    await rows.first().waitFor({ state: 'detached' });
  }

  /** A code lens in sight, once it is there. Scroll first: lenses below the fold are not made. */
  async lens(title: string | RegExp): Promise<Locator> {
    const lens = this.#root.locator('.codelens-decoration a', { hasText: title }).first();
    await lens.waitFor();
    return lens;
  }

  /** The code lenses in sight, top to bottom. */
  async lenses(): Promise<readonly string[]> {
    const lenses = this.#root.locator('.codelens-decoration a');
    await lenses.first().waitFor();
    return (await lenses.allInnerTexts()).map((text) => text.trim());
  }

  /** Clicks a lens; lenses are made anew at every change of the text, so one click may meet thin air. */
  async pressLens(title: string | RegExp): Promise<void> {
    const lens = await this.lens(title);
    await this.#page.waitForTimeout(200);
    await lens.click();
  }

  /** Right-clicks `text`. */
  async openContextMenu(text: string): Promise<void> {
    await this.word(text).click({ button: 'right', position: { x: 4, y: 6 } });
  }

  /** Right-clicks `text` and chooses an entry. */
  async contextMenu(text: string, item: string | RegExp): Promise<void> {
    await this.openContextMenu(text);
    await this.#menu.pick(item);
  }

  #activeTab(): Locator {
    return this.#page.locator('.editor-group-container.active .tab.active');
  }
}
