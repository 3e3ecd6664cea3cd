/** Entry of the tests that run inside the extension host: VS Code requires the bundle of this file and calls `run`. */
import { writeFile } from 'node:fs/promises';
import Mocha from 'mocha';
import type { HostResult } from '../report.ts';
import { takeNotes } from './notes.ts';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: 'spec' });
  const wanted = process.env['ELASTIC_HOST_GREP'];
  if (wanted !== undefined) mocha.grep(new RegExp(wanted));
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./suites.ts');
  const results: HostResult[] = [];
  const keep = (test: Mocha.Runnable, error: Error | null): void => {
    const title = test.titlePath();
    const failure = error === null ? null : (error.stack ?? error.message);
    results.push({ title, ms: test.duration ?? 0, notes: takeNotes(), error: failure });
  };
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => keep(test, null))
      .on('fail', (test, error: Error) => keep(test, error))
      .on('pending', (test) => keep(test, new Error('A test without a body proves nothing.')));
  });
  const report = process.env['ELASTIC_HOST_REPORT'];
  if (report !== undefined) await writeFile(report, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} failed`);
}
