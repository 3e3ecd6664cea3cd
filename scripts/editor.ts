import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Report } from '../test/harness/cache.ts';
import { run } from '../test/harness/processes.ts';
import type { Run } from '../test/harness/runs.ts';
import { editions } from '../test/harness/vscode/editions.ts';
import { provision } from '../test/harness/vscode/provision.ts';
import { VSCodeServer } from '../test/harness/vscode/server.ts';
import { packedExtension } from '../test/harness/vscode/vsix.ts';

const ROOT = join(import.meta.dirname, '..');

export interface EditorRequest {
  readonly folder: string;
  /** Opened first; a path below the folder. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Owns what is started. */
  readonly run: Run;
  readonly report: Report;
}

export interface OpenEditor {
  /** Where it is, for people. */
  readonly place: string;
  /** Resolves when the person has closed it, or it ended by itself. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/** The desktop editor of this machine: `$VSCODE`, else `code` on the PATH; null where there is none. */
export function desktopEditor(env: NodeJS.ProcessEnv): string | null {
  const named = env['VSCODE'];
  if (named !== undefined && named !== '') return named;
  // In a terminal of a remote window `code` only speaks to that window: it cannot load an extension from source.
  if (env['VSCODE_IPC_HOOK_CLI'] !== undefined) return null;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync) ?? null;
}

/** Opens the desktop editor with settings of its own, so that this machine's windows are left as they are. */
export async function openDesktop(editor: string, request: EditorRequest): Promise<OpenEditor> {
  const { folder, file, env, report } = request;
  report('building the extension');
  await run(process.execPath, ['esbuild.mjs'], { cwd: ROOT });
  const data = join(request.run.folder, 'editor');
  await mkdir(join(data, 'User'), { recursive: true });
  await writeFile(join(data, 'User/settings.json'), JSON.stringify({ 'workbench.startupEditor': 'none' }));
  const daemon = request.run.start(
    'editor',
    editor,
    [
      ...['--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
      ...['--user-data-dir', data, `--extensionDevelopmentPath=${ROOT}`],
      // Chromium refuses to run as root with its sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...[folder, join(folder, file)],
    ],
    env,
  );
  return { place: `VS Code (${editor})`, closed: daemon.exited, stop: () => Promise.resolve() };
}

/** Settings of the tests that a person would miss. */
const comfortable = {
  'breadcrumbs.enabled': undefined,
  'editor.minimap.enabled': undefined,
  'editor.stickyScroll.enabled': undefined,
  'files.hotExit': undefined,
  'git.enabled': undefined,
  'terminal.integrated.gpuAcceleration': undefined,
  'window.title': '${activeEditorShort}${separator}${rootName}',
  'workbench.reduceMotion': undefined,
};

/** Opens VS Code in the browser; where there is no screen, says where to find it. */
export async function openInBrowser({ folder, file, env, report }: EditorRequest): Promise<OpenEditor> {
  const edition = editions.newest;
  const installation = await provision(edition, report);
  report('building the extension');
  const server = await VSCodeServer.start({
    installation,
    extensions: [await packedExtension()],
    settings: { ...comfortable, 'workbench.colorTheme': edition.themes.dark },
    token: randomBytes(16).toString('hex'),
    env,
  });
  const url = server.url(folder, [['openFile', server.remote(join(folder, file))]]);
  showPage(url);
  return { place: url, closed: server.exited, stop: () => server.stop() };
}

function showPage(url: string): void {
  const { env } = process;
  const hasScreen =
    process.platform === 'darwin' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined;
  if (!hasScreen) return;
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  // The address is printed all the same.
  child.on('error', () => undefined);
  child.unref();
}
