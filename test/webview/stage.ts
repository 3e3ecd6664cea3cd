import './words.ts';
import { build } from 'esbuild';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { replicaHtml } from '../../src/features/replicas/html.ts';
import type {
  FromReplicaPage,
  PageWorkload,
  ReplicaPage,
  ReplicaPageState,
} from '../../src/webview/protocol.ts';
import { type BrowserWindow, openBrowser } from '../harness/vscode/browser.ts';
import { now, workload } from './fixtures.ts';
import { type ThemeName, themes } from './themes.ts';

const { replicaTexts } = await import('../../src/features/replicas/texts.ts');

const root = join(import.meta.dirname, '../..');
const pictures = join(root, 'out/screenshots/webview');

export interface ShowOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly kept?: ReplicaPageState;
  readonly workload?: PageWorkload;
}

/** What the page does to the editor around it; kept by a stand-in for `acquireVsCodeApi`. */
interface Around {
  readonly posted: FromReplicaPage[];
  kept: ReplicaPageState | undefined;
}

/** The replica page on a stage: its real shell, script, stylesheet and policy, with the editor's part played. */
export class Stage {
  readonly page: Page;
  readonly #window: BrowserWindow;
  readonly #server: Server;
  readonly #violations: string[] = [];
  #version = 0;

  private constructor(window: BrowserWindow, server: Server) {
    this.#window = window;
    this.#server = server;
    this.page = window.page;
  }

  /** Builds the page as the extension's build does, and opens a browser for it. */
  static async open(): Promise<Stage> {
    const { outputFiles } = await build({
      entryPoints: [join(root, 'src/webview/replicas/main.ts')],
      tsconfig: join(root, 'src/webview/tsconfig.json'),
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'iife',
      target: 'es2023',
      write: false,
    });
    const files = new Map([
      ['/replicas.js', { type: 'text/javascript', body: outputFiles[0]?.text ?? '' }],
      ['/replicas.css', { type: 'text/css', body: await readFile(join(root, 'media/replicas.css'), 'utf8') }],
    ]);
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const file = files.get(url.pathname);
      if (file !== undefined) response.setHeader('content-type', file.type).end(file.body);
      else
        response.setHeader('content-type', 'text/html').end(shell(server, url.searchParams.get('workload')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stage = new Stage(await openBrowser(), server);
    await stage.#rig();
    return stage;
  }

  /** Console errors and policy violations since the stage was opened. */
  get complaints(): readonly string[] {
    return [...this.#violations, ...this.#window.printed.filter((line) => line.startsWith('[error]'))];
  }

  async #rig(): Promise<void> {
    await this.page.clock.install({ time: now - 1_000 });
    await this.page.clock.pauseAt(now);
    await this.page.exposeFunction('reportViolation', (text: string) => void this.#violations.push(text));
    await this.page.addInitScript(() => {
      const bench = window as unknown as {
        around: Around;
        acquireVsCodeApi(): unknown;
        reportViolation(text: string): void;
      };
      const kept = sessionStorage.getItem('kept');
      bench.around = { posted: [], kept: kept === null ? undefined : (JSON.parse(kept) as ReplicaPageState) };
      bench.acquireVsCodeApi = () => ({
        postMessage: (message: FromReplicaPage) => void bench.around.posted.push(message),
        getState: () => bench.around.kept,
        setState: (state: ReplicaPageState) => void (bench.around.kept = state),
      });
      document.addEventListener('securitypolicyviolation', (event) =>
        bench.reportViolation(`${event.violatedDirective}: ${event.blockedURI}`),
      );
    });
  }

  /** Opens the page anew and, when given, sends it a state. */
  async show(state: ReplicaPage | null, options: ShowOptions = {}): Promise<void> {
    const { theme = 'dark', width = 1000, height = 760 } = options;
    await this.page.clock.setSystemTime(now);
    await this.page.setViewportSize({ width, height });
    await this.page.goto(`${this.#origin}/blank`);
    await this.page.evaluate(
      (kept) => {
        if (kept === null) sessionStorage.removeItem('kept');
        else sessionStorage.setItem('kept', kept);
      },
      options.kept === undefined ? null : JSON.stringify(options.kept),
    );
    await this.page.goto(
      `${this.#origin}/?workload=${encodeURIComponent(JSON.stringify(options.workload ?? workload))}`,
    );
    await this.#dress(theme);
    this.#version = 0;
    if (state !== null) await this.send(state);
  }

  /** Sends a state as the extension does, and waits until it is drawn. */
  async send(page: ReplicaPage, version = (this.#version += 1)): Promise<void> {
    await this.page.evaluate(
      (data) => {
        const heard = new Promise((done) => window.addEventListener('message', done, { once: true }));
        window.postMessage(data, '*');
        return heard.then(() => undefined);
      },
      { type: 'page', version, page },
    );
  }

  /** What the page told the extension since it was opened. */
  posted(): Promise<readonly FromReplicaPage[]> {
    return this.page.evaluate(() => (window as unknown as { around: Around }).around.posted);
  }

  kept(): Promise<ReplicaPageState | undefined> {
    return this.page.evaluate(() => (window as unknown as { around: Around }).around.kept);
  }

  async picture(name: string): Promise<void> {
    await mkdir(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#window.browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sets the theme the way VS Code does: variables on the root element, a class on the body. */
  async #dress(theme: ThemeName): Promise<void> {
    await this.page.evaluate(({ kind, variables }) => {
      for (const [name, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
      document.documentElement.style.background = variables['editor-background'] ?? '';
      document.body.className = kind;
    }, themes[theme]);
  }
}

function shell(server: Server, workloadText: string | null): string {
  if (workloadText === null) return '<!DOCTYPE html>';
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return replicaHtml({
    script: `${origin}/replicas.js`,
    style: `${origin}/replicas.css`,
    source: origin,
    language: 'en',
    title: 'web · Replica status',
    workload: JSON.parse(workloadText) as PageWorkload,
    texts: replicaTexts(),
  });
}
