import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contains, isCanonicalIp, isCidr, isIp, parseCidr } from '../../../../src/core/rules/addresses.ts';
import * as names from '../../../../src/core/rules/names.ts';

type Check = (text: string) => boolean;

/** For each form: what fits, and what does not. */
const forms: Record<string, readonly [Check, readonly string[], readonly string[]]> = {
  'DNS label': [
    names.isDnsLabel,
    ['a', '0', 'web-1', 'a--b', 'a'.repeat(63)],
    ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a\n', 'é', 'a'.repeat(64)],
  ],
  'DNS 1035 label': [names.isDns1035Label, ['a', 'web-1'], ['', '1a', 'a-', 'a'.repeat(64)]],
  'DNS subdomain': [
    names.isDnsSubdomain,
    ['a', 'a.b', '1.2', `${'a'.repeat(100)}.b`, `${'a'.repeat(251)}.b`],
    ['', '.', 'a.', '.a', 'a..b', 'a.-b', 'A.b', `${'a'.repeat(252)}.b`],
  ],
  'wildcard subdomain': [names.isWildcardDnsSubdomain, ['*.a', '*.a.b'], ['*', '*.', 'a', '*.*.a', 'a.*']],
  'fully qualified name': [names.isFullyQualifiedName, ['a.b.c', 'a.b.c.d'], ['a.b', 'a.b.', 'a..c']],
  'fully qualified domain name': [
    names.isFullyQualifiedDomainName,
    ['a.b', 'a.b.'],
    ['a', 'a.', '.', `${'a'.repeat(64)}.b`],
  ],
  'qualified name': [
    names.isQualifiedName,
    ['app', 'A_b.C-9', 'example.com/app', `a/${'x'.repeat(63)}`],
    ['', '/a', 'a/', 'a/b/c', 'A.com/x', 'a b', '-a', 'a.', 'x'.repeat(64)],
  ],
  'annotation key': [names.isAnnotationKey, ['A.com/X', 'a'], ['', 'a/b/c', '_a']],
  'domain-prefixed key': [names.isDomainPrefixedKey, ['a.b/c'], ['c', 'a.b/', '/c']],
  'domain-prefixed path': [names.isDomainPrefixedPath, ['a.b/c/d', 'a/~'], ['a', 'a/', '/a', 'A/b', 'a/ b']],
  'label value': [names.isLabelValue, ['', 'a', 'A_b.c', '5'], ['-', 'a b', 'a-', 'x'.repeat(64)]],
  'environment variable': [names.isEnvVarName, ['MY VAR', '5', 'a-b'], ['', 'a=b', 'é', 'a\tb']],
  'key of a ConfigMap': [
    names.isConfigMapKey,
    ['a', '.env', 'a..b', 'A_b-1'],
    ['', '.', '..', '..a', 'a/b', 'a b', 'x'.repeat(254)],
  ],
  'port name': [
    names.isPortName,
    ['http', 'a1', '1a', 'a-b', 'x'.repeat(15)],
    ['', '1', 'a--b', '-a', 'a-', 'Http', 'x'.repeat(16)],
  ],
  'HTTP path': [names.isHttpPath, ['/', "/a-b_c.~!$&'()*+,;=:%20"], ['', '/ ', '/#', '/?', '/é']],
  'HTTP header': [names.isHttpHeaderName, ['X-A', '1'], ['', 'a_b', 'a b']],
  'C identifier': [names.isCIdentifier, ['_a', 'A1'], ['', '1a', 'a-b']],
  'path segment': [names.isPathSegment, ['', 'a:b', '...', 'Ü'], ['.', '..', 'a/b', '%']],
  percentage: [names.isPercentage, ['0%', '100%', '007%'], ['', '%', '12.5%', '-5%', '5', '5 %']],
  'IP address': [
    isIp,
    ['0.0.0.0', '255.255.255.255', '::', '::1', '1::', 'FE80::A', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:1.2.3.4'],
    [
      '',
      '1.2.3',
      '1.2.3.256',
      '01.2.3.4',
      '1.2.3.4.5',
      '1:2',
      '1::2::3',
      ':::',
      '12345::',
      'fe80::1%eth0',
      '::ffff:1.2.3.4',
      '1:2:3:4:5:6:7::8',
    ],
  ],
  'canonical IP address': [
    isCanonicalIp,
    [
      '10.0.0.1',
      '::',
      '::1',
      '1::',
      '2001:db8::1',
      '1:0:2::3',
      '0:1:2:3:4:5:6:7',
      '1:2:3:4:5:6:0:8',
      'a::b:0:0:c:d',
    ],
    ['2001:DB8::1', '2001:db8:0:0::1', '1:2:3:4:5:6::8', '0:0:0:0:0:0:0:0', 'a::b:0:0:0:c'],
  ],
  'address range': [
    isCidr,
    ['0.0.0.0/0', '10.0.0.0/8', '10.0.0.5/32', '2001:db8::/32', '::/0'],
    ['', '10.0.0.0', '10.0.0.5/8', '10.0.0.0/33', '10.0.0.0/08', '2001:db8::1/64', '10.0.0.0/-1', '/8'],
  ],
};

describe('forms of names', () => {
  for (const [form, [fits, right, wrong]] of Object.entries(forms)) {
    test(form, () => {
      assert.deepEqual(
        right.filter((text) => !fits(text)),
        [],
      );
      assert.deepEqual(
        wrong.filter((text) => fits(text)),
        [],
      );
    });
  }

  test('a port is from 1 to 65535', () => {
    assert.deepEqual([0, 1, 65_535, 65_536].map(names.isPortNumber), [false, true, true, false]);
  });

  test('a range lies within another', () => {
    const inside = (outer: string, inner: string): boolean => {
      const [a, b] = [parseCidr(outer), parseCidr(inner)];
      assert.ok(a !== null && b !== null);
      return contains(a, b);
    };
    assert.ok(inside('10.0.0.0/8', '10.1.0.0/16'));
    assert.ok(inside('10.0.0.0/8', '10.0.0.0/8'));
    assert.ok(inside('10.16.0.0/12', '10.31.0.0/16'));
    assert.ok(!inside('10.16.0.0/12', '10.32.0.0/16'));
    assert.ok(!inside('10.1.0.0/16', '10.0.0.0/8'));
    assert.ok(!inside('::/0', '10.0.0.0/8'));
  });
});
