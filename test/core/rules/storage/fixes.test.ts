import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultSettings } from '../../../../src/core/index.ts';
import { check, fixed, only, titles } from '../../marked.ts';

const settings = { ...defaultSettings, preset: 'server-only' } as const;

const claim = (spec: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec:\n${spec}\n`;

describe('fixes of storage', () => {
  for (const [short, long] of [
    ['RWO', 'ReadWriteOnce'],
    ['rwx', 'ReadWriteMany'],
    ['ROX', 'ReadOnlyMany'],
    ['ReadWriteonce', 'ReadWriteOnce'],
  ] as const) {
    test(`${short} is ${long}`, () => {
      const finding = only(
        claim(
          `  accessModes: [«access-modes-invalid ${short}»]\n  resources: { requests: { storage: 1Gi } }`,
        ),
        { settings },
      );
      assert.deepEqual(titles(finding), [`Change to ${long} !`]);
      check(fixed(finding), { settings });
    });
  }

  test('a claim gets a size where it asks for something else', () => {
    const finding = only(
      claim(
        '  accessModes: [ReadWriteOnce]\n  resources:\n    «claim-size-missing requests»:\n      memory: 1Gi',
      ),
      { settings },
    );
    assert.deepEqual(titles(finding), ['Add storage: 1Gi']);
    check(fixed(finding), { settings });
  });

  test('the older source of a claim goes', () => {
    const finding = only(
      claim(
        '  accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: 1Gi } }\n  «claim-source-invalid dataSource»:\n    kind: PersistentVolumeClaim\n    name: a\n  dataSourceRef:\n    kind: PersistentVolumeClaim\n    name: b',
      ),
      { settings },
    );
    assert.deepEqual(titles(finding), ['Remove dataSource']);
    check(fixed(finding), { settings });
  });

  test('of a patch nothing is missing', () => {
    check(claim('  $patch: merge\n  storageClassName: fast'), { settings });
  });
});
