import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultSettings } from '../../../../src/core/index.ts';
import { check, deployment, enough, fixed, indent, only, titles } from '../../marked.ts';

const settings = { ...defaultSettings, preset: 'server-only' } as const;

const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n${indent(spec, 2)}\n`;
const web = 'containers:\n  - name: web\n    image: web:1';

describe('volume-missing', () => {
  test('offers the volume that was meant, and to add one', () => {
    const text = pod(
      `${web}\n    volumeMounts:\n      - name: «volume-missing confg»\n        mountPath: /etc/web\nvolumes:\n  - name: config\n    configMap: { name: web }\n  # The last one.\n  - name: data`,
    );
    const finding = only(text, { settings });
    assert.deepEqual(titles(finding), ['Change to config !', 'Add an empty volume confg']);
    check(fixed(finding), { settings });
    const added = fixed(finding, 1);
    check(added, { settings });
    assert.ok(added.endsWith('    - name: data\n    - name: confg\n      emptyDir: {}\n'), added);
  });

  test('adds the list where there is none', () => {
    const finding = only(
      pod(`${web}\n    volumeMounts: [{ name: «volume-missing data», mountPath: /data }]`),
      {
        settings,
      },
    );
    assert.deepEqual(titles(finding), ['Add an empty volume data']);
    check(fixed(finding), { settings });
  });

  test('leaves a list in brackets alone', () => {
    const finding = only(
      pod(
        `${web}\n    volumeMounts: [{ name: «volume-missing data», mountPath: /data }]\nvolumes: [{ name: other }]`,
      ),
      { settings },
    );
    assert.deepEqual(titles(finding), []);
  });

  test('keeps to itself what the rest of a patch, or a template, may have', () => {
    const mount = `${enough}\nvolumeMounts: [{ name: data, mountPath: /data }]`;
    check(deployment(`${mount}\n$patch: merge`), { settings });
    check(deployment(mount, 'volumes: ${VOLUMES}'), { settings });
  });
});

describe('fixes of pods', () => {
  const fixes: readonly (readonly [string, string, string])[] = [
    ['restartPolicy: «pod-policy-invalid always»', 'Change to Always !', 'restartPolicy: Always'],
    ['dnsPolicy: «pod-policy-invalid ClusterFrist»', 'Change to ClusterFirst !', 'dnsPolicy: ClusterFirst'],
    [
      'tolerations: [{ key: a, operator: «toleration-invalid exists» }]',
      'Change to Exists !',
      'tolerations: [{ key: a, operator: Exists }]',
    ],
    [
      'volumes: [{ name: a, secret: { secretName: b, defaultMode: «file-mode-invalid 600» } }]',
      'Change to 0600 !',
      'volumes: [{ name: a, secret: { secretName: b, defaultMode: 0600 } }]',
    ],
    ['os: { name: «pod-os-conflict Linux» }', 'Change to linux !', 'os: { name: linux }'],
  ];
  for (const [wrong, title, right] of fixes) {
    test(right, () => {
      const finding = only(pod(`${web}\n${wrong}`), { settings });
      assert.deepEqual(titles(finding), [title]);
      const text = fixed(finding);
      assert.equal(text, pod(`${web}\n${right}`));
      check(text, { settings });
    });
  }

  test('a host port becomes the port of the container', () => {
    const finding = only(
      pod(
        'hostNetwork: true\ncontainers:\n  - name: web\n    image: web:1\n    ports: [{ containerPort: 8080, hostPort: «host-port-mismatch 80» }]',
      ),
      { settings },
    );
    assert.deepEqual(titles(finding), ['Change to 8080 !']);
    check(fixed(finding), { settings });
  });

  test('one of two kinds of a volume goes', () => {
    const finding = only(
      pod(
        `${web}\nvolumes:\n  - name: a\n    «volume-source-conflict configMap»:\n      name: b\n    emptyDir: {}`,
      ),
      { settings },
    );
    assert.deepEqual(titles(finding), ['Remove configMap']);
    check(fixed(finding), { settings });
  });

  test('nothing is missing where a template stands', () => {
    check(pod('containers: ${CONTAINERS}'), { settings });
    check(pod(`${web}\ndnsPolicy: None\ndnsConfig: \${DNS}`), { settings });
    check(pod(`${web}\nvolumes: [{ name: a, configMap: { name: "\${NAME}" } }]`), { settings });
  });
});
