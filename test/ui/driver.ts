/**
 * Drives the real VS Code as a person does: by what is on the screen.
 *
 * ```ts
 * const ui = uiSuite('Deploy', { workspace: 'examples/shop', env: () => ({ KUBECONFIG: cluster.kubeconfig }) });
 *
 * ui.test('a finding is underlined', async (vscode) => {
 *   await vscode.openFile('k8s/web.yaml');
 *   await vscode.editor.underlines([{ severity: 'error', line: 12, text: '500Mb' }]);
 *   await vscode.editor.quickFix('500Mb', 'Change to 500Mi');
 * });
 * ```
 *
 * One window serves the tests of a file, in order (suite.ts). The extension is the packed one, installed into a
 * VS Code server with a fresh home, and the workspace is a copy on disk: `vscode.read('k8s/web.yaml')`.
 *
 * | to                                | call                                                              |
 * | --------------------------------- | ----------------------------------------------------------------- |
 * | run a command                     | `palette('Elastic: Scale…')`                                      |
 * | answer picks and input boxes      | `quickInput.opened('Scale web'); .type('3'); .message(…); .accept()` |
 * | read or edit the file in front    | `editor.text() .goTo(12) .word('nginx') .replaceAll(…) .save()`   |
 * | see findings                      | `editor.underlines([…]) .hover('128m', /128Mi/) .quickFix(…)`, `panel.problems()` |
 * | see and press code lenses         | `editor.lenses() .pressLens('Scale…')`                            |
 * | use the Explorer                  | `explorer.row('web.yaml')`, `.contextMenu('web.yaml', 'Deploy…')` |
 * | use a tree of ours                | `openView('Elastic Containers')`, then `tree('Clusters').path('dev', 'shop')`, `.press('web', 'Scale…')` |
 * | hear what it says                 | `notifications.shown(/web v2/) .press(text, button) .answer(dialog, button)` |
 * | read the status bar               | `statusBar('dev / shop')`                                         |
 * | look into a webview               | `(await webview('#pods')).locator('#pods')`: a frame, use it like a page |
 * | read terminals and output         | `panel.terminal(/pushed/)`, `panel.output('Elastic Containers', /connected/)` |
 * | try all themes                    | `for (const theme of themes) { await setTheme(theme); await screenshot(`replicas-${theme}`); }` |
 *
 * Rules that keep tests steady: wait for what a person would wait for, never for time; match words, not markup;
 * everything that takes a text takes a pattern too. Every wait ends after 15 s unless it says otherwise, and its
 * error names what was missing. `page` is Playwright's, for what is not here: add it here rather than there.
 *
 * What the page complains about in its console is kept in `consoleErrors`; suite.ts fails a suite whose window
 * logged an error of ours. After a failure out/failure holds a screenshot, the logs and Playwright's trace
 * (`npx playwright-core show-trace trace.zip`; `ELASTIC_UI_TRACE=full` records every step's picture in it).
 */
import { cp, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { type BrowserWindow, openBrowser } from '../harness/vscode/browser.ts';
import { chosenEdition, type Edition, type Theme } from '../harness/vscode/editions.ts';
import { provision } from '../harness/vscode/provision.ts';
import { VSCodeServer } from '../harness/vscode/server.ts';
import { packedExtension } from '../harness/vscode/vsix.ts';
import { Editor } from './parts/editor.ts';
import { Menu } from './parts/menu.ts';
import { Notifications } from './parts/notifications.ts';
import { Panel } from './parts/panel.ts';
import { QuickInput } from './parts/quick-input.ts';
import { Tree } from './parts/tree.ts';
import { succeeds } from './parts/waits.ts';

const projectRoot = join(import.meta.dirname, '../..');

/** How VS Code's list of themes names them. */
const themeLabels: Readonly<Record<Theme, string>> = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'hc-dark': 'Dark High Contrast',
  'hc-light': 'Light High Contrast',
};

export interface WorkbenchOptions {
  /** Folder to open a copy of, from the project's root. */
  readonly workspace: string;
  /** Environment of the extension: KUBECONFIG, DOCKER_HOST … A value of undefined unsets. */
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False: the folder is opened as VS Code opens a stranger's, in Restricted Mode. */
  readonly trusted?: boolean;
  /** Size of the window. */
  readonly width?: number;
  readonly height?: number;
}

/** A VS Code window with the extension installed. */
export class Workbench {
  readonly edition: Edition;
  readonly page: Page;
  /** The copy of the workspace, on disk. */
  readonly folder: string;
  readonly menu: Menu;
  readonly editor: Editor;
  readonly quickInput: QuickInput;
  readonly panel: Panel;
  readonly notifications: Notifications;
  readonly explorer: Tree;
  readonly #window: BrowserWindow;
  readonly #server: VSCodeServer;

