import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmRelease, keysOf, newestReleases } from '../../../src/core/index.ts';

const base64 = (bytes: string | readonly number[]): string => Buffer.from(bytes as string).toString('base64');

describe('keysOf', () => {
  const secrets: Record<string, readonly [bytes: string | readonly number[], binary: boolean]> = {
    text: ['hunter2', false],
    'nothing at all': ['', false],
    'Chinese, of several bytes a character': ['密码', false],
    'an emoji': ['🚀', false],
    'lines, tabs and colours': ['a\tb\r\n\u001b[31mred', false],
    'a PEM file': ['-----BEGIN CERTIFICATE-----\nMIIB\n', false],
    'a zip archive': [[0x50, 0x4b, 0x03, 0x04, 0x00], true],
    gzip: [[0x1f, 0x8b, 0x08], true],
    'half a character': [[0x61, 0xe5, 0xaf], true],
    'a stray byte': [[0x80], true],
    'an overlong form': [[0xc0, 0xaf], true],
    'text as long as what is looked at, cut within a character': [`${'a'.repeat(1023)}密`.repeat(3), false],
  };
  for (const [name, [bytes, binary]] of Object.entries(secrets)) {
    test(name, () => {
      const [key] = keysOf({ kind: 'Secret', data: { key: base64(bytes) } });
      assert.deepEqual(key, { name: 'key', bytes: Buffer.from(bytes as string).length, binary });
    });
  }

  test('a ConfigMap has text and binary keys, by name', () => {
    const keys = keysOf({
      kind: 'ConfigMap',
      data: { b: 'é€😀', z: '' },
      binaryData: { a: base64('looks like text') },
    });
    assert.deepEqual(keys, [
      { name: 'a', bytes: 15, binary: false },
      { name: 'b', bytes: 9, binary: false },
      { name: 'z', bytes: 0, binary: false },
    ]);
  });

  test('of anything else there are none', () => {
    for (const junk of [null, 3, 'x', [], {}, { data: 'x' }, { kind: 'Secret', data: null }]) {
      assert.deepEqual(keysOf(junk), []);
    }
  });
});

describe('helmRelease', () => {
  const labels = {
    owner: 'helm',
    name: 'shop',
    status: 'pending-upgrade',
    version: '4',
    modifiedAt: '1789000000',
  };
  const metadata = { name: 'sh.helm.release.v1.shop.v4', namespace: 'shop', labels };

  test('from a Secret', () => {
    assert.deepEqual(helmRelease({ kind: 'Secret', type: 'helm.sh/release.v1', metadata }), {
      name: 'shop',
      namespace: 'shop',
      revision: 4,
      status: 'pending-upgrade',
      health: 'progressing',
      modifiedAt: 1_789_000_000_000,
    });
  });

  test('from a ConfigMap, as Helm can be told to', () => {
    assert.equal(helmRelease({ kind: 'ConfigMap', metadata })?.revision, 4);
  });

  test('its name tells what labels do not', () => {
    const release = helmRelease({
      kind: 'Secret',
      type: 'helm.sh/release.v1',
      metadata: { name: 'sh.helm.release.v1.my.app.v12', labels: { owner: 'helm' } },
    });
    assert.deepEqual([release?.name, release?.revision, release?.status], ['my.app', 12, 'unknown']);
    assert.equal(release?.health, 'unknown');
  });

  test('nothing else is one', () => {
    for (const other of [
      null,
      { kind: 'Secret', type: 'Opaque', metadata },
      { kind: 'ConfigMap', metadata: { ...metadata, name: 'mine' } },
      { kind: 'Secret', type: 'helm.sh/release.v1', metadata: { ...metadata, labels: {} } },
    ]) {
      assert.equal(helmRelease(other), null);
    }
  });

  test('the newest of each, wherever it stands in the list', () => {
    const release = (
      name: string,
      revision: number,
      namespace = 'a',
    ): { name: string; namespace: string; revision: number } => ({
      name,
      namespace,
      revision,
    });
    const all = [release('x', 2), release('x', 10), release('x', 9), release('y', 1), release('x', 1, 'b')];
    assert.deepEqual(newestReleases(all), [release('x', 10), release('y', 1), release('x', 1, 'b')]);
  });
});
