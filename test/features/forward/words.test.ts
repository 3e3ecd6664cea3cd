import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Forward, ForwardState, PortChoice } from '../../../src/cluster/index.ts';
import { formatMessage, message } from '../../../src/core/index.ts';
import {
  addressOf,
  faceOf,
  formatBytes,
  parsePorts,
  portWords,
} from '../../../src/features/forward/words.ts';

describe('ports that are typed', () => {
  test('one, or local:remote as kubectl writes it', () => {
    assert.deepEqual(parsePorts('8080'), { local: null, remote: 8080 });
    assert.deepEqual(parsePorts(' 9000 : 80 '), { local: 9000, remote: 80 });
  });

  test('nothing else', () => {
    for (const text of [
      '',
      '0',
      '65536',
      '80:',
      ':80',
      '70000:80',
      '80:0',
      'http',
      '8080/tcp',
      '1:2:3',
      '-1',
    ]) {
      assert.equal(parsePorts(text), null, text);
    }
  });
});

test('a port in a list says its name, its container, and where it leads', () => {
  const port: PortChoice = { port: 80, name: 'web', container: null, target: 'http' };
  assert.deepEqual(portWords(port), ['web', '→ http']);
  assert.deepEqual(portWords({ port: 8080, name: null, container: 'app', target: 8080 }), ['app']);
});

test('a browser is sent to https where the port or its name says so', () => {
  assert.equal(addressOf({ localPort: 8080, port: 80 }, null), 'http://127.0.0.1:8080');
  assert.equal(addressOf({ localPort: 5000, port: 8443 }, null), 'https://127.0.0.1:5000');
  assert.equal(addressOf({ localPort: 5000, port: 5000 }, 'https-admin'), 'https://127.0.0.1:5000');
});

test('amounts of data are written as people write them', () => {
  const amounts = [0, 640, 999, 1000, 1049, 9_949, 12_345, 999_499, 999_500, 1_500_000, 7.2e9, 3e15];
  assert.deepEqual(amounts.map(formatBytes), [
    '0 B',
    '640 B',
    '999 B',
    '1 kB',
    '1 kB',
    '9.9 kB',
    '12 kB',
    '999 kB',
    '1 MB',
    '1.5 MB',
    '7.2 GB',
    '3000 TB',
  ]);
});

describe('a row', () => {
  const quiet = { open: 0, total: 0, sent: 0, received: 0 };
  const face = (state: ForwardState, traffic = quiet): string => {
    const ref = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' };
    const forward = { ref, context: 'dev', port: 80, localPort: 8080, state, traffic };
    const { label, description, icon } = faceOf(forward as Forward);
    return [icon, label, ...description.map((part) => formatMessage(part))].join(' | ');
  };

  test('says where it leads, to which pod, and what went through', () => {
    const live = { phase: 'live', pod: 'web-1' } as const;
    assert.equal(face(live), 'plug | 8080 → web:80 | live | web-1 | dev / shop');
    assert.equal(
      face(live, { open: 1, total: 9, sent: 1_200, received: 34_000 }),
      'plug | 8080 → web:80 | live | web-1 | 1 connection | ↑1.2 kB ↓34 kB | dev / shop',
    );
    assert.match(face(live, { ...quiet, open: 3, total: 3 }), /\| 3 connections \|/);
  });

  test('names the pod once where it is the pod that was chosen', () => {
    assert.equal(face({ phase: 'live', pod: 'web' }), 'plug | 8080 → web:80 | live | dev / shop');
  });

  test('says first what holds it up', () => {
    assert.match(
      face({ phase: 'waiting', reason: message('waiting for a pod') }),
      /^loading \| [^|]*\| waiting for a pod/,
    );
    assert.match(
      face({ phase: 'failed', reason: message('Nothing listens.') }),
      /^error \| [^|]*\| Nothing listens\./,
    );
  });
});
