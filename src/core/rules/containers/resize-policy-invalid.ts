import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, checkChoice, goText } from '../values.ts';
import { podOf } from './container.ts';

const resources = ['cpu', 'memory'];
const policies = ['NotRequired', 'RestartContainer'];

export const resizePolicyInvalid: Rule = {
  code: 'resize-policy-invalid',
  title: 'Resize policy that cannot be followed',
  origin: 'server',
  severity: 'error',
  docs: `
\`resizePolicy\` says for \`cpu\` and for \`memory\`, once for each, whether the container must be restarted when its
amount changes: \`NotRequired\` or \`RestartContainer\`. In a pod that never restarts it can only be \`NotRequired\`.

\`\`\`yaml
# bad
resizePolicy:
  - { resourceName: memory, restartPolicy: Always }
# good
resizePolicy:
  - { resourceName: memory, restartPolicy: RestartContainer }
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!container.has('resizePolicy')) return;
      const list = container.get('resizePolicy');
      const never = podOf(container)?.get('restartPolicy').text() === 'Never';
      const seen = new Set<string>();
      for (const policy of list.items()) checkPolicy(policy, list, never, seen, visit);
    },
  },
};

/** The server says most of it of the list. */
function checkPolicy(policy: Field, list: Field, never: boolean, seen: Set<string>, visit: Visit): void {
  const resource = policy.get('resourceName');
  const name = goText(resource);
  if (name !== null && seen.has(name)) {
    visit.report(policy, message('{0} has a resize policy already; remove one', name), {
      range: resource.range,
    });
  }
  if (name !== null) seen.add(name);
  checkWord(policy, 'resourceName', resources, list, visit);
  checkWord(policy, 'restartPolicy', policies, list, visit);
  const restart = policy.get('restartPolicy');
  if (!never || restart.text() !== 'RestartContainer') return;
  visit.report(restart, message('A pod that never restarts can only have NotRequired here; change it'), {
    path: list.path,
    fixes: changeTo(restart, 'NotRequired'),
  });
}

function checkWord(policy: Field, key: string, words: readonly string[], list: Field, visit: Visit): void {
  const field = policy.get(key);
  const options = { path: list.path };
  if (goText(field) === '') visit.missing(policy, key, message('{0} is required; add it', key), options);
  else checkChoice(field, words, visit, options);
}
