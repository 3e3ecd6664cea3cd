import { message } from '../../finding.ts';
import { podOf } from '../../workspace/collect.ts';
import type { Rule } from '../rule.ts';
import { defaultsFor, limitsOf } from './limits.ts';
import { otherPlace } from './places.ts';

export const limitRangeDefault: Rule = {
  code: 'limit-range-default',
  title: 'Amounts that a LimitRange fills in',
  origin: 'advice',
  severity: 'hint',
  docs: `
A container says nothing about a resource, and a LimitRange of its namespace fills in a limit. That is what the
container runs with, although no line of its manifest says so: a memory limit nobody remembers is the usual reason for
containers that are killed.

\`\`\`yaml
# told: the LimitRange has default: { memory: 256Mi }
containers:
  - { name: web, image: web:1 }
# said by the container itself
containers:
  - { name: web, image: web:1, resources: { limits: { memory: 256Mi } } }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    const pod = podOf(object, here.facts.apiVersion, here.facts.kind);
    const [first] = pod === null ? [] : limitsOf('Container', here, workspace);
    if (pod === null || first === undefined || workspace.mayDiffer(here)) return;
    const { limits } = defaultsFor(here, workspace);
    const spec = pod.get('spec');
    for (const container of [...spec.get('initContainers').items(), ...spec.get('containers').items()]) {
      const resources = container.get('resources');
      const filled = Object.entries(limits).filter(
        ([name]) =>
          !resources.get('limits').get(name).written && !resources.get('requests').get(name).written,
      );
      if (filled.length === 0 || !container.get('image').written) continue;
      const list = filled.map(([name, amount]) => `${name} ${amount}`).join(', ');
      relation.report(
        container,
        message('LimitRange {0} gives this container limits: {1}', first.range.facts.name, list),
        { range: container.head, others: otherPlace(first.range, message('The LimitRange')) },
      );
    }
  },
};
