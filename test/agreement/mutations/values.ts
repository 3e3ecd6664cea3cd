import { absent } from '../mutation.ts';
import { raw } from '../tree.ts';

/** Values that people write, right and wrong, by what they are meant to be. */

const times = (text: string, count: number): string => text.repeat(count);

export const quantities: readonly unknown[] = [
  ...['', 'm', 'Mi', '.', 'e3', '64Mi ', ' 1Gi ', '100 m', '1K', '1KB', '128MB', '1Gb', '1mi', '1gi', '100M'],
  ...['1e3', '1E3', '1E', '0.1m', '-1', '-100m', '0', '+1', '1.5', '1.5Gi', '1_000', '1,5', 'abc', '10%', '.5'],
  ...['5.', '5.Gi', '1n', '1u', '1Ki', '9223372036854775807', '9223372036854775808', '1e30', '8Ei', '1.', '1m1'],
  ...[raw('0x10'), raw('64_000'), raw('1e3'), raw('010'), raw('~'), 0, -1, 0.5, 1.0001, 3, 2000],
  ...[true, null, {}, [], absent, '2', '4', '100m', '500m', '64Mi', '1Gi', '2Gi', '10Gi'],
];

/** Of objects, volumes, containers: which rule holds differs. */
export const names: readonly unknown[] = [
  ...['fine', 'fine-2', '1digit', '123', 'a', 'with.dot', 'with.two.dots', times('x', 63), times('x', 64)],
  ...[times('x', 253), times('x', 254), 'Upper', 'UPPER', 'with_underscore', '-lead', 'trail-', '.lead', 'trail.'],
  ...['a..b', 'a-.b', 'a.-b', '', ' space', 'sp ace', 'slash/name', 'r\u00e9sum\u00e9', 'a:b', '*', '%', 'a%b'],
  ...['..', 'line\nbreak', null, absent, 5, raw('12e3'), 'system:x'],
];

export const labelKeys: readonly string[] = [
  ...['fine', 'example.com/fine', 'A', 'a_b.c-d', 'kubernetes.io/x', times('x', 63), `${times('x', 63)}.com/a`],
  ...['example.com/', '/name', 'a/b/c', 'Example.com/x', 'exa_mple.com/x', '-bad', 'bad-', 'sp ace', '', '.a'],
  ...[times('x', 64), 'r\u00e9', 'a..b/c', `${times('x.', 127)}/a`, 'a@b', 'x/-y', 'x.com/y_'],
];

export const labelValues: readonly unknown[] = [
  ...['', 'fine', 'A_b.c-9', times('x', 63), times('x', 64), 'sp ace', '-a', 'a-', 'a/b', 'a:b', 'r\u00e9', '.'],
  ...['a..b', '_', 'a\n', 1, true, null, 1.5, {}, ['a'], '1', 'true'],
];

export const ports: readonly unknown[] = [
  ...[0, 1, 80, 443, 8080, 65535, 65536, 70000, -1, 'http', '80', '0', '65536', 'HTTP', 'Http', '', '-a', 'a--b'],
  ...['a-very-long-port-name', 'sixteen-letters1', 'fifteen-letter1', '1', '1a', '80 ', '80/tcp', 'web_1', null],
  ...[absent, 80.5, raw('080'), raw('80.0'), raw('0x50'), raw('8e1'), true, [80], 2_147_483_648],
];

export const portNames: readonly unknown[] = [
  ...['http', 'a', '1', '80', '8080a', 'a-b', 'a--b', '-a', 'a-', 'HTTP', 'Http', 'http_1', 'http.1', ''],
  ...['fifteen-letter1', 'sixteen-letters1', times('x', 63), times('x', 64), null, absent, 'h\u00e9', 'a b', 5],
];

export const counts: readonly unknown[] = [
  ...[0, 1, 2, 5, 100, -1, -5, 2_147_483_647, 2_147_483_648, raw('9223372036854775808'), 1.5, raw('2.0')],
  ...['3', '', 'many', null, absent, true, raw('1e2'), raw('0x2'), raw('010'), raw('1_0'), [], {}],
];

export const portions: readonly unknown[] = [
  ...[0, 1, 3, 100, -1, '0', '1', '0%', '1%', '25%', '50%', '100%', '101%', '110%', '1000%', '12.5%', '-1%', '%'],
  ...['25 %', ' 25%', '+5%', '050%', 'abc', '', null, absent, 1.5, true, '1.5', {}, 2_147_483_648, '2147483648'],
];

export const flags: readonly unknown[] = [
  ...[true, false, 'true', 'false', 'yes', raw('yes'), raw('on'), raw('N'), null, absent, 0, 1, '', [], {}],
];

