import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cacheFolder, ensureProduct, isBuilt, type Product } from './cache.ts';

describe('the cache of products', () => {
  const given = process.env['ELASTIC_BENCH_CACHE'];
  before(async () => {
    process.env['ELASTIC_BENCH_CACHE'] = await mkdtemp(join(tmpdir(), 'elastic-cache-'));
  });
  after(async () => {
    await rm(process.env['ELASTIC_BENCH_CACHE'] ?? '', { recursive: true, force: true });
    if (given === undefined) delete process.env['ELASTIC_BENCH_CACHE'];
    else process.env['ELASTIC_BENCH_CACHE'] = given;
  });

  test('two who want a product at once get one build', async () => {
    let builds = 0;
    const product: Product = {
      name: 'once',
      inputs: ['1'],
      async build(folder) {
        builds++;
        await new Promise((resolve) => setTimeout(resolve, 100));
        await writeFile(join(folder, 'made'), 'whole');
      },
    };
    const [first, second] = await Promise.all([ensure(product), ensure(product)]);
    assert.equal(first, second);
    assert.equal(await readFile(join(first, 'made'), 'utf8'), 'whole');
    assert.equal(builds, 1);
  });

  test('other inputs are another product', async () => {
    const product = (input: string): Product => ({
      name: 'versioned',
      inputs: [input],
      build: (folder) => writeFile(join(folder, 'input'), input),
    });
    const [old, young] = [await ensure(product('1')), await ensure(product('2'))];
    assert.notEqual(old, young);
    assert.equal(await readFile(join(young, 'input'), 'utf8'), '2');
  });

  test('a build that fails leaves nothing, and the next one is made', async () => {
    let attempts = 0;
    const product: Product = {
      name: 'shaky',
      inputs: [],
      async build(folder) {
        await writeFile(join(folder, 'half'), '');
        if (attempts++ === 0) throw new Error('no');
      },
    };
    await assert.rejects(ensure(product), /^Error: no$/);
    assert.equal(isBuilt(product), false);
    const left = (await readdir(cacheFolder())).filter((name) => name.startsWith('shaky'));
    assert.deepEqual(
      left.filter((name) => !name.endsWith('.lock')),
      [],
    );
    await ensure(product);
    assert.equal(isBuilt(product), true);
  });
});

function ensure(product: Product): Promise<string> {
  return ensureProduct(product, () => undefined);
}
