import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage, message } from '../../../src/core/index.ts';
import {
  absolutePath,
  nothingToAdd,
  pastedName,
  shownPath,
  withFiles,
  withoutFile,
} from '../../../src/features/clusters/kubeconfig-list.ts';
import {
  isLocalContext,
  matchesPattern,
  valueOf,
  withName,
  withoutName,
} from '../../../src/platform/context-patterns.ts';

describe('patterns of contexts', () => {
  test('a star stands for any run of characters, all else for itself, whatever its case', () => {
    for (const [pattern, name] of [
      ['prod', 'PROD'],
      ['*prod*', 'eu-Production-1'],
      ['*', ''],
      ['a*c', 'abbc'],
      ['*a*a*', 'banana'],
      ['**', 'x'],
      ['arn:aws:eks:*:cluster/(x)', 'arn:aws:eks:eu-west-1:1:cluster/(x)'],
    ] as const) {
      assert.ok(matchesPattern(pattern, name), `${pattern} ${name}`);
    }
    for (const [pattern, name] of [
      ['prod', 'prod-1'],
      ['prod*', 'my-prod'],
      ['a.c', 'abc'],
      ['ab*ba', 'aba'],
      ['a*b*c', 'acb'],
      ['', 'x'],
    ] as const) {
      assert.ok(!matchesPattern(pattern, name), `${pattern} ${name}`);
    }
  });

  test('many stars take no time', () => {
    assert.ok(!matchesPattern('*a'.repeat(50), 'a'.repeat(5_000) + 'b'));
  });

  test('its own name wins over patterns, the first pattern over the others', () => {
    const colors = { '*prod*': 'red', '*eu*': 'blue', 'prod-eu': 'green' };
    assert.equal(valueOf(colors, 'prod-eu'), 'green');
    assert.equal(valueOf(colors, 'prod-eu-2'), 'red');
    assert.equal(valueOf(colors, 'dev-eu'), 'blue');
    assert.equal(valueOf(colors, 'dev'), null);
  });

  test('a name is added once, and taken out without the patterns that fit it', () => {
    assert.deepEqual(withName(['*prod*'], 'prod'), ['*prod*', 'prod']);
    assert.deepEqual(withName(['PROD'], 'prod'), ['PROD']);
    assert.deepEqual(withoutName(['*prod*', 'Prod', 'dev'], 'prod'), ['*prod*', 'dev']);
  });

  test('contexts of local clusters are known by their names', () => {
    for (const name of ['kind-dev', 'k3d-x', 'minikube']) assert.ok(isLocalContext(name), name);
    for (const name of ['kind-', 'mykind-dev', 'minikube-2', 'prod']) assert.ok(!isLocalContext(name), name);
  });
});

describe('files in the setting', () => {
  const home = '/home/ann';

  test('are written with a tilde, and read as the reader does', () => {
    assert.equal(shownPath('/home/ann/.kube/config', home), '~/.kube/config');
    assert.equal(shownPath('/home/anna/config', home), '/home/anna/config');
    assert.equal(absolutePath(' ~/.kube/config ', home), '/home/ann/.kube/config');
    assert.equal(absolutePath('~', home), '/home/ann');
    assert.equal(absolutePath('~x/config', '/home/ann').endsWith('/~x/config'), true);
  });

  test('the first one to be added brings along those that were read without it', () => {
    const inForce = ['/home/ann/.kube/config', '/etc/other'];
    assert.deepEqual(withFiles([], inForce, ['/home/ann/new'], home), [
      '~/.kube/config',
      '/etc/other',
      '~/new',
    ]);
    assert.deepEqual(withFiles(['~/a'], ['/home/ann/a'], ['/home/ann/a', '/b'], home), ['~/a', '/b']);
  });

  test('what is left goes with the setting when it is what would be read anyway', () => {
    const standard = ['/home/ann/.kube/config'];
    assert.equal(withoutFile(['~/.kube/config', '~/new'], '/home/ann/new', standard, home), undefined);
    assert.equal(withoutFile(['~/new'], '/home/ann/new', standard, home), undefined);
    assert.deepEqual(withoutFile(['~/a', '~/b'], '/home/ann/b', standard, home), ['~/a']);
    assert.deepEqual(withoutFile(['~/a'], '/home/ann/other', standard, home), ['~/a']);
  });

  test('a pasted one is named after its context, by letters that any file system takes', () => {
    const none = new Set<string>();
    assert.equal(pastedName('dev', none), 'dev.yaml');
    assert.equal(pastedName('arn:aws:eks:eu:1:cluster/dev', none), 'dev.yaml');
    assert.equal(pastedName('../../etc/passwd', none), 'passwd.yaml');
    assert.equal(pastedName('..', none), 'kubeconfig.yaml');
    assert.equal(pastedName('中文 dev', none), 'dev.yaml');
    assert.equal(pastedName('', none), 'kubeconfig.yaml');
    assert.equal(pastedName('dev', new Set(['dev.yaml', 'dev-2.yaml'])), 'dev-3.yaml');
  });

  test('a text that brings none says why, and what to do', () => {
    const say = (...args: Parameters<typeof nothingToAdd>): string => formatMessage(nothingToAdd(...args));
    const plain = (template: string): string => template;
    const problem = message('{0} is not valid YAML: {1}', 'The clipboard', 'line 3');
    assert.equal(
      say(problem, 'the clipboard', 'clipboard', plain),
      'The clipboard is not valid YAML: line 3. Copy the whole text of a kubeconfig, then add it again.',
    );
    assert.equal(
      say(null, '~/a', 'file', plain),
      'There is no context in ~/a, so there is nothing to add. Choose another file, or correct this one.',
    );
    assert.match(
      say(problem, 'x', 'clipboard', () => '{0} 不是有效的 YAML。'),
      /^The clipboard 不是有效的 YAML。 Copy/,
    );
  });
});
