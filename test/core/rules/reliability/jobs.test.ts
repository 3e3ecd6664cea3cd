import { container, object, tryRule } from '../advice.ts';
import { indent } from '../../marked.ts';

const template = `template:\n  spec:\n    restartPolicy: Never\n${indent(container(''), 4)}`;
const job = (spec = ''): string => object('batch/v1 Job', `spec:\n${indent(`${spec}${template}`, 2)}`);
const cron = (schedule: string, spec = '', jobSpec = ''): string =>
  object(
    'batch/v1 CronJob',
    `spec:\n  schedule: ${schedule}\n${spec === '' ? '' : `  ${spec}\n`}  jobTemplate:\n    spec:\n${indent(`${jobSpec}${template}`, 6)}`,
  );
const marked = (text: string): string => text.replace('spec:', '«spec»:');

tryRule('job-backoff-missing', {
  'not said': { text: marked(job()), fixed: job() + '  backoffLimit: 3\n' },
  said: job('backoffLimit: 0\n'),
});

tryRule('job-deadline-missing', {
  'not said': marked(job()),
  said: job('activeDeadlineSeconds: 1\n'),
  'of a CronJob': cron('"0 3 * * *"').replace('    spec:\n      template', '    «spec»:\n      template'),
});

tryRule('job-ttl-missing', {
  'not said': { text: marked(job()), fixed: job() + '  ttlSecondsAfterFinished: 86400\n' },
  said: job('ttlSecondsAfterFinished: 0\n'),
  'of a CronJob': cron('"0 3 * * *"'),
  'of a tool that cleans up': job().replace(
    'name: web\n',
    'name: web\n  annotations: { argocd.argoproj.io/hook: PreSync }\n',
  ),
});

tryRule('cron-overlap', {
  'not said': cron('«"0 3 * * *"»'),
  said: cron('"0 3 * * *"', 'concurrencyPolicy: Allow'),
});

tryRule('cron-deadline-short', {
  'too short': { text: cron('"0 3 * * *"', 'startingDeadlineSeconds: «5»'), severity: 'warning' },
  'long enough': cron('"0 3 * * *"', 'startingDeadlineSeconds: 10'),
});

tryRule('cron-schedule-unusual', {
  'each minute of an hour': {
    text: cron("«'* 2 * * *'»"),
    severity: 'warning',
    fixed: cron("'0 2 * * *'"),
  },
  'a day that never comes': { text: cron("«'0 0 30 2 *'»"), severity: 'warning' },
  'by name': cron("«'0 0 31 apr,JUN *'»"),
  'a day that seldom comes': cron("'0 0 29 2 *'"),
  'a day that some of the months have': cron("'0 0 31 */2 *'"),
  'one of several days': cron("'0 0 30,1 2 *'"),
  'a day that comes with its weekday': cron("«'0 0 30 2 1'»"),
  'either day': { text: cron("«'0 2 13 * 5'»"), severity: 'hint' },
  'each minute': cron("'* * * * *'"),
  'each minute by day': cron("'* 8-17 * * 1-5'"),
  'every so often': cron("'*/5 2 * * *'") + '---\n' + cron("'@daily'") + '---\n' + cron("'0 2 * * mon-fri'"),
});
