import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fromNetwork, fromStatus } from '../../src/cluster/answers.ts';
import type { ClusterError } from '../../src/cluster/errors.ts';
import { type ClusterErrorCode } from '../../src/cluster/errors.ts';
import { explain, isCancellation } from '../../src/platform/failure.ts';

const origin = { context: 'dev', server: 'https://dev.example:6443' };

function status(code: number, body: unknown, retryAfter?: string): ClusterError {
  return fromStatus(code, typeof body === 'string' ? body : JSON.stringify(body), retryAfter, origin);
}

describe('what the network says', () => {
  const cases: readonly [string, ClusterErrorCode, boolean][] = [
    ['ECONNREFUSED', 'unreachable', true],
    ['ENOTFOUND', 'unreachable', true],
    ['EHOSTUNREACH', 'unreachable', true],
    ['ECONNRESET', 'unreachable', true],
    ['ETIMEDOUT', 'unreachable', true],
    ['SOMETHING_NEW', 'unreachable', true],
    ['CERT_HAS_EXPIRED', 'certificate', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate', false],
    ['ABORT_ERR', 'cancelled', false],
  ];
  for (const [code, expected, retryable] of cases) {
    test(`${code} is ${expected}`, () => {
      const error = fromNetwork(Object.assign(new Error('low-level words'), { code }), origin);
      assert.deepEqual([error.code, error.retryable, error.context], [expected, retryable, 'dev']);
      assert.equal(isCancellation(error), expected === 'cancelled');
    });
  }
});

describe('what the server says', () => {
  const cases: readonly [string, number, unknown, ClusterErrorCode][] = [
    ['401', 401, { message: 'Unauthorized' }, 'unauthorized'],
    [
      '403 by RBAC',
      403,
      { message: 'pods is forbidden: User "ann" cannot list resource "pods"' },
      'forbidden',
    ],
    ['403 by a proxy', 403, '<html>', 'forbidden'],
    ['403 by admission', 403, { message: 'pods "x" is forbidden: exceeded quota: q' }, 'rejected'],
    ['404 of an object', 404, { details: { name: 'web', kind: 'deployments' } }, 'notFound'],
    ['404 of a path', 404, '404 page not found', 'notFound'],
    [
      '409 of versions',
      409,
      { reason: 'Conflict', details: { name: 'web', kind: 'deployments' } },
      'conflict',
    ],
    ['409 of a name', 409, { reason: 'AlreadyExists', details: { name: 'web', kind: 'pods' } }, 'conflict'],
    ['413', 413, '', 'rejected'],
    ['422', 422, { message: 'invalid' }, 'invalid'],
    ['429', 429, '', 'throttled'],
    ['500', 500, { message: 'etcdserver: leader changed' }, 'serverError'],
    ['503', 503, 'no healthy upstream', 'serverError'],
    ['504', 504, { reason: 'Timeout' }, 'timeout'],
    ['400 by a webhook', 400, { message: 'admission webhook "w" denied the request: no' }, 'rejected'],
  ];
  for (const [name, code, body, expected] of cases) {
    test(`${name} is ${expected}`, () => {
      const error = status(code, body);
      assert.deepEqual([error.code, error.status], [expected, code]);
      assert.equal(error.retryable, ['throttled', 'serverError', 'timeout'].includes(expected));
      // One sentence that names the cluster and ends; the next step is a sentence of its own.
      assert.match(error.message, /dev/);
      assert.match(error.message, /\.$/);
      assert.equal(error.message.includes('\n'), false);
    });
  }

  test('the wait a server asks for, in seconds, as a date, or in the body', () => {
    assert.equal(status(429, '', '7').retryAfterMs, 7000);
    assert.equal(status(429, { details: { retryAfterSeconds: 2 } }).retryAfterMs, 2000);
    const later = status(503, '', new Date(Date.now() + 60_000).toUTCString()).retryAfterMs ?? 0;
    assert.ok(later > 50_000 && later <= 60_000);
    assert.equal(status(503, '').retryAfterMs, null);
    assert.equal(status(503, '', '86400').retryAfterMs, 300_000);
    assert.equal(status(503, '', 'soon').retryAfterMs, null);
  });

  test('causes of an invalid object, each once', () => {
    const immutable = { reason: 'FieldValueInvalid', message: 'field is immutable', field: 'metadata.uid' };
    const required = {
      reason: 'FieldValueRequired',
      message: 'Required value',
      field: 'spec.containers[0].image',
    };
    const details = { name: 'web', kind: 'Deployment', causes: [immutable, immutable, required] };
    const error = status(422, { reason: 'Invalid', details });
    assert.deepEqual(error.details, [immutable, required]);
    assert.match(error.message, /Deployment web.*spec\.containers\[0\]\.image: Required value/);
  });

  test('unknown fields, which server-side apply answers with 500', () => {
    const message =
      'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): errors:\n' +
      '  .spec.template.spec.containers[name="c"].imagePullPolcy: field not declared in schema\n' +
      '  .spec.replicass: field not declared in schema';
    const error = status(500, { message });
    assert.equal(error.code, 'invalid');
    assert.equal(error.retryable, false);
    assert.deepEqual(
      error.details.map(({ field, message: text }) => [field, text]),
      [
        ['spec.template.spec.containers[name="c"].imagePullPolcy', 'Unknown field'],
        ['spec.replicass', 'Unknown field'],
      ],
    );
  });

  test('a conflict over fields names the fields and who owns them', () => {
    const causes = [
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "kubectl" using apps/v1',
        field: '.spec.replicas',
      },
    ];
    const error = status(409, { reason: 'Conflict', details: { causes } });
    assert.equal(error.code, 'conflict');
    assert.equal(error.details[0]?.field, 'spec.replicas');
    assert.match(error.message, /spec\.replicas.*kubectl/);
  });

  for (const body of [
    { message: { code: 7 }, reason: 5, details: 'none' },
    { details: { name: {}, kind: 1, causes: 'x', retryAfterSeconds: '2' } },
    { details: { causes: [null, 'x', { field: 1, message: null }] } },
    [1],
  ]) {
    test(`the JSON of a gateway is none of it: ${JSON.stringify(body)}`, () => {
      for (const code of [400, 403, 404, 409, 422, 502]) {
        const error = status(code, body);
        assert.deepEqual([error.status, error.retryAfterMs], [code, null]);
        assert.doesNotMatch(error.message, /undefined|object Object/);
      }
    });
  }

  test('a namespace that is not there is named as people name it', () => {
    const error = status(404, { details: { name: 'shop', kind: 'namespaces' } });
    assert.equal(error.message, 'dev has no namespace shop. Create it, or choose another one.');
  });

  test('is translated as a whole: the template is the key, the words are its arguments', () => {
    const error = status(404, { details: { name: 'web', kind: 'deployments' } });
    const template = error.explanation.template;
    assert.equal(
      explain(error, (text) => (text === template ? '{1} fehlt in {0}.' : text)),
      'deployments web fehlt in dev.',
    );
  });

  test('is translated with the words of ours within it', () => {
    const translated = (error: ClusterError): string =>
      explain(error, (text) => table[text as keyof typeof table] ?? text);
    const table = {
      '{0} failed (status {1}): {2}. Retry in a moment.': '{0}: {1}, {2}.',
      'no reason given': 'kein Grund',
      '{0} cannot be trusted: {1}. Correct the certificates in the kubeconfig, then Retry.': '{0}: {1}.',
      'its certificate has expired': 'abgelaufen',
    };
    assert.equal(translated(status(500, '')), 'dev: 500, kein Grund.');
    const expired = Object.assign(new Error('words'), { code: 'CERT_HAS_EXPIRED' });
    assert.equal(translated(fromNetwork(expired, origin)), 'dev: abgelaufen.');
  });
});