  private constructor(edition: Edition, window: BrowserWindow, server: VSCodeServer, folder: string) {
    const { page } = window;
    this.edition = edition;
    this.page = page;
    this.folder = folder;
    this.#window = window;
    this.#server = server;
    this.menu = new Menu(page);
    this.editor = new Editor(page, this.menu);
    this.quickInput = new QuickInput(page);
    this.panel = new Panel(page, this.quickInput, (command) => this.palette(command));
    this.notifications = new Notifications(page);
    this.explorer = new Tree(page, this.menu, page.locator('.explorer-folders-view'));
  }

  /** Starts a server, a browser, and opens a copy of the workspace; ready when the Explorer shows its files. */
  static async launch(options: WorkbenchOptions): Promise<Workbench> {
    const edition = chosenEdition();
    const server = await VSCodeServer.start({
      installation: await provision(edition),
      extensions: [await packedExtension()],
      settings: {
        'workbench.colorTheme': edition.themes.dark,
        'window.title': '${activeEditorShort}${separator}${rootName}',
        ...options.settings,
      },
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.trusted === undefined ? {} : { trusted: options.trusted }),
    });
    const folder = await copyWorkspace(options.workspace, server.folder);
    const window = await openBrowser(options.width, options.height);
    window.page.setDefaultTimeout(15_000);
    const full = process.env['ELASTIC_UI_TRACE'] === 'full';
    await window.context.tracing.start({ screenshots: full, snapshots: full });
    const workbench = new Workbench(edition, window, server, folder);
    try {
      await window.page.goto(server.url(folder));
      // A pod's network that comes up at this moment makes the browser give up what it loads (ERR_NETWORK_CHANGED).
      const begins = window.page.locator('.monaco-workbench').waitFor({ timeout: 30_000 });
      if (!(await succeeds(begins))) await window.page.goto(server.url(folder));
      await workbench.#opened();
    } catch (error) {
      await workbench.keepTraces('launch');
      await workbench.close();
      throw error;
    }
    return workbench;
  }

  async close(): Promise<void> {
    await this.#window.browser.close();
    await this.#server.stop();
  }

  /**
   * Loads the window anew: a new extension host on the same server. By VS Code's own command, which first puts by
   * what extensions gave it to remember; the browser's does not.
   */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.palette('Developer: Reload Window');
    await loaded;
    await this.page.locator('.monaco-workbench .sidebar .monaco-list').first().waitFor({ timeout: 60_000 });
  }

  /** Runs a command by its title. */
  async palette(command: string): Promise<void> {
    // A palette opened before the extensions were read never learns of their commands: it is opened again.
    for (const patience of [5_000, 5_000, 15_000]) {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      if (!(await this.quickInput.comes(patience))) continue;
      await this.quickInput.type(`>${command}`);
      if (await this.quickInput.offers(command, patience)) return this.quickInput.pick(command);
    }
    throw new Error(`The palette does not offer ${command}.`);
  }

  /** Opens a file of the workspace by its path. */
  async openFile(path: string): Promise<void> {
    const name = basename(path);
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Control+p');
    await this.quickInput.type(path);
    await this.quickInput.pick(name);
    await this.editor.shows(name);
  }

  async closeEditors(): Promise<void> {
    await this.palette('View: Close All Editors');
    await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  }

  /** Shows a view container of the activity bar by its name. */
  async openView(name: string): Promise<void> {
    const entry = this.page.locator('.activitybar .action-item', {
      has: this.page.locator(`a[aria-label^="${name}"]`),
    });
    if (!((await entry.first().getAttribute('class')) ?? '').includes('checked')) await entry.first().click();
    await this.page.locator('.sidebar .composite.title', { hasText: new RegExp(name, 'i') }).waitFor();
  }

  /** A tree of the side bar by the name of its view. */
  tree(view: string): Tree {
    const pane = this.page.locator('.sidebar .pane', {
      has: this.page.locator(`.pane-header[aria-label^="${view}"]`),
    });
    return new Tree(this.page, this.menu, pane);
  }

  /** What a view shows while its tree is empty. */
  async welcome(text: string | RegExp): Promise<Locator> {
    const welcome = this.page.locator('.sidebar .welcome-view-content', { hasText: text });
    await welcome.waitFor();
    return welcome;
  }

  /** Presses a button in a view's title bar, which shows while the mouse is on it. */
  async viewAction(view: string, action: string | RegExp): Promise<void> {
    const header = this.page.locator(
      `.sidebar .pane-header[aria-label^="${view}"], .sidebar .composite.title`,
    );
    await header.first().hover();
    await this.page.locator('.sidebar').getByRole('button', { name: action }).first().click();
  }

  /** An entry of the status bar with this text, once it is there. */
  async statusBar(text: string | RegExp): Promise<Locator> {
    const item = this.page.locator('.statusbar-item', { hasText: text }).first();
    await item.waitFor();
    return item;
  }

  /**
   * The inside of the webview that holds an element matching `selector`, once it is there. Several may be open,
   * and VS Code nests each in two frames that come and go: all are looked at until one fits.
   */
  async webview(selector: string, timeoutMs = 15_000): Promise<Frame> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      for (const frame of this.page.frames().filter((one) => one !== this.page.mainFrame())) {
        if ((await countIn(frame, selector)) > 0) return frame;
      }
      if (Date.now() > end) throw new Error(`No webview holds ${selector}.`);
      await this.page.waitForTimeout(100);
    }
  }

  /** Changes user settings in the editor for them: the window does not watch their file on disk. */
  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const text = this.#server.settingsWith(settings);
    await this.palette('Preferences: Open User Settings (JSON)');
    await this.editor.shows('settings.json');
    await this.editor.replaceAll(text);
    await this.editor.save();
    await this.palette('View: Close Editor');
  }

  /** Changes the colour theme and waits until it is on the screen. */
  async setTheme(theme: Theme): Promise<void> {
    // A later `set` writes all settings anew, this one too.
    this.#server.settingsWith({ 'workbench.colorTheme': this.edition.themes[theme] });
    await this.palette('Preferences: Color Theme');
    await this.quickInput.opened();
    await this.quickInput.type(themeLabels[theme]);
    await this.quickInput.pick(themeLabels[theme]);
    const kind = { light: 'vs', dark: 'vs-dark', 'hc-dark': 'hc-black', 'hc-light': 'hc-light' }[theme];
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** Text of a file of the workspace as it is on disk. */
  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  /** Writes a file of the workspace on disk, behind the editor's back. */
  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), text);
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** What the page and the extension wrote to the console as errors, a line each. */
  get consoleErrors(): readonly string[] {
    return this.#window.printed.filter((line) => line.startsWith('[error]'));
  }

  /** Hosts beyond this machine the window asked for (all were refused). */
  get refusedHosts(): ReadonlySet<string> {
    return this.#window.refused;
  }

  /** Log files by name: the server's, the extension host's, the extension's own. */
  logs(): Promise<ReadonlyMap<string, string>> {
    return this.#server.logs();
  }

  /**
   * A picture in out/screenshots, of the window or of a part of it. With `ELASTIC_SCREENSHOTS=media` those the
   * README shows are renewed in media/screenshots as well, in the newest edition.
   */
  async screenshot(name: string, part?: Locator): Promise<void> {
    // The mouse rests where it acted last; what shows only under it would be in the picture.
    const picture = await (part ?? this.page).screenshot({ animations: 'disabled', caret: 'hide' });
    const folders = [join(projectRoot, 'out/screenshots', this.edition.name)];
    const media = process.env['ELASTIC_SCREENSHOTS'] === 'media' && this.edition.name === 'newest';
    if (media && (await readFile(join(projectRoot, 'README.md'), 'utf8')).includes(`/${name}.png)`)) {
      folders.push(join(projectRoot, 'media/screenshots'));
    }
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.png`), picture);
    }
  }

  /** Puts all that helps to understand a failure into out/failure/<name>. */
  async keepTraces(name: string): Promise<string> {
    const folder = join(projectRoot, 'out/failure', `ui-${this.edition.name}-${name.replace(/\W+/g, '-')}`);
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, 'window.png') });
    await this.#window.context.tracing.stop({ path: join(folder, 'trace.zip') });
    await this.#window.context.tracing.start();
    await writeFile(join(folder, 'console.txt'), this.#window.printed.join('\n'));
    for (const [file, text] of await this.logs()) {
      await mkdir(dirname(join(folder, 'logs', file)), { recursive: true });
      await writeFile(join(folder, 'logs', file), text);
    }
    return folder;
  }

  async #opened(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  }
}

async function copyWorkspace(workspace: string, into: string): Promise<string> {
  const folder = join(await realpath(into), 'workspace', basename(workspace));
  await cp(join(projectRoot, workspace), folder, { recursive: true });
  return folder;
}

/** A frame may go while it is asked; then it holds nothing. */
async function countIn(frame: Frame, selector: string): Promise<number> {
  try {
    return await frame.locator(selector).count();
  } catch (error) {
    if (frame.isDetached() || /detached|destroyed|navigat/i.test(String(error))) return 0;
    throw error;
  }
}