export const moments: readonly unknown[] = [
  ...['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000000Z', '2026-01-02T03:04:05.123456Z'],
  ...['2026-01-02T03:04:05+01:00', '2026-01-02T03:04:05.123456+05:30', '2026-01-02T03:04:05.5Z'],
  ...['2026-01-02T03:04:05.123456789Z', '2026-01-02', '2026-01-02 03:04:05', 'yesterday', '', '2026-13-02T03:04:05Z'],
  ...['2026-02-30T03:04:05Z', '2026-01-02T24:00:00Z', '2026-01-02T03:04:60Z', '2026-01-02t03:04:05z'],
  ...['2026-01-02T03:04:05', '0001-01-01T00:00:00Z', '10000-01-01T00:00:00Z', '2026-1-2T3:4:5Z'],
  ...['2026-01-02T03:04:05,5Z', '2026-01-02T03:04:05+0100', '2026-01-02T3:04:05Z', '2026-01-02T03:04:05.Z'],
  ...[raw('2026-01-02T03:04:05Z'), raw('2026-01-02'), 1_767_323_045, 0, null, absent, true, {}],
];

export const cidrs: readonly unknown[] = [
  ...['10.0.0.0/8', '10.0.0.5/8', '10.0.0.0/33', '10.0.0.0', '10.0.0.0/-1', '0.0.0.0/0', '010.0.0.0/8', '2001:db8::/32'],
  ...['2001:db8::1/32', '::/0', '2001:DB8::/32', '::ffff:10.0.0.0/104', '10.0.0/8', '300.0.0.0/8', '', 'all', ' 10.0.0.0/8'],
  ...['10.0.0.0/8 ', '10.0.0.0/08', '10.0.0.0/255.0.0.0', 'fe80::1%eth0/64', null, absent, 10, '172.16.0.0/12'],
];

export const addresses: readonly unknown[] = [
  ...['10.1.2.3', '10.1.2', '10.1.2.300', '010.1.2.3', '2001:db8::1', '2001:db8:0:0::1', '::1', '127.0.0.1'],
  ...['0.0.0.0', '169.254.1.1', '224.0.0.1', '::ffff:10.1.2.3', 'localhost', '', ' 10.1.2.3', '10.1.2.3 ', null],
  ...['10.1.2.3/32', '1', 1, 'fe80::1%eth0', '255.255.255.255', absent, 'db.example.com', 'fe80::1', '::', 'ff02::1'],
];

export const images: readonly unknown[] = [
  ...['nginx', 'nginx:latest', 'nginx:', 'nginx@sha256:abc', 'NGINX', 'nginx:tag:tag', ' nginx', 'nginx ', ''],
  ...['registry.example.com:5000/a/b:1', 'http://nginx', 'ngi nx', null, absent, 5, '$(IMAGE)', '   ', 'a//b'],
];

export const schedules: readonly unknown[] = [
  ...['* * * * *', '*/100 * * * *', '@every -1h', '@every 1h', '@hourly', '@yearly', '@annually', '@midnight'],
  ...['@reboot', '@Daily', '1,,2 * * * *', '*-5 * * * *', '0 0 * * 7', '0 0 * * 0', '0 0 * * sun', '0 0 * * SUN-tue'],
  ...['60 * * * *', '* 24 * * *', '0 0 0 * *', '0 0 32 * *', '0 0 1 13 *', '* * * *', '* * * * * *', ''],
  ...['TZ=UTC * * * * *', 'CRON_TZ=UTC 0 0 * * *', '5/15 * * * *', '0-59/5 * * * *', '30-10 * * * *', '? * * * *'],
  ...['* * ? * *', '*/0 * * * *', '*/-1 * * * *', 'a * * * *', '0 0 * jan *', '0 0 * JANUARY *', '0 0 l * *'],
  ...[' 0 0 * * * ', '0\t0 * * *', '0  0 * * *', '@every 1x', '@every', '@every 1h30m', '0 0 31 2 *', 0, null],
  ...['1-2-3 * * * *', '*/5/2 * * * *', '+5 * * * *', '-5 * * * *', '5- * * * *', '00 05 * * *', absent, '@every 0s'],
  ...['0 0 * * mon,wed', '0 0 * * 1-', '0 0 ? * ?', '0,30,59 * * * *', '@weekly ', '@ daily', '99999999999 * * * *'],
];

export const zones: readonly unknown[] = [
  ...['utc', 'UTC', 'Etc/UTC', 'Europe/Berlin', 'europe/berlin', 'Nowhere/City', 'Local', 'local', '', ' UTC', 'UTC '],
  ...['GMT+1', 'Etc/GMT+1', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta', 'US/Pacific', '../UTC', 'CET'],
  ...['America/New York', 'America/New_York', '/UTC', 'Europe', null, absent, 1, 'Z', 'GMT', 'Europe/Kyiv', 'EST'],
];
