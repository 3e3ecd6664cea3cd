import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { numberOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import type { Health } from '../workload/health.ts';
import { conditionOf, conditionsOf, explanation, readConditions } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { fewOf, partsOf, scalarText, textsIn } from './fields.ts';
import { factsOf, saying, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** Whoever accepts objects of the Gateway API says so in these conditions (gateway-api/apis/v1). */
function verdict(conditions: readonly Condition[], types: readonly string[]): Verdict {
  for (const type of types) {
    const condition = conditionOf(conditions, type);
    if (condition === null || condition.status === 'True') continue;
    const isPending = condition.status === 'Unknown' || condition.reason === 'Pending';
    return {
      health: isPending ? 'progressing' : 'warning',
      word: condition.reason || `${type}: ${condition.status}`,
      reason: saying(explanation(condition)),
    };
  }
  const first = types.find((type) => conditionOf(conditions, type) !== null);
  if (first === undefined) return { health: 'progressing', word: null, reason: waiting };
  return { health: 'healthy', word: first, reason: null };
}

interface Verdict {
  readonly health: Health;
  /** null: nobody has said anything yet. */
  readonly word: string | null;
  readonly reason: Message | null;
}

const waiting = message('No controller has taken it up yet');

function wordOf({ word }: Verdict): Message | string {
  return word ?? message('waiting for a controller');
}

export function summarizeGatewayClass(object: unknown): ResourceSummary {
  const { spec } = partsOf(object);
  const result = verdict(conditionsOf(object), ['Accepted']);
  const controller = textOf(spec['controllerName']);
  return {
    health: result.health,
    words: wordsOf(wordOf(result), controller),
    facts: factsOf([message('State'), wordOf(result)], [message('Controller'), controller]),
    reason: result.reason,
  };
}

/** A Gateway: programmed or not, its addresses, its listeners and how many routes have attached. */
export function summarizeGateway(gateway: unknown): ResourceSummary {
  const { spec, status } = partsOf(gateway);
  const result = verdict(conditionsOf(gateway), ['Programmed', 'Accepted']);
  const trouble = result.health === 'healthy' ? listenerTrouble(status) : null;
  const addresses = objectsIn(status['addresses']).map((one) => textOf(one['value']));
  const routes = objectsIn(status['listeners']).reduce(
    (sum, one) => sum + numberOf(one['attachedRoutes']),
    0,
  );
  const className = textOf(spec['gatewayClassName']);
  return {
    health: trouble === null ? result.health : 'warning',
    words: wordsOf(
      wordOf(result),
      className,
      fewOf(addresses, 1),
      routes === 1 ? message('1 route') : message('{0} routes', routes),
    ),
    facts: factsOf(
      [message('State'), wordOf(result)],
      [message('Class'), className],
      [message('Address'), addresses.join(', ')],
      [message('Listeners'), objectsIn(spec['listeners']).map(listenerText).join(', ')],
      [message('Routes attached'), String(routes)],
    ),
    reason: result.reason ?? trouble,
  };
}

function listenerText(listener: Json): string {
  const { name, protocol, port, hostname } = listener;
  return `${textOf(name)} ${textOf(hostname) || '*'}:${scalarText(port)}/${textOf(protocol)}`;
}

/** The first listener that does not work, though the Gateway as a whole does. */
function listenerTrouble(status: Json): Message | null {
  for (const listener of objectsIn(status['listeners'])) {
    const conditions = readConditions(listener['conditions']);
    const bad = ['Accepted', 'Programmed', 'ResolvedRefs']
      .map((type) => conditionOf(conditions, type))
      .find((one) => one?.status === 'False');
    if (bad != null) return message('Listener {0}: {1}', textOf(listener['name']), explanation(bad));
  }
  return null;
}

/** HTTPRoute, GRPCRoute, TLSRoute, TCPRoute, UDPRoute: every parent has a verdict of its own; the worst counts. */
export function summarizeRoute(route: unknown): ResourceSummary {
  const { spec, status } = partsOf(route);
  const parents = objectsIn(spec['parentRefs']).map((one) => textOf(one['name']));
  const result = worst(objectsIn(status['parents']).map((one) => one['conditions']));
  const hosts = textsIn(spec['hostnames']);
  const backends = objectsIn(spec['rules']).flatMap((rule) =>
    objectsIn(rule['backendRefs']).map(backendText),
  );
  return {
    health: result.health,
    words: wordsOf(wordOf(result), fewOf(hosts, 2), parents.length === 0 ? null : `⇐ ${fewOf(parents, 1)}`),
    facts: factsOf(
      [message('State'), wordOf(result)],
      [message('Hosts'), hosts.join(', ')],
      [message('Attached to'), parents.join(', ')],
      [message('Backends'), [...new Set(backends)].join(', ')],
    ),
    reason: result.reason,
  };
}

function backendText({ name, port, weight }: Json): string {
  const number = scalarText(port);
  return `${textOf(name)}${number === '' ? '' : `:${number}`}${weight === undefined ? '' : ` ×${scalarText(weight)}`}`;
}

/** BackendTLSPolicy and other policies: one verdict for each object they are attached to. */
export function summarizePolicy(policy: unknown): ResourceSummary {
  const { spec, status } = partsOf(policy);
  const result = worst(objectsIn(status['ancestors']).map((one) => one['conditions']));
  const targets = objectsIn(spec['targetRefs']).map((one) => `${textOf(one['kind'])} ${textOf(one['name'])}`);
  return {
    health: result.health,
    words: wordsOf(wordOf(result), fewOf(targets, 2)),
    facts: factsOf([message('State'), wordOf(result)], [message('Attached to'), targets.join(', ')]),
    reason: result.reason,
  };
}

function worst(lists: readonly unknown[]): Verdict {
  const verdicts = lists.map((list) =>
    verdict(readConditions(list), ['Accepted', 'ResolvedRefs', 'Programmed']),
  );
  return (
    verdicts.find(({ health }) => health === 'warning') ??
    verdicts.find(({ health }) => health === 'progressing') ??
    verdicts[0] ?? { health: 'progressing', word: null, reason: waiting }
  );
}
