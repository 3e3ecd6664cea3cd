import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import { addition } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import type { Field } from '../../schema/field.ts';
import { changeTo, goText } from '../values.ts';

export const jobRestartPolicy: Rule = {
  code: 'job-restart-policy',
  title: 'Job whose pods never end',
  origin: 'server',
  severity: 'error',
  docs: `
A Job is over when its pods have ended, so they must not restart for ever: \`restartPolicy\` is \`Never\` (a failed pod
is kept, and a new one is made) or \`OnFailure\` (its container is started again). The default, \`Always\`, is not
possible. With a \`podFailurePolicy\`, which looks at failed pods, it can only be \`Never\`.

\`\`\`yaml
# bad
template:
  spec:
    containers:
      - name: import
        image: import:1
# good
template:
  spec:
    restartPolicy: Never
    containers:
      - name: import
        image: import:1
\`\`\`
`,
  visit: {
    'batch/v1.JobSpec'(spec, visit) {
      const pod = spec.at('template.spec');
      const policy = pod.get('restartPolicy');
      const text = goText(policy);
      if (text === '') visit.missing(pod, 'restartPolicy', endless, { fixes: choices(policy, pod, visit) });
      else if (text === 'Always') visit.report(policy, endless, { fixes: choices(policy, pod, visit) });
      else if (text === 'OnFailure' && spec.get('podFailurePolicy').written) {
        const said = message('podFailurePolicy needs restartPolicy Never; change it');
        visit.report(policy, said, { fixes: changeTo(policy, 'Never') });
      }
    },
  },
};

const endless: Message = message(
  'Pods of a Job must come to an end; set restartPolicy to Never or OnFailure',
);

function choices(policy: Field, pod: Field, visit: Visit): readonly Fix[] {
  return ['Never', 'OnFailure'].flatMap((choice) =>
    policy.written ? changeTo(policy, choice, false) : addition(pod, `restartPolicy: ${choice}`, visit),
  );
}
