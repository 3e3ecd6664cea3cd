import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { ContainerFacts } from '../../workspace/facts.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Relation, Rule } from '../rule.ts';
import { defaultsFor } from './limits.ts';
import { targetsOf } from './missing.ts';
import { otherPlace } from './places.ts';

/** A metric that is a share of what containers request. */
interface Share {
  readonly resource: string;
  /** Null: every container of the pod. */
  readonly container: string | null;
  readonly place: Field;
}

export const hpaRequestMissing: Rule = {
  code: 'hpa-request-missing',
  title: 'Autoscaler that cannot compute a utilization',
  origin: 'advice',
  severity: 'warning',
  docs: `
A \`Utilization\` target is a percentage of what the containers request. If one container (or sidecar) of the target
requests none of that resource, the metric fails for the whole workload, and the autoscaler scales nothing. An
autoscaler without metrics aims at 80 % of the requested CPU.

A limit stands for a request; so do a LimitRange's defaults and a request of the pod as a whole.

\`\`\`yaml
# bad: the container \`proxy\` requests no CPU
containers:
  - { name: web, image: web:1, resources: { requests: { cpu: 100m } } }
  - { name: proxy, image: proxy:1 }
# good
containers:
  - { name: web, image: web:1, resources: { requests: { cpu: 100m } } }
  - { name: proxy, image: proxy:1, resources: { requests: { cpu: 10m } } }
\`\`\`
`,
  relate(object, relation) {
    if (relation.here.facts.particulars?.of !== 'autoscaler') return;
    const reference = relation.here.facts.references.find(({ path }) => path.endsWith('scaleTargetRef.name'));
    if (reference === undefined || relation.workspace.mayDiffer(relation.here)) return;
    const targets = targetsOf(reference, relation);
    for (const share of sharesOf(object.get('spec'))) look(share, targets, relation);
  },
};

function* sharesOf(spec: Field): Iterable<Share> {
  const metrics = spec.get('metrics');
  for (const metric of metrics.items()) {
    const contained = metric.get('type').text() === 'ContainerResource';
    const source = metric.get(contained ? 'containerResource' : 'resource');
    const place = [source.at('target.averageUtilization'), source.get('targetAverageUtilization')].find(
      (one) => one.written,
    );
    const resource = source.get('name').text();
    if (place === undefined || resource === null) continue;
    const container = contained ? source.get('container').text() : null;
    if (contained && container === null) continue;
    yield { resource, container, place };
  }
  const old = spec.get('targetCPUUtilizationPercentage');
  if (!metrics.written)
    yield { resource: 'cpu', container: null, place: old.written ? old : spec.get('scaleTargetRef') };
}

function look({ resource, container, place }: Share, targets: readonly Located[], relation: Relation): void {
  const [target] = targets;
  const found = targets.map((one) => withoutRequest(one, resource, container, relation));
  const [first] = found;
  if (target === undefined || first === undefined || found.some((one) => one === null)) return;
  const { kind, name } = target.facts;
  if (first === null) return;
  if (first === 'absent') {
    relation.report(
      place,
      message('{0} {1} has no container {2}: this metric fails', kind, name, container ?? ''),
      {
        others: otherPlace(target, message('{0} {1} is here', kind, name)),
      },
    );
    return;
  }
  const text = 'Container {0} of {1} {2} requests no {3}: a utilization cannot be computed; add the request';
  relation.report(place, message(text, first.name, kind, name, resource), {
    others: otherPlace(target, message('Container {0} is here', first.name), first.range),
  });
}

/** The first container that requests nothing; null where all do, or nobody can know. */
function withoutRequest(
  target: Located,
  resource: string,
  container: string | null,
  relation: Relation,
): ContainerFacts | 'absent' | null {
  const { pod } = target.facts;
  if (pod === null || pod.containers.length === 0 || relation.workspace.mayDiffer(target)) return null;
  if (resource in defaultsFor(target, relation.workspace).requests) return null;
  const running = pod.containers.filter((one) => one.running);
  const has = (one: ContainerFacts): boolean => resource in one.requests;
  if (container !== null) {
    const named = running.find(({ name }) => name === container);
    return named === undefined ? 'absent' : has(named) ? null : named;
  }
  // What the pod requests as a whole is what counts then, as soon as it requests anything so.
  if (Object.keys(pod.requests).length > 0 && (resource in pod.requests || running.some(has))) return null;
  return running.find((one) => !has(one)) ?? null;
}
