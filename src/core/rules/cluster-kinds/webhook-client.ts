/** How the API server reaches a webhook or an extension: a URL or a Service (`apiserver/pkg/util/webhook`). */
import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDnsSubdomain, isPortNumber } from '../names.ts';
import type { Visit } from '../rule.ts';
import { goText, isEmpty } from '../values.ts';

const url = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;
const port = /:[^:\]]*$/;
const goodPort = /^:\d*$/;
/** What Go takes nowhere in the name of a host. */
const badHost = /[\s\\^`{|}]/;
const badEscape = /%(?![0-9a-f]{2})/i;

/** Says that there is not exactly one of url and service, or that it is wrong. */
export function checkClientConfig(parent: Field, key: string, visit: Visit): void {
  checkClientConfigAt(parent.get(key), parent.get(key).path, visit);
}

/** The same, where the server calls the place by another path. */
export function checkClientConfigAt(config: Field, path: string, visit: Visit): void {
  const [address, service] = [config.get('url'), config.get('service')];
  if (config.written && config.node?.type !== 'mapping') return;
  if (address.written === service.written) {
    const text = message('clientConfig needs either a url or a service; write one of them');
    if (config.written || config.parent === null) visit.report(config, text, { path });
    else visit.missing(config.parent, config.key, text, { path });
  } else if (address.written) checkUrl(address, `${path}.url`, visit);
  else checkService(service, `${path}.service`, visit);
}

function checkUrl(field: Field, path: string, visit: Visit): void {
  const text = field.text();
  const problem = text === null ? null : urlProblem(text);
  if (problem !== null) visit.report(field, problem, { path });
}

function urlProblem(text: string): Message | null {
  const [, scheme = '', authority = '', , query = '', fragment = ''] = url.exec(text) ?? [];
  if (scheme.toLowerCase() !== 'https')
    return message('The url of a webhook begins with https://; change it');
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const end = port.exec(host);
  if (host === '') return message('The url of a webhook needs a host; write https://host/path');
  if (badHost.test(host) || badEscape.test(text) || (end !== null && !goodPort.test(end[0])))
    return message('"{0}" is no URL; write https://host/path', text);
  if (host !== authority || query !== '' || fragment !== '')
    return message('The url of a webhook has no user, query or fragment; remove it');
  return null;
}

/** The server says `name` where it misses the namespace, and the other way round. */
function checkService(service: Field, path: string, visit: Visit): void {
  if (service.node?.type !== 'mapping') return;
  for (const [key, other] of [
    ['name', 'namespace'],
    ['namespace', 'name'],
  ] as const) {
    if (isEmpty(service.get(key)))
      visit.missing(service, key, message('{0} is required; add it', key), { path: `${path}.${other}` });
  }
  const port = service.get('port');
  if (port.number() !== null && !isPortNumber(port.number() ?? 0))
    visit.report(port, message('{0} must be from {1} to {2}; change it', 'port', 1, 65_535), {
      path: `${path}.port`,
    });
  checkPath(service.get('path'), `${path}.path`, visit);
}

function checkPath(field: Field, at: string, visit: Visit): void {
  const path = goText(field);
  if (path === null || path === '' || path === '/') return;
  const inner = path.slice(1);
  const steps = (inner.endsWith('/') && inner !== '/' ? inner.slice(0, -1) : inner).split('/');
  if (!path.startsWith('/') || !steps.every(isDnsSubdomain))
    visit.report(
      field,
      message('path cannot be "{0}"; write one such as /validate, in small letters', path),
      {
        path: at,
      },
    );
}
