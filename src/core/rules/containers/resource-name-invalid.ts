import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import { isQualifiedName } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { isContainerResource, isHugePages } from '../resource-names.ts';
import { amountsOf } from './resources.ts';

const standard = ['cpu', 'memory', 'ephemeral-storage'];
const ofWholePod = ['cpu', 'memory'];

export const resourceNameInvalid: Rule = {
  code: 'resource-name-invalid',
  title: 'Unknown resource',
  origin: 'server',
  severity: 'error',
  docs: `
Requests and limits of a container are about \`cpu\`, \`memory\`, \`ephemeral-storage\`, \`hugepages-<size>\`, or a resource
that somebody else provides, whose name begins with a domain (\`nvidia.com/gpu\`). Those of a whole pod are about
\`cpu\`, \`memory\` and \`hugepages-<size>\` only.

\`\`\`yaml
# bad
resources:
  limits: { gpu: 1 }
# good
resources:
  limits: { nvidia.com/gpu: 1 }
\`\`\`
`,
  visit: {
    'core/v1.ResourceRequirements'(resources, visit) {
      const ofPod = resources.parent?.is('core/v1.PodSpec') === true;
      for (const list of resources.entries()) {
        if (list.key !== 'limits' && list.key !== 'requests') continue;
        for (const amount of amountsOf(list)) checkName(amount, ofPod, amount.path, visit);
      }
    },
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('overhead')) return;
      const overhead = spec.get('overhead');
      // To the server the overhead of a pod is a limit.
      for (const amount of amountsOf(overhead))
        checkName(amount, false, `${overhead.path}.limits[${amount.key}]`, visit);
    },
  },
};

function checkName(amount: Field, ofPod: boolean, path: string, visit: Visit): void {
  const { key } = amount;
  if (ofPod ? isPodResource(key) : isContainerResource(key)) return;
  const words = ofPod ? ofWholePod : standard;
  const meant = nearestWord(key, words);
  const text = ofPod
    ? message('A pod as a whole has no {0}; use cpu, memory or hugepages-<size>', key)
    : message(
        'There is no resource {0}; use cpu, memory, ephemeral-storage or one such as nvidia.com/gpu',
        key,
      );
  visit.report(
    amount,
    meant === null ? text : message('There is no resource {0}; did you mean {1}?', key, meant),
    {
      path,
      range: amount.head,
      fixes: meant === null ? [] : rename(amount, meant),
    },
  );
}

function isPodResource(name: string): boolean {
  return ofWholePod.includes(name) || (isHugePages(name) && isQualifiedName(name));
}

function rename({ entry, parent }: Field, name: string): readonly Fix[] {
  if (entry === null || parent?.has(name) === true) return [];
  return [
    {
      title: message('Change to {0}', name),
      edits: [{ range: entry.keyRange, newText: name }],
      preferred: true,
    },
  ];
}
