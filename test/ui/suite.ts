import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chosenEdition } from '../harness/vscode/editions.ts';
import { Workbench, type WorkbenchOptions } from './driver.ts';

export interface UiSuiteOptions extends Omit<WorkbenchOptions, 'env'> {
  /** Runs before the window opens: starts a cluster, an engine. What it returns is the extension's environment. */
  readonly env?: () => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv>;
  /** What the tests provoke: VS Code writes each error notification to the console as well. */
  readonly expectedErrors?: readonly RegExp[];
  /** Runs after the window has closed. */
  readonly cleanUp?: () => void | Promise<void>;
}

export interface UiTests {
  /** A test on the suite's window; tests share it and run in order. */
  test(name: string, run: (vscode: Workbench) => Promise<void>): void;
}

/** Errors that VS Code itself logs in this set-up, with or without an extension. */
const knownComplaints = [/Failed to load resource/, /net::ERR_/];

/**
 * How complaints about us name us. Not every line that does: VS Code logs the sentences of notifications as well, and
 * what it cannot read of its own stands in the cache of the bench, whose name holds ours.
 */
const ourName = /elastic-containers(?!-bench)|'elastic\./i;

/**
 * A suite of tests on one VS Code window. A test that fails leaves its traces in out/failure. At the end nothing
 * of ours may have complained in the console and nothing may have asked for a host beyond this machine.
 */
export function uiSuite(name: string, options: UiSuiteOptions, define: (ui: UiTests) => void): void {
  const edition = chosenEdition();
  describe(`${name} (VS Code ${edition.version})`, () => {
    let vscode: Workbench | undefined;
    const window = (): Workbench => {
      assert.ok(vscode, 'The window did not open.');
      return vscode;
    };
    before(async () => {
      const { env, cleanUp: _, expectedErrors: __, ...rest } = options;
      vscode = await Workbench.launch({ ...rest, ...(env === undefined ? {} : { env: await env() }) });
    });
    after(async () => {
      await vscode?.close();
      await options.cleanUp?.();
    });
    define({
      test: (title, run) => {
        test(title, async (context) => {
          try {
            await run(window());
          } catch (error) {
            const folder = await vscode?.keepTraces(`${name} ${title}`);
            if (folder !== undefined) context.diagnostic(`traces: ${folder}`);
            throw error;
          }
        });
      },
    });
    test('nothing of ours complained in the console, nothing called out', () => {
      const expected = [...knownComplaints, ...(options.expectedErrors ?? [])];
      const ours = window().consoleErrors.filter((line) => !expected.some((known) => known.test(line)));
      assert.deepEqual(
        ours.filter((line) => ourName.test(line)),
        [],
      );
      assert.deepEqual([...window().refusedHosts], []);
    });
  });
}
