import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { becomes, replace, until } from './editor.ts';

const broken = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web:1
      resources:
        requests: { cpu: 100m, memory: 64Mi }
        limits: { memory: 500Mb }
`;

/** What is told of the memory limit above. */
const memory = '10 quantity-invalid';

describe('language server', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await vscode.workspace.openTextDocument({ language: 'yaml', content: broken });
    await vscode.window.showTextDocument(document);
    await becomes(document.uri, [memory]);
  });

  it('links a finding to its page', () => {
    const [finding] = vscode.languages.getDiagnostics(document.uri);
    const code = finding?.code;
    assert.ok(typeof code === 'object');
    assert.match(code.target.path, /\/dist\/elastic-rules\/quantity-invalid\.md$/);
  });

  it('offers lenses whose commands exist', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const offered = lenses.map(({ command }) => command?.command ?? '');
    assert.deepEqual(offered, ['elastic.deploy', 'elastic.buildAndPushImage']);
    const known = new Set(await vscode.commands.getCommands(true));
    assert.ok(offered.every((command) => known.has(command)));
  });

  it('keeps findings through a crash, and goes on checking', async () => {
    const [before] = await serverProcesses();
    assert.ok(before !== undefined);
    const counts: number[] = [];
    const watching = vscode.languages.onDidChangeDiagnostics(() => {
      counts.push(vscode.languages.getDiagnostics(document.uri).length);
    });
    process.kill(before, 'SIGKILL');
    const after = await until(async () => (await serverProcesses()).find((pid) => pid !== before));
    await replace(document, '100m', '100 m');
    await becomes(document.uri, ['9 quantity-invalid', memory]);
    watching.dispose();
    assert.notEqual(after, before);
    assert.ok(counts.every((count) => count > 0));
    assert.deepEqual(await serverProcesses(), [after]);
  });

  it('can be restarted by command', async () => {
    const [before] = await serverProcesses();
    await vscode.commands.executeCommand('elastic.restartLanguageServer');
    await replace(document, '100 m', '100m');
    await becomes(document.uri, [memory]);
    const running = await serverProcesses();
    assert.equal(running.length, 1);
    assert.notEqual(running[0], before);
  });

  it('keeps what it has compiled for its next start', async () => {
    const [pid] = await serverProcesses();
    const folder = /(?<=\0NODE_COMPILE_CACHE=)[^\0]+/.exec(
      await readFile(`/proc/${pid}/environ`, 'utf8'),
    )?.[0];
    assert.match(folder ?? '', /globalStorage\/elastic-containers\.elastic-containers\/compiled$/);
    await vscode.commands.executeCommand('elastic.restartLanguageServer');
    await until(async () =>
      (await readdir(folder ?? '', { recursive: true })).length > 1 ? true : undefined,
    );
  });

  it('checks the files of a virtual file system', async () => {
    const provider = vscode.workspace.registerFileSystemProvider('held', oneFile(broken));
    const held = await vscode.workspace.openTextDocument(vscode.Uri.parse('held:/web.yaml'));
    await becomes(held.uri, [memory]);
    provider.dispose();
  });

  it('leaves snapshots alone that nobody can edit', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('snapshot', {
      provideTextDocumentContent: () => broken,
    });
    const snapshot = await vscode.workspace.openTextDocument(vscode.Uri.parse('snapshot:/web.yaml'));
    assert.equal(snapshot.languageId, 'yaml');
    await replace(document, '500Mb', '5Gb');
    await becomes(document.uri, [memory]);
    assert.deepEqual(vscode.languages.getDiagnostics(snapshot.uri), []);
    provider.dispose();
  });
});

/** A file system in which every path is the same file. */
function oneFile(text: string): vscode.FileSystemProvider {
  const content = new TextEncoder().encode(text);
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => ({ dispose: () => undefined }),
    stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length }),
    readFile: () => content,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

/** The language servers this extension host started. */
async function serverProcesses(): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => Number(found?.[2]) === process.pid && found?.[3]?.includes('server.cjs') === true)
    .map((found) => Number(found?.[1]));
}
