import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { numberOf, objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { selectorText } from '../workload/pod-templates.ts';
import { partsOf, scalarText, textsIn } from './fields.ts';
import { factsOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A NetworkPolicy: the pods it selects, and who may reach them and whom they may reach. */
export function summarizeNetworkPolicy(policy: unknown): ResourceSummary {
  const { spec } = partsOf(policy);
  const selected = selectorText(spec['podSelector']);
  const pods = selected === '' ? message('all pods') : selected;
  const types = policyTypes(spec);
  const into = types.has('Ingress') ? objectsIn(spec['ingress']) : null;
  const out = types.has('Egress') ? objectsIn(spec['egress']) : null;
  return {
    health: 'healthy',
    words: wordsOf(pods, into === null ? null : inWord(into), out === null ? null : outWord(out)),
    facts: factsOf(
      [message('Selects'), pods],
      [message('Into them'), into === null ? message('not restricted') : rulesText(into, 'from')],
      [message('Out of them'), out === null ? message('not restricted') : rulesText(out, 'to')],
    ),
    reason: null,
  };
}

/** Left out, a policy is about what comes in, and about what goes out if it has rules for that. */
function policyTypes(spec: Json): ReadonlySet<string> {
  const given = textsIn(spec['policyTypes']);
  if (given.length > 0) return new Set(given);
  return new Set(objectsIn(spec['egress']).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
}

function inWord(rules: readonly Json[]): Message {
  if (rules.length === 0) return message('in: denied');
  if (rules.some((rule) => isOpen(rule, 'from'))) return message('in: from anywhere');
  return rules.length === 1 ? message('in: 1 rule') : message('in: {0} rules', rules.length);
}

function outWord(rules: readonly Json[]): Message {
  if (rules.length === 0) return message('out: denied');
  if (rules.some((rule) => isOpen(rule, 'to'))) return message('out: to anywhere');
  return rules.length === 1 ? message('out: 1 rule') : message('out: {0} rules', rules.length);
}

/** A rule without peers and without ports lets everything pass. */
function isOpen(rule: Json, peers: 'from' | 'to'): boolean {
  return objectsIn(rule[peers]).length === 0 && objectsIn(rule['ports']).length === 0;
}

function rulesText(rules: readonly Json[], peers: 'from' | 'to'): Message | string {
  if (rules.length === 0) return message('denied');
  return rules.map((rule) => ruleText(rule, peers)).join('; ');
}

function ruleText(rule: Json, peers: 'from' | 'to'): string {
  const who = objectsIn(rule[peers]).map(peerText).join(', ') || '*';
  const ports = objectsIn(rule['ports']).map(portText).join(', ');
  return ports === '' ? who : `${who} : ${ports}`;
}

/** `pods app=web in namespaces team=a` in the selectors' own form: `[team=a] app=web`, or `10.0.0.0/8 - 10.1.0.0/16`. */
function peerText(peer: Json): string {
  const { cidr, except } = objectOf(peer['ipBlock']);
  if (textOf(cidr) !== '') {
    const left = textsIn(except);
    return left.length === 0 ? textOf(cidr) : `${textOf(cidr)} − ${left.join(' − ')}`;
  }
  const { namespaceSelector, podSelector } = peer;
  const pods = selectorText(podSelector) || '*';
  if (namespaceSelector === undefined) return pods;
  return `[${selectorText(namespaceSelector) || '*'}] ${pods}`;
}

function portText(port: Json): string {
  const end = numberOf(port['endPort']);
  const range = `${scalarText(port['port']) || '*'}${end === 0 ? '' : `–${end}`}`;
  return `${range}/${textOf(port['protocol']) || 'TCP'}`;
}
