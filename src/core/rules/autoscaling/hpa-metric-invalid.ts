import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { dnsLabel, pathSegment } from '../forms.ts';
import type { Form } from '../forms.ts';
import { removal } from '../fixes.ts';
import { isContainerResource } from '../resource-names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText, isEmpty } from '../values.ts';
import { checkReference } from './object-reference.ts';

/** The block of each type, in the order in which the server looks for one that is written. */
const blocks = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
} as const;

type Block = (typeof blocks)[keyof typeof blocks];

const types = Object.keys(blocks);

export const hpaMetricInvalid: Rule = {
  code: 'hpa-metric-invalid',
  title: 'Invalid metric of an autoscaler',
  origin: 'server',
  severity: 'error',
  docs: `
The \`type\` of a metric names its one block: \`Resource\` has \`resource\`, \`ContainerResource\` has
\`containerResource\`, \`Pods\` has \`pods\`, \`Object\` has \`object\`, \`External\` has \`external\`. Its target says what
is aimed at: \`averageUtilization\` (percent of the request) or \`averageValue\` for the resource types, \`averageValue\`
for pods, \`value\` or \`averageValue\` for the others, all of them greater than 0.

\`\`\`yaml
# bad
metrics:
  - type: Resource
    resource:
      name: cpu
      targetAverageUtilization: 70
# good
metrics:
  - type: Resource
    resource:
      name: cpu
      target: { type: Utilization, averageUtilization: 70 }
\`\`\`
`,
  visit: {
    'autoscaling/v2.MetricSpec'(metric, visit) {
      const type = goText(metric.get('type'));
      if (type === '')
        visit.missing(metric, 'type', message('The metric has no type; add one, such as Resource'));
      else checkChoice(metric.get('type'), types, visit);
      const written = Object.values(blocks).filter((block) => metric.get(block).written);
      const [first] = written;
      if (first !== undefined) checkSource(metric.get(first), first, visit);
      const wanted = Object.hasOwn(blocks, type ?? '') ? blocks[type as keyof typeof blocks] : null;
      if (wanted !== null && !metric.get(wanted).written)
        visit.missing(metric, wanted, message('The type asks for {0}; add it, or change the type', wanted));
      if (written.length > 1 && type !== null) forbidOthers(metric, written, wanted, visit);
    },
  },
};

function forbidOthers(metric: Field, written: readonly Block[], wanted: Block | null, visit: Visit): void {
  for (const block of written) {
    if (block === wanted) continue;
    const field = metric.get(block);
    visit.report(field, message('A metric has one block, and {0} is not of its type; remove it', block), {
      fixes: removal(field, visit),
    });
  }
}

function checkSource(source: Field, block: Block, visit: Visit): void {
  if (block === 'resource' || block === 'containerResource') checkResource(source, block, visit);
  else checkText(source.get('metric'), 'name', pathSegment, visit);
  if (block === 'object') checkReference(source.get('describedObject'), 'free', visit);
  const target = source.get('target');
  checkTarget(target, visit);
  checkAim(target, block, visit);
}

function checkResource(source: Field, block: Block, visit: Visit): void {
  checkText(source, 'name', block === 'resource' ? anything : containerResource, visit);
  if (block === 'containerResource') checkText(source, 'container', dnsLabel, visit);
}

const anything: Form = { fits: () => true, template: '' };

const containerResource: Form = {
  fits: isContainerResource,
  template: '{0} cannot be "{1}"; use a resource of containers, such as cpu or memory',
};

function checkText(parent: Field, key: string, form: Form, visit: Visit): void {
  const field = parent.get(key);
  const text = goText(field);
  if (text === '') visit.missing(parent, key, message('{0} is required; add it', key));
  else if (text !== null && !form.fits(text)) visit.report(field, message(form.template, key, text));
}

function checkTarget(target: Field, visit: Visit): void {
  const type = target.get('type');
  if (isEmpty(type))
    visit.missing(target, 'type', message('The target has no type; add one, such as Utilization'));
  else checkChoice(type, ['Utilization', 'Value', 'AverageValue'], visit);
  for (const key of ['value', 'averageValue']) {
    const field = target.get(key);
    const quantity = field.quantity();
    if (quantity !== null && quantity.nano <= 0n)
      visit.report(field, message('{0} must be greater than 0; raise it', key));
  }
  const utilization = target.get('averageUtilization');
  if ((utilization.number() ?? 1) < 1)
    visit.report(utilization, message('averageUtilization must be at least 1; raise it'));
}

/** Which values a target needs, and which exclude each other; the server asks for the first of them. */
function checkAim(target: Field, block: Block, visit: Visit): void {
  const [first, second] =
    block === 'resource' || block === 'containerResource'
      ? (['averageUtilization', 'averageValue'] as const)
      : block === 'pods'
        ? (['averageValue', 'averageValue'] as const)
        : (['averageValue', 'value'] as const);
  const hasFirst = target.get(first).written;
  const hasSecond = target.get(second).written;
  if (!hasFirst && !hasSecond) {
    const text =
      first === second
        ? message('The target needs {0}; add it', first)
        : message('The target needs {0} or {1}; add one of them', first, second);
    visit.missing(target, first, text);
  } else if (hasFirst && hasSecond && first !== second && block !== 'object') {
    const text = message('{0} and {1} exclude each other; remove one', first, second);
    visit.report(target.get(second), text, { fixes: removal(target.get(second), visit) });
  }
}
