import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';

/** A folder with some files, by their path in it; it goes with the test. */
export class WorkspaceFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(
    context: TestContext,
    files: Readonly<Record<string, string>>,
  ): Promise<WorkspaceFolder> {
    const folder = new WorkspaceFolder(await realpath(await mkdtemp(join(tmpdir(), 'elastic-folder-'))));
    context.after(() => rm(folder.path, { recursive: true, force: true }));
    for (const [name, text] of Object.entries(files)) await folder.write(name, text);
    return folder;
  }

  get uri(): string {
    return pathToFileURL(this.path).href;
  }

  uriOf(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }

  async write(name: string, text: string): Promise<void> {
    const path = join(this.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name));
  }
}
