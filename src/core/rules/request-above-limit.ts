import { message } from '../finding.ts';
import type { Fix, Message } from '../finding.ts';
import type { Field } from '../schema/field.ts';
import { milli } from '../quantity.ts';
import { goQuantity } from './containers/resources.ts';
import { isOvercommitAllowed } from './resource-names.ts';
import type { Rule, Visit } from './rule.ts';

export const requestAboveLimit: Rule = {
  code: 'request-above-limit',
  title: 'Request above limit',
  origin: 'server',
  severity: 'error',
  docs: `
A container requests more of a resource than its limit allows it to use. The API server refuses the object.
Raise the limit or lower the request; either is right, depending on what the container needs.

\`\`\`yaml
# bad
resources:
  requests: { memory: 1Gi }
  limits: { memory: 512Mi }
# good
resources:
  requests: { memory: 512Mi }
  limits: { memory: 512Mi }
\`\`\`
`,
  visit: {
    'core/v1.ResourceRequirements'(resources, visit) {
      const limits = resources.get('limits');
      if (limits.node?.type !== 'mapping') return;
      const requests = resources.get('requests');
      for (const request of requests.entries()) compare(request, limits.get(request.key), requests, visit);
    },
  },
};

function compare(request: Field, limit: Field, requests: Field, visit: Visit): void {
  // Of what cannot be promised twice, request and limit are equal; another rule says so.
  if (!isOvercommitAllowed(request.key)) return;
  const asked = goQuantity(request);
  const allowed = goQuantity(limit);
  // A negative amount is a mistake of its own.
  if (asked === null || allowed === null || asked.nano < 0n || allowed.nano < 0n) return;
  if (milli(asked) <= milli(allowed)) return;
  const texts = { asked: textOf(request), allowed: textOf(limit) };
  visit.report(
    requests,
    message(
      '{0} request {1} is above the limit {2}; raise the limit or lower the request',
      label(request.key),
      texts.asked,
      texts.allowed,
    ),
    {
      range: request.range,
      related: [{ message: message('The limit is here'), range: limit.range }],
      fixes: [
        ...change(message('Raise the limit to {0}', texts.asked), texts.asked, limit),
        ...change(message('Lower the request to {0}', texts.allowed), texts.allowed, request),
      ],
    },
  );
}

function textOf(field: Field): string {
  return field.writtenQuantity()?.text?.trim() ?? '0';
}

function label(resource: string): string {
  return resource === 'cpu' ? 'CPU' : resource.charAt(0).toUpperCase() + resource.slice(1);
}

function change(title: Message, newText: string, { written, range }: Field): readonly Fix[] {
  return written ? [{ title, edits: [{ range, newText }], preferred: false }] : [];
}
