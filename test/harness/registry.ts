import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pushBenchImages } from './images.ts';
import { freePorts } from './ports.ts';
import { openRun, type Run, type RunOwner } from './runs.ts';

/** A registry on loopback, which clients speak plain HTTP to, with `pause:1`, `app:1` and `app:2` in it. */
export interface Registry {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  stop(): Promise<void>;
}

export async function startRegistry(owner: RunOwner = 'process'): Promise<Registry> {
  const run = await openRun('registry', owner);
  try {
    const address = await startRegistryIn(run);
    return { address, stop: () => run.stop() };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

/** Starts a registry as part of a run, which ends it. Returns its address. */
export async function startRegistryIn(run: Run): Promise<string> {
  const [port = 0] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const config = join(run.folder, 'registry.yml');
  const storage = { filesystem: { rootdirectory: join(run.folder, 'registry') }, delete: { enabled: true } };
  // JSON is YAML.
  await writeFile(
    config,
    JSON.stringify({ version: 0.1, log: { level: 'warn' }, storage, http: { addr: address } }),
  );
  run.start('registry', 'docker-registry', ['serve', config]);
  await run.until('the registry', () => answers(`http://${address}/v2/`));
  await pushBenchImages(address);
  return address;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
