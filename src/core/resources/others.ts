import { formatDuration } from '../durations.ts';
import { message } from '../finding.ts';
import { numberOf, objectOf, objectsIn, textOf } from '../json.ts';
import { summarizeAny } from './any.ts';
import { conditionsOf, explanation } from './conditions.ts';
import { fewOf, partsOf, scalarText, timeOf } from './fields.ts';
import { factsOf, momentText, saying, sinceOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A Namespace: active, or on its way out and what holds it up. */
export function summarizeNamespace(namespace: unknown): ResourceSummary {
  const { metadata, status } = partsOf(namespace);
  const phase = textOf(status['phase']) || 'Active';
  const holds = conditionsOf(namespace).filter(
    ({ type, status: state }) => state === 'True' && type.startsWith('Namespace'),
  );
  const isActive = phase === 'Active';
  return {
    health: isActive ? 'healthy' : 'progressing',
    words: wordsOf(phase),
    facts: factsOf(
      [message('State'), phase],
      [message('Pod security'), textOf(objectOf(metadata['labels'])['pod-security.kubernetes.io/enforce'])],
    ),
    reason: isActive ? null : saying(holds.map((one) => explanation(one)).join('; ')),
  };
}

/** A Lease: who holds it, and whether it was renewed in time. */
export function summarizeLease(lease: unknown, now: number): ResourceSummary {
  const { spec } = partsOf(lease);
  const renewed = timeOf(spec['renewTime']) ?? timeOf(spec['acquireTime']);
  const duration = numberOf(spec['leaseDurationSeconds']) * 1000;
  const age = renewed === null ? null : Math.max(0, now - renewed);
  const isLate = age !== null && duration > 0 && age > duration;
  const holder = textOf(spec['holderIdentity']);
  const renewal = momentText(renewed) ?? message('never renewed');
  return {
    health: holder === '' ? 'idle' : isLate ? 'warning' : 'healthy',
    words: wordsOf(holder === '' ? message('nobody holds it') : holder),
    facts: factsOf(
      [message('Holder'), holder],
      [message('Renewed'), renewal],
      [message('Good for'), duration > 0 ? formatDuration(duration) : ''],
      [message('Changes of holder'), scalarText(spec['leaseTransitions'])],
    ),
    reason: isLate && holder !== '' ? message('Its holder has not renewed it in time') : null,
    ...sinceOf(renewed),
  };
}

/** A PriorityClass: its value, and whether pods without a class get it. */
export function summarizePriorityClass(object: unknown): ResourceSummary {
  const { root } = partsOf(object);
  const isDefault = root['globalDefault'] === true;
  const value = scalarText(root['value']);
  return {
    health: 'healthy',
    words: wordsOf(
      value,
      isDefault ? message('default') : null,
      root['preemptionPolicy'] === 'Never' ? 'Never' : null,
    ),
    facts: factsOf(
      [message('Value'), value],
      [message('Default'), isDefault ? message('yes') : null],
      [message('Preemption'), textOf(root['preemptionPolicy'])],
      [message('Description'), textOf(root['description'])],
    ),
    reason: null,
  };
}

/** An APIService: which service answers for a group and version; the server's own are `Local`. */
export function summarizeApiService(object: unknown): ResourceSummary {
  const { spec } = partsOf(object);
  const base = summarizeAny(object);
  const { namespace, name } = objectOf(spec['service']);
  const service = textOf(name) === '' ? 'Local' : `${textOf(namespace)}/${textOf(name)}`;
  return {
    ...base,
    words: wordsOf(...base.words, service),
    facts: [...base.facts, ...factsOf([message('Service'), service])],
  };
}

/** A webhook configuration: its webhooks, and what happens to requests when one does not answer. */
export function summarizeWebhooks(object: unknown): ResourceSummary {
  const hooks = objectsIn(partsOf(object).root['webhooks']);
  const names = hooks.map((hook) => textOf(hook['name']));
  const fails = hooks.some((hook) => hook['failurePolicy'] !== 'Ignore');
  const count = hooks.length === 1 ? message('1 webhook') : message('{0} webhooks', hooks.length);
  return {
    health: 'healthy',
    words: wordsOf(count, fails && hooks.length > 0 ? message('refuses when unreachable') : null),
    facts: factsOf([message('Webhooks'), fewOf(names, 10)]),
    reason: null,
  };
}

/** A CertificateSigningRequest: who asks, for what signer, and the answer. */
export function summarizeSigningRequest(object: unknown): ResourceSummary {
  const { spec, status } = partsOf(object);
  const conditions = conditionsOf(object);
  const refusal = conditions.find(({ type }) => type === 'Denied' || type === 'Failed') ?? null;
  const isIssued = textOf(status['certificate']) !== '';
  const approved = conditions.some(({ type }) => type === 'Approved');
  const state = refusal?.type ?? (isIssued ? 'Approved,Issued' : approved ? 'Approved' : 'Pending');
  return {
    health: refusal !== null ? 'failed' : isIssued ? 'idle' : 'progressing',
    words: wordsOf(state, textOf(spec['username']), textOf(spec['signerName'])),
    facts: factsOf(
      [message('State'), state],
      [message('Asked for by'), textOf(spec['username'])],
      [message('Signer'), textOf(spec['signerName'])],
    ),
    reason: refusal === null ? null : saying(explanation(refusal)),
  };
}

/** A ControllerRevision, which a StatefulSet or DaemonSet goes back to. */
export function summarizeRevision(object: unknown): ResourceSummary {
  const revision = scalarText(partsOf(object).root['revision']);
  return {
    health: 'healthy',
    words: wordsOf(revision === '' ? null : message('revision {0}', revision)),
    facts: factsOf([message('Revision'), revision]),
    reason: null,
  };
}
