import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { generatedName } from '../metadata/generated-name.ts';
import { isDnsLabel, isDnsSubdomain } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmpty } from '../values.ts';
import { completionsOf } from './completions.ts';

/** Each of a CronJob's Jobs is called by its name and eleven characters more. */
const LONGEST_CRON_JOB = 52;
const LONGEST_JOB = 63;

export const jobNameInvalid: Rule = {
  code: 'job-name-invalid',
  title: 'Name too long for what a Job makes',
  origin: 'server',
  severity: 'error',
  docs: `
Names of Jobs go into labels and names of their pods. The name of a Job has at most 63 characters; that of a CronJob at
most 52, because eleven are added for each of its Jobs. Pods of a Job with \`completionMode: Indexed\` are called by the
Job's name and their index, which together have at most 63 characters and no dots.

\`\`\`yaml
# bad
kind: CronJob
metadata:
  name: a-name-so-long-that-nothing-fits-behind-it-any-more-at-all
# good
kind: CronJob
metadata:
  name: nightly-import
\`\`\`
`,
  visit: {
    'batch/v1.CronJob'(cronJob, visit) {
      const name = nameOf(cronJob);
      if (name === null || name.text.length <= LONGEST_CRON_JOB) return;
      const text = message(
        'The name has {0} characters; a CronJob takes at most 52, so shorten it',
        name.text.length,
      );
      visit.report(cronJob.at('metadata.name'), text, { range: name.field.range });
    },
    'batch/v1.Job': checkJob,
  },
};

interface Name {
  readonly field: Field;
  readonly text: string;
}

/** Null where there is none, or it is none by any rule. */
function nameOf(object: Field): Name | null {
  const name = object.at('metadata.name');
  const prefix = object.at('metadata.generateName');
  const generated = isEmpty(name);
  const text = generated ? prefix.text() : name.text();
  if (text === null || text === '') return null;
  const whole = generated ? generatedName(text) : text;
  return isDnsSubdomain(whole) ? { field: generated ? prefix : name, text: whole } : null;
}

function checkJob(job: Field, visit: Visit): void {
  const name = nameOf(job);
  if (name === null) return;
  const { range } = name.field;
  const spec = job.get('spec');
  if (name.text.length > LONGEST_JOB && spec.get('manualSelector').flag() !== true) {
    const text = message(
      'The name has {0} characters; a Job takes at most 63, so shorten it',
      name.text.length,
    );
    visit.report(name.field, text, { path: spec.at('template.labels').path });
  }
  const completions = completionsOf(spec);
  if (spec.get('completionMode').text() !== 'Indexed' || completions === null || completions <= 0) return;
  const last = `${name.text}-${completions - 1}`;
  if (isDnsLabel(last)) return;
  const text = message('Its last pod would be {0}; use a name without dots, 63 characters in all', last);
  visit.report(job.at('metadata.name'), text, { range });
}
