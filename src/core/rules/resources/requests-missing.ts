import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import type { MappingNode } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import { insertUnder } from '../edits.ts';
import type { Rule } from '../rule.ts';
import { isAstray, isMeant, placeOf } from './amounts.ts';
import { containerName, isWhole, keepsRunning } from '../workload-role.ts';

const needed = ['cpu', 'memory'] as const;
type Needed = (typeof needed)[number];

/** A modest start, to be replaced by what the container is seen to use. */
const placeholder: Readonly<Record<Needed, string>> = { cpu: '100m', memory: '128Mi' };

export const requestsMissing: Rule = {
  code: 'requests-missing',
  title: 'CPU or memory request missing',
  origin: 'advice',
  severity: 'warning',
  docs: `
A container (or sidecar) does not say how much CPU or memory it needs. The scheduler then counts it as
needing none, places it on a node that may be full, and it is among the first to be evicted when memory runs
short. An autoscaler that targets utilization cannot work without requests either.

A limit alone is enough: the request then equals it. So is a request of the whole pod (\`spec.resources\`).
Plain init containers are not asked for one.

\`\`\`yaml
# bad
containers:
  - name: web
    image: web:1
# good
containers:
  - name: web
    image: web:1
    resources:
      requests: { cpu: 100m, memory: 128Mi }
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const { node } = container;
      if (node?.type !== 'mapping' || !isWhole(container) || !keepsRunning(container)) return;
      const missing = needed.filter((resource) => !requests(container, resource));
      if (missing.length === 0 || !visit.context.isWhole(node) || isAstray(container)) return;
      visit.missing(container.get('resources'), 'requests', sentence(container, missing), {
        range: placeOf(container),
        fixes: addRequests(node, missing, visit.context.document.text),
      });
    },
  },
};

function requests(container: Field, resource: Needed): boolean {
  const pod = container.up('core/v1.PodSpec');
  return [container, pod].some((owner) => {
    const resources = owner?.get('resources');
    if (resources === undefined || !resources.written) return false;
    // What is not a mapping is a mistake of its own, or a template's business.
    if (resources.node?.type !== 'mapping') return true;
    const astray = resources.get(resource).node !== null;
    return astray || has(resources.get('requests'), resource) || has(resources.get('limits'), resource);
  });
}

function has(amounts: Field, resource: Needed): boolean {
  return (
    amounts.written &&
    (amounts.node?.type !== 'mapping' || amounts.get(resource).written || isMeant(amounts, resource))
  );
}

function sentence(container: Field, missing: readonly Needed[]): Message {
  const which = containerName(container);
  if (missing.length === 2) {
    return message(
      'Container {0} requests no CPU and no memory; add resources.requests so it gets its share',
      which,
    );
  }
  return missing[0] === 'cpu'
    ? message('Container {0} requests no CPU; add resources.requests.cpu so it gets its share', which)
    : message('Container {0} requests no memory; add resources.requests.memory so it gets its share', which);
}

/** Offered where the lines can be added without touching others; the amounts are only a start. */
function addRequests(node: MappingNode, missing: readonly Needed[], text: string): readonly Fix[] {
  const lines = missing.map((resource) => `${resource}: ${placeholder[resource]}`);
  const edit = insertUnder(text, node, ['resources', 'requests'], lines);
  if (edit === null) return [];
  const title =
    missing.length === 2
      ? message('Add requests of 100m CPU and 128Mi memory')
      : missing[0] === 'cpu'
        ? message('Add a request of 100m CPU')
        : message('Add a request of 128Mi memory');
  return [{ title, edits: [edit], preferred: false }];
}
