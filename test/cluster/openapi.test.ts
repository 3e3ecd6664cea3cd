import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { fetchOpenApi, keptOpenApi, type KeptOpenApi, type Session } from '../../src/cluster/index.ts';
import { clusterSchema, OpenApiReader, type Schema } from '../../src/core/index.ts';
import { bundledModels } from '../../src/core/schema/schema.ts';
import { errorsOf } from '../core/rules/server-cases.ts';
import { customCases } from '../core/schema/crd-cases.ts';
import { configMaps, gadgets } from '../core/schema/openapi-documents.ts';
import { sharedCluster } from '../harness/shared.ts';
import { failureOf, fakeServer, sessionOf, temporaryFolder, until, writeKubeconfig } from './support.ts';

const { signal } = new AbortController();

/** A session whose document requests are counted. */
function counted(session: Session): { readonly session: Session; readonly asked: string[] } {
  const asked: string[] = [];
  const proxy = new Proxy(session, {
    get(target, key) {
      if (key === 'requestText')
        return (path: string) => {
          asked.push(path);
          return target.requestText(path);
        };
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { session: proxy, asked };
}

function readerOf({ documents }: KeptOpenApi): OpenApiReader {
  const reader = new OpenApiReader();
  for (const file of documents) reader.add(JSON.parse(gunzipSync(readFileSync(file)).toString()));
  return reader;
}

describe('the documents of a real server', async () => {
  const cluster = await sharedCluster('api');
  after(() => cluster.release());
  const session = await sessionOf(cluster.kubeconfig);
  const cache = await temporaryFolder();
  const definition = readFileSync(join(import.meta.dirname, '../fixtures/custom/widgets.yaml'), 'utf8');

  async function schemaNow(): Promise<Schema> {
    const kept = await fetchOpenApi(session, { cache, signal });
    return clusterSchema(readerOf(kept).result(kept.version, kept.complete));
  }

  test('are fetched once, and again only where they changed', async () => {
    const first = counted(session);
    const kept = await fetchOpenApi(first.session, { cache, signal });
    assert.ok(kept.complete);
    assert.ok(first.asked.length > 15 && first.asked.length === kept.documents.length);
    const second = counted(session);
    assert.deepEqual(await fetchOpenApi(second.session, { cache, signal }), kept);
    assert.deepEqual(second.asked, []);
    assert.deepEqual(await keptOpenApi(session.context.server, cache), kept);
    await rm(kept.documents[0] ?? '');
    assert.equal(await keptOpenApi(session.context.server, cache), null);
    const third = counted(session);
    assert.deepEqual(await fetchOpenApi(third.session, { cache, signal }), kept);
    assert.equal(third.asked.length, 1);
  });

  test('say the same as the bundled schema', async () => {
    const kept = await fetchOpenApi(session, { cache, signal });
    const { models } = readerOf(kept).result(kept.version, kept.complete);
    const bundled = bundledModels();
    const differing = Object.entries(models.types).flatMap(([name, fields]) => {
      const own = bundled.types[name];
      if (own === undefined) return [];
      const names = new Set([...Object.keys(fields), ...Object.keys(own)]);
      return [...names].filter((field) => fields[field] !== own[field]).map((field) => `${name}.${field}`);
    });
    assert.ok(Object.keys(models.types).length > 500);
    assert.deepEqual(
      differing.filter((field) => !/^apiextensions\/v1\.JSONSchemaProps\.(?:min|max)/.test(field)),
      [],
    );
  });

  test('bring the kinds of definitions, with all they ask of values', async () => {
    assert.equal((await schemaNow()).typeOf('shop.example.com/v1', 'Widget'), null);
    await cluster.kubectl(['apply', '-f', '-'], definition);
    let schema = await schemaNow();
    await until('the definition to be published', async () => {
      schema = await schemaNow();
      return schema.typeOf('shop.example.com/v1', 'Widget') !== null;
    });
    for (const { title, text, errors } of customCases)
      assert.deepEqual([...errorsOf(text, { schema })].sort(), [...errors].sort(), title);
    await cluster.kubectl(['delete', '-f', '-'], definition);
  });
});

describe('the documents of a server', () => {
  interface Answers {
    index: Readonly<Record<string, { readonly serverRelativeURL: string }>> | null;
    readonly documents: Record<string, unknown>;
  }

  async function playedBy(answers: Answers): Promise<{ session: Session; cache: string }> {
    const server = await fakeServer(({ url = '' }, response) => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      if (url === '/version') answer(200, { gitVersion: 'v1.36.3' });
      else if (url === '/openapi/v3' && answers.index !== null) answer(200, { paths: answers.index });
      else if (answers.documents[url] !== undefined) answer(200, answers.documents[url]);
      else answer(url.startsWith('/openapi/v3/') ? 503 : 404, { kind: 'Status', message: 'no' });
    });
    const folder = await temporaryFolder();
    const session = await sessionOf(await writeKubeconfig(join(folder, 'config'), { server }));
    return { session, cache: join(folder, 'cache') };
  }

  const index = {
    'api/v1': { serverRelativeURL: '/openapi/v3/api/v1?hash=A' },
    'apis/shop.example.com/v1': { serverRelativeURL: '/openapi/v3/apis/shop.example.com/v1' },
    'apis/down.example.com/v1': { serverRelativeURL: '/openapi/v3/apis/down.example.com/v1?hash=C' },
    version: { serverRelativeURL: '/openapi/v3/version?hash=D' },
  };
  const documents = {
    '/openapi/v3/api/v1?hash=A': configMaps,
    '/openapi/v3/apis/shop.example.com/v1': gadgets,
  };

  test('are told to be incomplete where one of them cannot be had', async () => {
    const { session, cache } = await playedBy({ index, documents });
    const kept = await fetchOpenApi(session, { cache, signal });
    assert.equal(kept.complete, false);
    assert.equal(kept.documents.length, 2);
    const { customs, covered } = readerOf(kept).result(kept.version, kept.complete);
    assert.deepEqual(covered.toSorted(), ['shop.example.com/v1', 'v1']);
    assert.deepEqual(
      customs.map(({ kind, statusApart }) => [kind, statusApart]),
      [['Gadget', true]],
    );
  });

  test('without a hash are fetched each time, and kept by their content', async () => {
    const { session, cache } = await playedBy({ index, documents });
    const kept = await fetchOpenApi(session, { cache, signal });
    const again = counted(session);
    assert.deepEqual(await fetchOpenApi(again.session, { cache, signal }), kept);
    assert.deepEqual(
      again.asked.filter((path) => path in documents),
      ['/openapi/v3/apis/shop.example.com/v1'],
    );
  });

  test('that are of no use any more go away after a day', async () => {
    const answers: Answers = { index, documents: { ...documents, '/openapi/v3/api/v1?hash=B': configMaps } };
    const { session, cache } = await playedBy(answers);
    const { folder, documents: before } = await fetchOpenApi(session, { cache, signal });
    const long = new Date(Date.now() - 48 * 60 * 60 * 1000);
    for (const file of before) await utimes(file, long, long);
    answers.index = { ...index, 'api/v1': { serverRelativeURL: '/openapi/v3/api/v1?hash=B' } };
    const kept = await fetchOpenApi(session, { cache, signal });
    const files = (await readdir(folder)).filter((name) => name.endsWith('.gz'));
    assert.deepEqual(files.sort(), kept.documents.map((file) => file.slice(folder.length + 1)).sort());
  });

  test('are nothing where the list on the disk is broken', async () => {
    const { session, cache } = await playedBy({ index, documents });
    const { folder } = await fetchOpenApi(session, { cache, signal });
    for (const broken of ['', '{"format":1', '{"format":2,"version":"v1","documents":[]}', '[]', 'null']) {
      await writeFile(join(folder, 'index.json'), broken);
      assert.equal(await keptOpenApi(session.context.server, cache), null);
    }
  });

  test('are not found on a server that is too old', async () => {
    const { session, cache } = await playedBy({ index: null, documents: {} });
    assert.equal((await failureOf(fetchOpenApi(session, { cache, signal }))).code, 'notFound');
  });

  test('are not waited for once nobody wants them', async () => {
    const { session, cache } = await playedBy({ index, documents });
    const aborted = AbortSignal.abort();
    assert.equal((await failureOf(fetchOpenApi(session, { cache, signal: aborted }))).code, 'cancelled');
  });
});
