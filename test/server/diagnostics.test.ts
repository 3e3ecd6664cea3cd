import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { connected, faulty } from './connected.ts';

const uri = 'file:///k8s/web.yaml';

test('a file that is opened gets its findings, at their places', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const diagnostics = await client.diagnostics(uri);
  assert.deepEqual(
    diagnostics.map(({ code, severity, source, range }) => ({
      code,
      severity,
      source,
      text: client.textAt(uri, range),
    })),
    [
      { code: 'duplicate-key', severity: DiagnosticSeverity.Error, source: 'elastic', text: 'name' },
      { code: 'memory-millibytes', severity: DiagnosticSeverity.Warning, source: 'elastic', text: '128m' },
      { code: 'quantity-invalid', severity: DiagnosticSeverity.Error, source: 'elastic', text: '500Mb' },
    ],
  );
});

test('a key written twice points at the first', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const duplicate = (await client.diagnostics(uri)).find(({ code }) => code === 'duplicate-key');
  const [first] = duplicate?.relatedInformation ?? [];
  assert.equal(first?.location.uri, uri);
  assert.equal(first?.location.range.start.line, 3);
  assert.equal(duplicate?.range.start.line, 4);
});

test('a client that cannot show related places gets none', async (t) => {
  const client = connected(t);
  await client.initialize(undefined, {});
  await client.open(uri, faulty);
  const diagnostics = await client.diagnostics(uri);
  assert.ok(diagnostics.length > 0);
  assert.ok(diagnostics.every(({ relatedInformation }) => relatedInformation === undefined));
});

test('a code leads to its page when the client says where the pages are', async (t) => {
  const client = connected(t);
  await client.initialize({ rulesUrl: 'https://rules.test/' });
  await client.open(uri, faulty);
  const [first] = await client.diagnostics(uri);
  assert.equal(first?.codeDescription?.href, 'https://rules.test/duplicate-key.md');
});

test('messages come in the language of the client', async (t) => {
  const client = connected(t);
  await client.initialize({
    translations: { '{0} is written twice in this mapping; keep one of them': '重复的键 {0}' },
  });
  await client.open(uri, faulty);
  const [first] = await client.diagnostics(uri);
  assert.equal(first?.message, '重复的键 name');
});

test('findings follow the edits', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  await client.diagnostics(uri);
  await client.replace(uri, '128m', '128Mi');
  await client.replace(uri, '500Mb', '500Mi');
  await client.replace(uri, '  name: web\n  name: web\n', '  name: web\n');
  assert.deepEqual(await client.diagnostics(uri), []);
  await client.replace(uri, '128Mi', '1 Gi');
  const [found] = await client.diagnostics(uri);
  assert.equal(found?.code, 'quantity-invalid');
  assert.equal(client.textAt(uri, found.range), '1 Gi');
});

test('several changes in one message, characters beyond the basic plane and Windows line ends keep their places', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty.replaceAll('\n', '\r\n'));
  const start = { line: 0, character: 0 };
  await client.change(
    uri,
    { range: client.rangeOf(uri, '{ memory: 500Mb'), newText: '{ "🚢🚢": 1, memory: 500Mb' },
    { range: { start, end: start }, newText: '# 🚢\r\n' },
  );
  const found = (await client.diagnostics(uri)).map(({ range }) => client.textAt(uri, range));
  assert.deepEqual(found, ['name', '128m', '"🚢🚢"', '500Mb']);
});

test('a file that is closed keeps no findings', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  await client.diagnostics(uri);
  await client.close(uri);
  const { diagnostics } = await client.nextPublished(uri, ({ version }) => version === undefined);
  assert.deepEqual(diagnostics, []);
});

test('Helm templates, Compose files and Dockerfiles are not checked as manifests', async (t) => {
  const client = connected(t);
  await client.initialize();
  for (const language of ['helm', 'dockercompose', 'dockerfile']) {
    await client.open(`file:///${language}`, faulty, language);
  }
  await client.open(uri, faulty);
  await client.diagnostics(uri);
  assert.deepEqual([...client.published.keys()], [uri]);
});

test('of very many findings the gravest are sent, with a line that says so', async (t) => {
  const client = connected(t);
  await client.initialize();
  const mild = faulty.replace('  name: web\n  name: web\n', '  name: web\n').replace('500Mb', '500Mi');
  await client.open(uri, `${`${mild}---\n`.repeat(1200)}${faulty}`);
  const diagnostics = await client.diagnostics(uri);
  assert.equal(diagnostics.length, 1000);
  assert.match(diagnostics[0]?.message ?? '', /2403 findings/);
  assert.deepEqual(
    diagnostics.slice(1, 3).map(({ code }) => code),
    ['duplicate-key', 'quantity-invalid'],
  );
});
