import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Chromium as the operating system has it; `CHROMIUM` names another. */
const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export interface BrowserWindow {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Hosts outside this machine the page asked for, all refused. */
  readonly refused: ReadonlySet<string>;
  /** What the page wrote to its console, a line each: `[error] …`. */
  readonly printed: string[];
}

/** A headless browser with one page. It dies with this process: it is steered by a pipe. */
export async function openBrowser(width = 1400, height = 900): Promise<BrowserWindow> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  const context = await browser.newContext({
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const refused = new Set<string>();
  // Only what leaves the machine is intercepted: a page whose own requests pass through here loses its WebSockets.
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1',
    (route) => {
      refused.add(new URL(route.request().url()).hostname);
      return route.abort();
    },
  );
  const page = await context.newPage();
  const printed: string[] = [];
  page.on('console', (message) => void printed.push(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => void printed.push(`[error] ${error.stack ?? error.message}`));
  return { browser, context, page, refused, printed };
}
