import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { fewOf, partsOf, scalarText, textsIn, timeOf } from './fields.ts';
import { loadBalancerAddresses } from './load-balancer.ts';
import { factsOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** Controllers that publish an address do so within this time, in milliseconds. */
const patience = 10 * 60_000;

/** An Ingress: its class, hosts and address. Some controllers never publish one, so its absence proves nothing. */
export function summarizeIngress(ingress: unknown, now: number): ResourceSummary {
  const { metadata, spec, status } = partsOf(ingress);
  const hosts = hostsOf(spec);
  const addresses = loadBalancerAddresses(status);
  const isYoung = now - (timeOf(metadata['creationTimestamp']) ?? now) < patience;
  const className = classOf(metadata, spec);
  const missing = addresses.length === 0;
  const address = missing ? message('no address yet') : addresses.join(', ');
  return {
    health: missing ? (isYoung ? 'progressing' : 'unknown') : 'healthy',
    words: wordsOf(className, fewOf(hosts, 2), missing ? address : fewOf(addresses, 1)),
    facts: factsOf(
      [
        message('Class'),
        className === '' ? message('none set: the default class, if there is one') : className,
      ],
      [message('Hosts'), hosts.join(', ')],
      [message('Address'), address],
      [message('Routes'), objectsIn(spec['rules']).flatMap(routesOf).join(', ')],
      [message('Default backend'), backendText(spec['defaultBackend'])],
      [message('TLS'), objectsIn(spec['tls']).map(tlsText).join(', ')],
    ),
    reason: missing ? reasonOf(isYoung) : null,
  };
}

function reasonOf(isYoung: boolean): Message {
  return isYoung
    ? message('No ingress controller has published an address yet')
    : message('No ingress controller published an address; is one of its class running?');
}

function classOf(metadata: Json, spec: Json): string {
  const annotation = objectOf(metadata['annotations'])['kubernetes.io/ingress.class'];
  return textOf(spec['ingressClassName']) || textOf(annotation);
}

function hostsOf(spec: Json): readonly string[] {
  const hosts = objectsIn(spec['rules']).map((rule) => textOf(rule['host']) || '*');
  return [...new Set(hosts)];
}

/** `shop.example/api → api:80` for each path of a rule. */
function routesOf(rule: Json): readonly string[] {
  const host = textOf(rule['host']) || '*';
  return objectsIn(objectOf(rule['http'])['paths']).map(
    (path) => `${host}${textOf(path['path']) || '/'} → ${backendText(path['backend'])}`,
  );
}

function backendText(backend: unknown): string {
  const { service, resource } = objectOf(backend);
  const { name, port } = objectOf(service);
  const { number, name: portName } = objectOf(port);
  if (textOf(name) !== '') return `${textOf(name)}:${scalarText(number) || textOf(portName)}`;
  const target = objectOf(resource);
  return textOf(target['name']) === '' ? '' : `${textOf(target['kind'])}/${textOf(target['name'])}`;
}

function tlsText(tls: Json): string {
  const hosts = textsIn(tls['hosts']).join(' ');
  return `${hosts === '' ? '*' : hosts} (${textOf(tls['secretName']) || '–'})`;
}

/** An IngressClass: who serves it, and whether it is the default. */
export function summarizeIngressClass(object: unknown): ResourceSummary {
  const { metadata, spec } = partsOf(object);
  const annotations = objectOf(metadata['annotations']);
  const isDefault = annotations['ingressclass.kubernetes.io/is-default-class'] === 'true';
  const controller = textOf(spec['controller']);
  return {
    health: 'healthy',
    words: wordsOf(isDefault ? message('default') : null, controller),
    facts: factsOf(
      [message('Controller'), controller],
      [message('Default'), isDefault ? message('yes') : null],
    ),
    reason: null,
  };
}
