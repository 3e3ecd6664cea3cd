/** A VS Code window with one of two extensions in it, driven by what is on the screen, and a probe beside it. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { run } from '../harness/processes.ts';
import { openBrowser } from '../harness/vscode/browser.ts';
import type { VSCodeServer } from '../harness/vscode/server.ts';
import { type Block, blocksOf } from './blocks.ts';
import type { ProbeAddress, ProbeProblem, ProbeProfile } from './official-probe.ts';
import { appears } from '../ui/parts/waits.ts';
import { buildProbe } from './probe.ts';

const root = join(import.meta.dirname, '../..');

/** Rows from the top of the tree down: a row of one level below a row of the level above. */
export type Path = readonly RegExp[];

/** Makes a folder with a package.json into a .vsix. */
async function pack(folder: string): Promise<string> {
  const vsix = `${folder}.vsix`;
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  await run(process.execPath, [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', ...flags], {
    cwd: folder,
  });
  return vsix;
}

/** Packed: without VS Code's driver for tests nothing but installed extensions is loaded. */
export async function packedProbe(folder: string, report: string): Promise<string> {
  return pack(await buildProbe(folder, 'official-probe.ts', { report }));
}

/** An extension that does nothing but be there for another that wants it. */
export async function packedStandIn(folder: string, publisher: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    ...{ name, publisher, version: '99.0.0', main: 'main.cjs' },
    engines: { vscode: '^1.106.0' },
    activationEvents: [],
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const api = 'exports.activate = () => ({ registerContributor: () => true });\n';
  await writeFile(join(folder, 'main.cjs'), api);
  return pack(folder);
}

/** An extension that shows the pods of a path of rows, known beforehand: what VS Code itself takes to show as many. */
export async function packedRows(folder: string, path: readonly string[], count: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    ...{ name: 'rows', publisher: 'bench', version: '1.0.0', main: 'main.cjs' },
    engines: { vscode: '^1.106.0' },
    contributes: {
      viewsContainers: { activitybar: [{ id: 'rows', title: rowsView, icon: '$(list-tree)' }] },
      views: { rows: [{ id: 'rows.clusters', name: 'Clusters' }] },
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const main = `
    const vscode = require('vscode');
    const path = ${JSON.stringify(path)};
    const getChildren = (level = 0) =>
      level < path.length ? [level + 1] : [...Array(${count})].map((_, index) => 'shop-' + index);
    const getTreeItem = (row) =>
      typeof row === 'string'
        ? new vscode.TreeItem(row)
        : new vscode.TreeItem(path[row - 1], vscode.TreeItemCollapsibleState.Collapsed);
    exports.activate = () =>
      vscode.window.createTreeView('rows.clusters', { treeDataProvider: { getChildren, getTreeItem } });
  `;
  await writeFile(join(folder, 'main.cjs'), main);
  return pack(folder);
}

/** What the activity bar calls them. */
export const rowsView = 'Known Rows';

export class ProbedWindow {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #address: ProbeAddress;

  private constructor(browser: Browser, page: Page, address: ProbeAddress) {
    this.#browser = browser;
    this.page = page;
    this.#address = address;
  }

  /** `report`: where the probe writes its address. */
  static async open(server: VSCodeServer, folder: string, report: string): Promise<ProbedWindow> {
    await rm(report, { force: true });
    const { browser, page } = await openBrowser(1400, 1600);
    try {
      page.setDefaultTimeout(60_000);
      await page.goto(server.url(folder));
      await page.locator('.monaco-workbench').waitFor();
      for (const end = Date.now() + 120_000; !existsSync(report); await sleep(100)) {
        if (Date.now() > end) throw new Error('The probe was not started.');
      }
      return new ProbedWindow(browser, page, JSON.parse(await readFile(report, 'utf8')) as ProbeAddress);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** The extension host's. */
  get pid(): number {
    return this.#address.pid;
  }

  async heapMb(): Promise<number> {
    return ((await this.#ask('heap')) as { mb: number }).mb;
  }

  async openFile(file: string): Promise<void> {
    await this.#ask('open', file);
  }

  async problems(file: string): Promise<readonly ProbeProblem[]> {
    return (await this.#ask('problems', file)) as readonly ProbeProblem[];
  }

  async startProfile(): Promise<void> {
    await this.#ask('start');
  }

  /** What ran without a break since `startProfile` for an extension, the longest first. */
  async blocks(isTheirs: (url: string) => boolean): Promise<readonly Block[]> {
    const { profile, processor } = (await this.#ask('stop')) as ProbeProfile;
    return blocksOf(profile, processor, isTheirs);
  }

  /** Shows a view container, or hides it when it is shown. */
  async toggleView(name: string): Promise<void> {
    await this.page
      .locator('.activitybar .action-item', { has: this.page.locator(`a[aria-label^="${name}"]`) })
      .first()
      .click();
  }

  async expand(path: Path): Promise<void> {
    for (const [index, text] of path.entries()) {
      const row = this.row(text, index + 1);
      await row.waitFor();
      // A row drawn anew at this moment does not hear the click.
      for (let attempt = 0; attempt < 5; attempt++) {
        if ((await row.getAttribute('aria-expanded')) === 'true') break;
        await row.locator('.monaco-tl-twistie').click();
        if (await appears(row.and(this.page.locator('[aria-expanded="true"]')), 3_000)) break;
      }
    }
  }

  async collapse(text: RegExp, level: number): Promise<void> {
    await this.row(text, level).locator('.monaco-tl-twistie').click();
  }

  row(text: RegExp, level: number): Locator {
    return this.#rows
      .and(this.page.locator(`[aria-level="${level}"]`))
      .filter({ hasText: text })
      .first();
  }

  /** Labels of the rows in sight, without what is said beside them. */
  labels(): Promise<readonly string[]> {
    return this.#rows.locator('.label-name').allInnerTexts();
  }

  /** What all rows in sight say. */
  async texts(): Promise<readonly string[]> {
    return (await this.#rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /** What slid in at the bottom right. */
  notifications(): Promise<readonly string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  async chooseInMenu(row: Locator, entry: RegExp): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.locator('.context-view .monaco-menu .action-item', { hasText: entry }).first();
    await item.waitFor();
    // A menu that just opened ignores clicks for a moment.
    await this.page.waitForTimeout(500);
    await item.click();
  }

  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    await input.waitFor({ state: 'visible' });
    // What checks the answer may have to ask the cluster first.
    await this.page.waitForTimeout(2_000);
    await input.fill(text);
    await this.page.waitForTimeout(1_000);
    await input.press('Enter');
  }

  get #rows(): Locator {
    return this.page.locator('.sidebar .pane:has(.pane-header[aria-label^="Clusters"]) .monaco-list-row');
  }

  async #ask(name: string, file = ''): Promise<object> {
    const { port } = this.#address;
    const answer = await fetch(`http://127.0.0.1:${port}/${name}?file=${encodeURIComponent(file)}`);
    if (!answer.ok) throw new Error(`The probe failed: ${await answer.text()}`);
    return (await answer.json()) as object;
  }
}
