import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ManifestService, ObjectsResult } from '../../../src/core/protocol.ts';
import { DeployError, readManifests, sourcesOf } from '../../../src/features/deploy/manifests.ts';
import { manifestObject } from './plans.ts';

function file(path: string): { scheme: string; fsPath: string; toString(): string } {
  return { scheme: 'file', fsPath: path, toString: () => `file://${path}` };
}

function service(files: Readonly<Record<string, Partial<ObjectsResult>>>): ManifestService {
  return {
    objects: (uri) => Promise.resolve({ version: 3, objects: [], findings: [], ...files[uri] }),
    locate: () => Promise.reject(new Error('nobody asked')),
    manifests: () => Promise.reject(new Error('nobody asked')),
  };
}

function finding(code: string, document = 0): ObjectsResult['findings'][number] {
  const range = { start: { line: 11, character: 2 }, end: { line: 11, character: 10 } };
  return { code, document, severity: 'error', message: 'It is wrong.', range };
}

const web = manifestObject();
const cart = manifestObject({ document: 1, name: 'cart' });

describe('what is deployed', () => {
  test('one document of a file, or all of it', () => {
    assert.deepEqual(sourcesOf({ uri: 'file:///a.yaml', document: 2 }, undefined), [
      { uri: 'file:///a.yaml', document: 2 },
    ]);
    assert.deepEqual(sourcesOf(file('/a.yaml'), undefined), [{ uri: 'file:///a.yaml', document: null }]);
  });

  test('all selected files when the clicked one is among them, without those that are no YAML', () => {
    const selected = [file('/a.yaml'), file('/README.md'), file('/b.yml')];
    const uris = sourcesOf(file('/a.yaml'), selected).map(({ uri }) => uri);
    assert.deepEqual(uris, ['file:///a.yaml', 'file:///b.yml']);
    assert.deepEqual(
      sourcesOf(file('/c.yaml'), selected).map(({ uri }) => uri),
      ['file:///c.yaml'],
    );
  });

  test('objects of all files in order, each with where it was written', async () => {
    const files = service({ 'file:///a.yaml': { objects: [web] }, 'file:///b.yaml': { objects: [cart] } });
    const { objects, origins } = await readManifests(
      [
        { uri: 'file:///a.yaml', document: null },
        { uri: 'file:///b.yaml', document: null },
      ],
      files,
    );
    assert.deepEqual(objects, [web, cart]);
    assert.deepEqual(origins.get(cart), { uri: 'file:///b.yaml', version: 3 });
  });

  test('of one document only its own objects and errors count', async () => {
    const findings = [
      finding('quantity-invalid', 0),
      finding('quantity-invalid', 1),
      finding('yaml-syntax', 0),
    ];
    const files = service({ 'file:///a.yaml': { objects: [web, cart], findings } });
    const { objects, errors } = await readManifests([{ uri: 'file:///a.yaml', document: 1 }], files);
    assert.deepEqual(objects, [cart]);
    assert.equal(errors, 1);
  });

  for (const code of ['yaml-syntax', 'duplicate-key']) {
    test(`a file with ${code} is refused: what would go out is not what is written`, async () => {
      const files = service({ 'file:///k8s/a.yaml': { objects: [web], findings: [finding(code)] } });
      await assert.rejects(
        readManifests([{ uri: 'file:///k8s/a.yaml', document: null }], files),
        new DeployError({
          template: '{0}, line {1}: {2}. Correct it, then deploy again.',
          args: ['a.yaml', 12, 'It is wrong'],
        }),
      );
    });
  }

  test('a file without an object is one sentence', async () => {
    await assert.rejects(
      readManifests([{ uri: 'file:///my%20notes.yaml', document: null }], service({})),
      /^DeployError: my notes\.yaml holds no Kubernetes object\. Choose a manifest\.$/,
    );
    await assert.rejects(readManifests([], service({})), /The selected files hold no Kubernetes object/);
  });
});
