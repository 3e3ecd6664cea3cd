import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isTimeZone } from '../../../../src/core/rules/workloads/time-zones.ts';
import { scheduleProblem } from '../../../../src/core/rules/workloads/cron-schedule.ts';
import { check as checkAll, fixed, only as onlyOne, titles } from '../../marked.ts';
import { cronJob, serverOnly } from './workload.ts';

const check = (marked: string): ReturnType<typeof checkAll> => checkAll(marked, serverOnly);
const only = (marked: string): ReturnType<typeof onlyOne> => onlyOne(marked, serverOnly);

/** All of these were shown to an API server of 1.36. */
const accepted = [
  ...['* * * * *', '  5   *\t* * *  ', '5 * * * *\u00a0', '*/100 * * * *', '5/100 * * * *', '1,,2 * * * *'],
  ...[
    ', * * * *',
    '*-5 * * * *',
    '*-x-y * * * *',
    '?/2 * * * *',
    '+5 * * * *',
    '05 * * * *',
    '* * * JAN-Dec *',
  ],
  ...['* * * jan/2 *', '* * * * sun-sat', '* * * * mon/2', '*/9223372036854775807 * * * *'],
  ...['@daily', '@midnight', '@yearly', '@every 1h', '@every -1h', '@every 0', '@every 1h30m', '@every .5s'],
  ...['@every 1.h', '@every 1µs', '@every 1h1h', '@every +1h', '@every 2562047h'],
];

const refused = [
  ...[
    '0 0 1 1',
    '0 0 0 1 1 1',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * 32 * *',
    '* * * 0 *',
    '* * * 13 *',
  ],
  ...[
    '* * * * 7',
    '* * * * SAT-SUN',
    '* * * * sunday',
    '5-1 * * * *',
    '1/0 * * * *',
    '1/-1 * * * *',
    '1/2/3 * * * *',
  ],
  ...[
    '1-2-3 * * * *',
    '0x5 * * * *',
    '-5 * * * *',
    '5- * * * *',
    '* * L * *',
    '* * * * 1#2',
    '70/100 * * * *',
  ],
  ...['*/x * * * *', '99999999999999999999 * * * *', '*/9223372036854775808 * * * *'],
  ...['@Daily', '@reboot', '@daily ', ' @daily', '@ daily', '@every', '@every ', '@every 1', '@every 1d'],
  ...['@every  1h', '@every 1h ', '@every 1hh', '@every 1e3s', '@every 2562048h', '@every 1ms1us1'],
  ...['TZ=UTC * * * * *', 'CRON_TZ=UTC * * * * *', 'TZ=0'],
];

describe('cron-schedule-invalid', () => {
  test('takes what the server takes', () => {
    assert.deepEqual(
      accepted.filter((schedule) => scheduleProblem(schedule) !== null),
      [],
    );
  });

  test('refuses what the server refuses', () => {
    assert.deepEqual(
      refused.filter((schedule) => scheduleProblem(schedule) === null),
      [],
    );
  });

  test('says which field is wrong', () => {
    assert.deepEqual(scheduleProblem('0 0 * 13 *'), { kind: 'field', index: 3, text: '13' });
    assert.deepEqual(scheduleProblem('0 0'), { kind: 'fields', count: 2 });
  });

  test('knows what was meant', () => {
    const sunday = only(cronJob({ spec: 'schedule: «cron-schedule-invalid "0 3 * * 7"»' }));
    assert.equal(sunday.path, 'spec.schedule');
    assert.deepEqual(titles(sunday), ['Change to 0 3 * * 0 !']);
    check(fixed(sunday));
    const word = only(cronJob({ spec: "schedule: «cron-schedule-invalid '@Daily'»" }));
    assert.deepEqual(titles(word), ['Change to @daily !']);
    check(fixed(word));
  });

  test('is required', () => {
    const text = cronJob({ spec: 'suspend: true' }).replace('spec:', '«cron-schedule-invalid spec»:');
    assert.equal(only(text).path, 'spec.schedule');
    check(cronJob({ spec: 'schedule: «cron-schedule-invalid ""»' }));
    check(cronJob({ spec: 'schedule: "${SCHEDULE}"' }));
  });
});

describe('cron-job-invalid', () => {
  test('policies', () => {
    check(cronJob({ spec: "schedule: '@daily'\nconcurrencyPolicy: ''" }));
    const finding = only(
      cronJob({ spec: "schedule: '@daily'\nconcurrencyPolicy: «cron-job-invalid forbid»" }),
    );
    assert.equal(finding.path, 'spec.concurrencyPolicy');
    check(fixed(finding));
  });

  test('time zones by their exact names', () => {
    const names = [
      'UTC',
      'Etc/GMT+1',
      'Europe/Kyiv',
      'Europe/Kiev',
      'Asia/Calcutta',
      'Asia/Kolkata',
      'US/Pacific',
    ];
    const others = ['EST5EDT', 'America/Argentina/ComodRivadavia', 'posix/Europe/Berlin', 'Factory'];
    assert.deepEqual(
      [...names, ...others].filter((name) => !isTimeZone(name)),
      [],
    );
    const wrong = [
      '',
      'utc',
      'Local',
      'europe/berlin',
      'Europe',
      'Europe/',
      '/UTC',
      '../UTC',
      'IST',
      'GMT+1',
      'a b',
      '-a',
    ];
    assert.deepEqual(wrong.filter(isTimeZone), []);
    for (const name of Intl.supportedValuesOf('timeZone')) assert.ok(isTimeZone(name), name);
  });

  test('the zone that was meant', () => {
    const of = (zone: string): string => cronJob({ spec: `schedule: '@daily'\ntimeZone: ${zone}` });
    const finding = only(of('«cron-job-invalid europe/berlin»'));
    assert.equal(finding.path, 'spec.timeZone');
    assert.deepEqual(titles(finding), ['Change to Europe/Berlin']);
    check(of('null'));
  });
});
