import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { analyze, formatMessage, schemaAt } from '../../../src/core/index.ts';
import { nextRuns, readCron } from '../../../src/core/language/hover/cron.ts';
import { referenceOf, summaryOf } from '../../../src/core/language/hover/docs.ts';
import { hoverAt } from '../../../src/core/language/hover/hover.ts';
import { scheduleText } from '../../../src/core/language/hover/schedule.ts';
import { deployment } from '../marked.ts';

const generated = new URL('../../../src/core/schema/generated/docs.json', import.meta.url);
const docs = JSON.parse(readFileSync(generated, 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;
/** Saturday. */
const now = Date.UTC(2026, 10, 21, 16, 0);

/** The paragraphs about what stands at the `¦` of a text. */
function at(marked: string, version?: string): string {
  const offset = marked.indexOf('¦');
  const schema = schemaAt(version);
  const found = hoverAt(analyze(marked.replace('¦', ''), { schema }), offset, {
    schema,
    now,
    say: (message) => formatMessage(message),
    docs: ({ type, field }) => docs[type]?.[field] ?? '',
  });
  return (found?.markdown ?? '').replaceAll('&nbsp;', '');
}

const container = (lines: string, pod = ''): string => deployment(lines, pod);

describe('fields', () => {
  test('type, need, default, what it is for, where to read on', () => {
    assert.equal(
      at(
        container('tty: true')
          .replace('strategy', '')
          .replace('  replicas', '  minReady¦Seconds: 1\n  replicas'),
      ),
      [
        '**minReadySeconds** · integer · default `0` · [Reference](https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#deploymentspec-v1-apps)',
        'Minimum number of seconds for which a newly created pod should be ready without any of its container crashing, for it to be considered available. Defaults to 0 (pod will be considered available as soon as it is ready)',
      ].join('\n\n'),
    );
    assert.match(
      at(container('').replace('selector', 'sel¦ector')),
      /^\*\*selector\*\* · LabelSelector · required · \[Reference\]/,
    );
  });

  test('since when there is one, and whether it still should be used', () => {
    assert.match(at(container('', 'hostnameOver¦ride: a')), /· since Kubernetes 1\.34/);
    assert.match(at(container('', 'service¦Account: a')), /· ⚠ deprecated/);
    assert.match(
      at('apiVersion: policy/v1beta1\nki¦nd: PodDisruptionBudget\n'),
      /removed in 1\.25 · use `policy\/v1`/,
    );
  });

  test('what its values mean', () => {
    const text = at(container('imagePullPolicy: Al¦ways'));
    assert.match(text, /`Always` means that kubelet always attempts to pull/);
    assert.match(text, /One of `Always`, `IfNotPresent`, `Never`/);
    assert.match(
      at('apiVersion: v1\nkind: Serv¦ice\n'),
      /^\*\*Service\*\* · v1 · \[Reference\]\(\S+#service-v1-core\)[^\n]*\n\nService is a named abstraction/,
    );
  });

  test('nothing where nothing is known', () => {
    assert.equal(at('apiVersion: example.com/v1\nkind: Thing\nspec:\n  fi¦eld: 1\n'), '');
    assert.equal(at('a¦: b\n'), '');
    assert.equal(at(container('# note¦')), '');
    assert.equal(at(container('unknow¦n: 1')), '');
  });

  test('documentation is made short', () => {
    for (const type of Object.values(docs)) {
      for (const text of Object.values(type)) {
        const summary = summaryOf(text);
        assert.ok(summary.text.length < 500, summary.text);
        assert.doesNotMatch(summary.text.replace(/`[^`]*`/g, ''), /\n|More info|(?<!\\)</);
      }
    }
    assert.deepEqual(summaryOf('A <b>. More info: https://kubernetes.io/a#b'), {
      text: 'A \\<b>.',
      preset: null,
      deprecated: false,
      link: 'https://kubernetes.io/a#b',
      values: [],
    });
    assert.match(referenceOf('rbac/v1.Role', '1.34') ?? '', /v1\.34\/#role-v1-rbac-authorization-k8s-io$/);
  });
});

describe('values', () => {
  const limits = (amounts: string): string => container(`resources: { limits: { ${amounts} } }`);

  test('amounts in other units, to the last digit', () => {
    assert.equal(at(limits('cpu: 50¦0m')), '`500m` = 0.5 CPU');
    assert.equal(at(limits('cpu: ¦2')), '`2` = 2 CPU = 2,000m');
    assert.equal(at(limits('cpu: 0.1¦m')), '`0.1m` = 0.0001 CPU\n\nKept as 1m: nothing finer is counted.');
    assert.equal(at(limits('memory: 1.5¦Gi')), '`1.5Gi` = 1,610,612,736 bytes = 1.61 GB');
    assert.equal(at(limits('memory: ¦128m')), '`128m` = 0.128 bytes');
    assert.equal(at(limits('memory: 512¦M')), '`512M` = 512,000,000 bytes = 488.28 MiB');
    assert.equal(at(limits('memory: ¦9007199254740993')).includes('9,007,199,254,740,993 bytes'), true);
    assert.equal(at(limits('memory: 5¦Gb')), '');
  });

  test('parts of an image', () => {
    const image = (reference: string): string =>
      at(container('').replace('image: web:1', `image: ${reference}¦`));
    assert.equal(
      image('nginx'),
      '- Registry: `docker.io` (none is written)\n- Repository: `library/nginx`\n- Tag: `latest` (none is written)',
    );
    const digest = `sha256:${'a'.repeat(64)}`;
    assert.match(
      image(`ghcr.io/acme/web:1.2@${digest}`),
      new RegExp(`\`acme/web\`\n- Tag: \`1.2\`\n- Digest: \`${digest}\`\n`),
    );
  });

  test('long spans of seconds', () => {
    assert.match(at(container('', 'activeDeadlineSeconds: 54¦00')), /^`5400` s = 1 h 30 min/);
    assert.equal(at(container('', 'terminationGracePeriodSeconds: 3¦0')), '');
  });
});

describe('what a pod needs', () => {
  test('effective requests and limits, of all replicas too, and why it gets its class of service', () => {
    const text = at(
      container(
        'resources: { requests: { cpu: 500m, memory: 1Gi }, limits: { memory: 2Gi } }',
        'overhead: { cpu: 100m }',
      ).replace('replicas:', 'repli¦cas:'),
    );
    assert.ok(
      text.startsWith(
        [
          '| One pod | cpu | memory |',
          '|:--|--:|--:|',
          '| requests | 600m | 1Gi |',
          '| limits | none | 2Gi |',
          '| 2 replicas request | 1200m | 2Gi |',
          '',
          'Quality of service **Burstable**: container `web` has no limit for cpu.',
        ].join('\n'),
      ),
      text,
    );
  });

  test('a slip in one unit leaves the sum in the unit of the others', () => {
    const setup =
      'initContainers:\n  - name: setup\n    image: a:1\n    restartPolicy: Always\n    resources: { requests: { memory: 128m } }';
    const text = at(container('reso¦urces: { requests: { memory: 64Mi } }', setup));
    assert.match(text, /\| requests \| ≈ 64Mi \|/);
  });

  test('init containers and sidecars as the scheduler counts them', () => {
    const init = `initContainers:
  - name: proxy
    image: a:1
    restartPolicy: Always
    resources: { limits: { cpu: 400m, memory: 1Gi } }
  - name: setup
    image: a:1
    resources: { limits: { cpu: 700m, memory: 1Gi } }`;
    const text = at(container('reso¦urces: { limits: { cpu: 300m, memory: 1Gi } }', init));
    assert.match(
      text,
      /\| requests \| 1100m \| 2Gi \|\n\| limits \| 1100m \| 2Gi \|\n\| 2 replicas request \| 2200m \| 4Gi \|/,
    );
    assert.match(text, /\*\*Guaranteed\*\*: CPU and memory are requested and limited alike everywhere\./);
  });

  test('names are shown as they are written, whatever Markdown would make of them', () => {
    const text = at(container("resou¦rces: { requests: { '![](https://x)': 1, 'a``b': 1 } }"));
    assert.match(text.split('\n')[0] ?? '', /^\| One pod \| `!\[\]\(https:\/\/x\)` \| ``` a``b ``` \|$/);
  });

  test('what cannot be read is not counted, and that is said', () => {
    const text = at(container('resou¦rces: { requests: { cpu: 1, memory: 5Gb } }'));
    assert.match(
      text,
      /\| One pod \| cpu \|\n[^]* has no limit for cpu\. Amounts that cannot be read are left out\.$/,
    );
  });

  test('beside a finding, what the pod needs is enough', () => {
    const sound = container('resou¦rces: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }');
    assert.match(at(sound), /Quality of service[^]*\*\*resources\*\*/);
    const twice = sound.replace('¦', '').replace('replicas: 2', 'replicas: 2\n  repli¦cas: 3');
    assert.match(at(twice), /Quality of service \*\*Burstable\*\*: container `web` has no limit for cpu\.$/);
  });

  test('nothing asked for', () => {
    assert.match(
      at(container('').replace('containers:', 'contai¦ners:')),
      /^Quality of service \*\*BestEffort\*\*: nothing requests CPU or memory\./,
    );
    assert.doesNotMatch(
      at('apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  re¦sources: {}\n'),
      /Quality/,
    );
  });
});

describe('schedules', () => {
  const words = (schedule: string): string | undefined =>
    scheduleText(schedule, null, now, (message) => formatMessage(message))?.split('\n')[0];

  test('in words', () => {
    const expected: Readonly<Record<string, string>> = {
      '* * * * *': 'Every minute',
      '*/15 * * * *': 'Every 15 minutes',
      '5 * * * *': 'At minute 5 of every hour',
      '30 2 * * *': 'At 02:30 every day',
      '0 8,20 * * mon-fri': 'At 08:00 and 20:00 on Monday to Friday',
      '0 0 1 * *': 'At 00:00 on day 1 of the month',
      '0 0 1 */3 *': 'At 00:00 on day 1 of January, April, July and October',
      '0 0 13 * 5': 'At 00:00 on day 13 of the month and on every Friday',
      '0 0 13 5,6 5': 'At 00:00 on day 13 and on every Friday of May and June',
      '0 0 */2 * 5':
        'At 00:00 on day 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29 and 31 of the month and on every Friday',
      '0 0 */1 * 5': 'At 00:00 on Friday',
      '15 */6 * 12 mon': 'At 00:15, 06:15, 12:15 and 18:15 on Monday in December',
      '15 */3 1 * *': 'At minute 15 of every 3 hours on day 1 of the month',
      '*/10 1,2,9 * * *': 'Every 10 minutes of hour 1, 2 and 9 every day',
      '*/5 9-17 * * 1-5': 'Every 5 minutes of hour 9 to 17 on Monday to Friday',
      '0 */6 * * *': 'At 00:00, 06:00, 12:00 and 18:00 every day',
      '@weekly': 'At 00:00 on Sunday',
      '@every 90m': 'Every 90m, counted from the last run',
    };
    for (const [schedule, text] of Object.entries(expected)) assert.equal(words(schedule), text);
    for (const schedule of ['', '* * * *', '61 * * * *', '@often']) assert.equal(words(schedule), undefined);
  });

  test('the next runs, on the clock of the time zone', () => {
    const job = (lines: string): string => `apiVersion: batch/v1\nkind: CronJob\nspec:\n${lines}`;
    assert.match(
      at(job('  schedule: "30 2¦ * * 1"\n')),
      /Next runs, in UTC unless the cluster is set otherwise:\n- Monday, 2026-11-23 02:30\n- Monday, 2026-11-30 02:30\n- Monday, 2026-12-07 02:30$/,
    );
    assert.match(
      at(job('  schedule: "0 1¦ * * *"\n  timeZone: Asia/Shanghai\n')),
      /Next runs, by the clock of `Asia\/Shanghai`:\n- Sunday, 2026-11-22 01:00\n/,
    );
    assert.match(at(job('  schedule: "0 0 ¦31 2 *"\n')), /no such day exists/);
  });

  test('runs come in order, each one that the schedule names', () => {
    const cron = readCron('*/20 0,12 29 feb *');
    assert.ok(cron !== null);
    const runs = nextRuns(cron, now, 7).map((run) => new Date(run).toISOString().slice(0, 16));
    assert.deepEqual(runs.slice(0, 2), ['2028-02-29T00:00', '2028-02-29T00:20']);
    assert.equal(runs[6], '2032-02-29T00:00');
  });
});
