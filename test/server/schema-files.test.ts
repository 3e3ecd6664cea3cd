import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ClusterSchemas } from '../../src/server/schemas/cluster-schemas.ts';
import { compile } from '../../src/server/schemas/compile.ts';
import { configMaps } from '../core/schema/openapi-documents.ts';

const hour = 60 * 60;
const day = 24 * hour;

interface Folder {
  readonly path: string;
  readonly document: string;
  /** Makes a file of that age, in seconds. */
  readonly make: (name: string, age: number) => Promise<void>;
  readonly names: () => Promise<readonly string[]>;
}

async function folderFor(t: TestContext): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'elastic-schema-files-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  const document = join(path, 'api-v1.openapi');
  await writeFile(document, JSON.stringify(configMaps));
  return {
    path,
    document,
    async make(name, age) {
      await writeFile(join(path, name), '{}');
      const then = Date.now() / 1000 - age;
      await utimes(join(path, name), then, then);
    },
    names: async () => (await readdir(path)).filter((name) => name !== 'api-v1.openapi').sort(),
  };
}

function compileInto({ path, document }: Folder): void {
  compile({
    version: 'v1.36.3',
    documents: [document],
    complete: true,
    folder: path,
    name: 'schema-new.json',
  });
}

test('of what nobody used in a week the newest four are kept, and nothing that is used goes', async (t) => {
  const folder = await folderFor(t);
  for (let age = 1; age <= 7; age++) await folder.make(`schema-old${age}.json`, (age + 7) * day);
  await folder.make('notes.json', 90 * day);
  compileInto(folder);
  assert.deepEqual(
    await folder.names(),
    ['notes', 'schema-new', 'schema-old1', 'schema-old2', 'schema-old3', 'schema-old4'].map(
      (name) => `${name}.json`,
    ),
  );
  for (let age = 1; age <= 7; age++) await folder.make(`schema-old${age}.json`, age * hour);
  compileInto(folder);
  assert.equal((await folder.names()).length, 9);
});

test('a draft that is being written stays, one that was left behind goes', async (t) => {
  const folder = await folderFor(t);
  await folder.make('schema-a.json.0f-1.tmp', 60);
  await folder.make('schema-a.json.1234.tmp', 2 * day);
  compileInto(folder);
  assert.deepEqual(await folder.names(), ['schema-a.json.0f-1.tmp', 'schema-new.json']);
});

test('what cannot be written leaves nothing behind', async (t) => {
  const folder = await folderFor(t);
  const name = 'missing/schema-new.json';
  assert.throws(() =>
    compile({ version: 'v1', documents: [folder.document], complete: true, folder: folder.path, name }),
  );
  assert.deepEqual(await folder.names(), []);
});

test('a file counts as used by every server that asks for it', async (t) => {
  const folder = await folderFor(t);
  const schemas = new ClusterSchemas();
  t.after(() => schemas.dispose());
  const files = { version: 'v1.36.3', documents: [folder.document], cache: folder.path };
  const { file } = await schemas.prepare(files);
  const then = Date.now() / 1000 - 30 * day;
  await utimes(file, then, then);
  await schemas.prepare(files);
  assert.ok((await stat(file)).mtimeMs > Date.now() - day * 1000);
});
