import { message } from '../finding.ts';
import type { Fix, Message, TextEdit, TextRange } from '../finding.ts';
import type { ContainerNode } from '../manifest/document.ts';
import type { MappingNode } from '../manifest/nodes.ts';
import { headOf } from '../manifest/objects.ts';
import { appendLines } from './edits.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Where one of these stands astray, a request is there and only in the wrong place. */
const carriers = new Set(['resources', 'requests', 'limits']);

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
  *check(context) {
    if (context.patch) return;
    const astray = new Set(
      context.misplaced.filter(({ entry }) => carriers.has(entry.key)).map(({ pod }) => pod),
    );
    for (const container of context.document.containers) {
      if (astray.has(container.pod) || !mustRequest(container, context)) continue;
      const missing = needed.filter((resource) => !requests(container, resource));
      if (missing.length === 0) continue;
      yield {
        message: sentence(container, missing),
        range: place(container),
        path: `${container.path}.resources.requests`,
        fixes: addRequests(container, missing, context.document.text),
      };
    }
  },
};

/** A container without an image is a part of one, in a patch: the rest is written elsewhere. */
function mustRequest({ list, sidecar, node }: ContainerNode, context: RuleContext): boolean {
  const runsOn = list === 'containers' || sidecar;
  return runsOn && node.entry('image') !== null && context.isWhole(node);
}

function requests({ node, pod }: ContainerNode, resource: Needed): boolean {
  return [node, pod.spec].some((owner) => {
    const resources = owner?.get('resources');
    // What is not a mapping is a mistake of its own, or a template's business.
    if (resources?.type !== 'mapping') return resources?.type === 'scalar' && resources.value !== null;
    const astray = resources.entry(resource) !== null;
    return astray || has(resources, 'requests', resource) || has(resources, 'limits', resource);
  });
}

function has(resources: MappingNode, key: string, resource: Needed): boolean {
  const list = resources.get(key);
  if (list === null) return false;
  if (list.type !== 'mapping') return list.type === 'scalar' && list.value !== null;
  const value = list.get(resource);
  return value !== null && !(value.type === 'scalar' && value.value === null);
}

function place({ node }: ContainerNode): TextRange {
  const resources = node.entry('resources');
  return resources !== null && !resources.inherited ? resources.keyRange : headOf(node);
}

function sentence({ name, path }: ContainerNode, missing: readonly Needed[]): Message {
  const which = name === '' ? path.slice(path.lastIndexOf('.') + 1) : name;
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
function addRequests({ node }: ContainerNode, missing: readonly Needed[], text: string): readonly Fix[] {
  const edit = insertion(node, missing, text);
  if (edit === null) return [];
  const title =
    missing.length === 2
      ? message('Add requests of 100m CPU and 128Mi memory')
      : missing[0] === 'cpu'
        ? message('Add a request of 100m CPU')
        : message('Add a request of 128Mi memory');
  return [{ title, edits: [edit], preferred: false }];
}

function insertion(container: MappingNode, missing: readonly Needed[], text: string): TextEdit | null {
  const resources = container.entry('resources');
  if (resources === null)
    return appendLines(text, container, ['resources:', '  requests:', ...amounts(missing, '    ')]);
  if (resources.value.type !== 'mapping' || resources.inherited) return null;
  const written = resources.value.entry('requests');
  if (written === null) return appendLines(text, resources.value, ['requests:', ...amounts(missing, '  ')]);
  return written.value.type === 'mapping' ? appendLines(text, written.value, amounts(missing, '')) : null;
}

function amounts(missing: readonly Needed[], indent: string): string[] {
  return missing.map((resource) => `${indent}${resource}: ${placeholder[resource]}`);
}
