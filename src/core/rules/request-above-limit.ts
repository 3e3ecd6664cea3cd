import { message } from '../finding.ts';
import type { Fix, Message, TextRange } from '../finding.ts';
import type { DocumentNode } from '../manifest/document.ts';
import type { Entry, MappingNode } from '../manifest/nodes.ts';
import { isPlaceholder } from '../manifest/templates.ts';
import { parseQuantity } from '../quantity.ts';
import { quantityText } from '../schema/scalars.ts';
import type { Problem, Rule } from './rule.ts';

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
  *check({ document }) {
    for (const { node, path } of resourceOwners(document)) {
      const resources = node.mapping('resources');
      const requests = resources?.mapping('requests');
      const limits = resources?.mapping('limits');
      if (requests && limits) yield* compare(requests, limits, `${path}.resources.requests`);
    }
  },
};

function* resourceOwners(document: DocumentNode): Iterable<{ node: MappingNode; path: string }> {
  yield* document.containers;
  for (const { spec, specPath } of document.podTemplates) if (spec) yield { node: spec, path: specPath };
}

function* compare(requests: MappingNode, limits: MappingNode, path: string): Iterable<Problem> {
  for (const request of requests.entries) {
    const limit = limits.entry(request.key);
    if (limit === null || requests.entry(request.key) !== request) continue;
    const asked = amount(request);
    const allowed = amount(limit);
    if (asked === null || allowed === null || asked.milli <= allowed.milli) continue;
    const related = { message: message('The limit is here'), range: limit.value.range };
    yield {
      message: message(
        '{0} request {1} is above the limit {2}; raise the limit or lower the request',
        label(request.key),
        asked.text,
        allowed.text,
      ),
      range: request.value.range,
      path,
      related: [related],
      fixes: [
        change(message('Raise the limit to {0}', asked.text), asked.text, limit.value.range),
        change(message('Lower the request to {0}', allowed.text), allowed.text, request.value.range),
      ],
    };
  }
}

/** The server rounds both up to a thousandth before it compares them: 1m and 0.5m are equal. */
function amount({ value }: Entry): { text: string; milli: bigint } | null {
  const text = quantityText(value);
  if (text === null || value.type !== 'scalar' || value.value === null || isPlaceholder(value.source))
    return null;
  const reading = parseQuantity(text);
  // A negative amount is a mistake of its own.
  if (!reading.ok || reading.quantity.nano < 0n) return null;
  return { text: text.trim(), milli: (reading.quantity.nano + 999_999n) / 1_000_000n };
}

function label(resource: string): string {
  // `nvidia.com/gpu` is a name and stays as it is.
  if (resource.includes('/')) return resource;
  return resource === 'cpu' ? 'CPU' : resource.charAt(0).toUpperCase() + resource.slice(1);
}

function change(title: Message, newText: string, range: TextRange): Fix {
  return { title, edits: [{ range, newText }], preferred: false };
}
