/** What claims, classes and slices of devices have in common (`pkg/apis/resource/validation` of Kubernetes 1.36). */
import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Form } from '../forms.ts';
import { dnsLabel, requireForm } from '../forms.ts';
import { isCIdentifier, isDnsSubdomain } from '../names.ts';
import type { Visit } from '../rule.ts';
import { goText, isEmptyMap, isPending } from '../values.ts';

const LONGEST_DRIVER = 63;
const LONGEST_IDENTIFIER = 32;
const MOST_SELECTORS = 32;
const LONGEST_EXPRESSION = 10 * 1024;

function isDriverName(text: string): boolean {
  return text.length <= LONGEST_DRIVER && isDnsSubdomain(text.toLowerCase());
}

function isIdentifier(text: string): boolean {
  return text.length <= LONGEST_IDENTIFIER && isCIdentifier(text);
}

/** `model` or `gpu.example.com/model`; the server does not look at what has two slashes. */
function isAttributeName(text: string): boolean {
  const [first = '', second, more] = text.split('/', 3);
  if (more !== undefined) return true;
  return second === undefined ? isIdentifier(first) : isDriverName(first) && isIdentifier(second);
}

export const driverName: Form = {
  fits: isDriverName,
  template: '{0} cannot be "{1}"; write the name of a driver such as gpu.example.com',
};

export const attributeName: Form = {
  fits: isAttributeName,
  template: '"{1}" cannot be a key of {0}; write one such as model or gpu.example.com/model',
};

export const wholeAttributeName: Form = {
  fits: (text) => text.includes('/') && isAttributeName(text),
  template: '{0} cannot be "{1}"; write a name with its domain, such as gpu.example.com/model',
};

/** Says that a list has too many items. Whether it has not. */
export function checkCount(list: Field, most: number, visit: Visit): boolean {
  if (list.items().length <= most) return true;
  visit.report(list, message('{0} has at most {1} items; remove some', list.key, most));
  return false;
}

/** Counters of a set, or what a device takes of them. */
export function checkCounters(set: Field, visit: Visit): void {
  const counters = set.get('counters');
  if (isEmptyMap(counters)) visit.missing(set, 'counters', message('{0} is required; add it', 'counters'));
  for (const counter of counters.entries()) {
    if (dnsLabel.fits(counter.key)) continue;
    visit.report(counter, message(dnsLabel.template, counters.key, counter.key), {
      path: counters.path,
      range: counter.head,
    });
  }
}

/** What an expression says, only the server can tell. */
export function checkSelectors(list: Field, visit: Visit): void {
  if (!checkCount(list, MOST_SELECTORS, visit)) return;
  for (const selector of list.items()) {
    if (isPending(selector)) continue;
    const cel = selector.get('cel');
    if (!cel.written) {
      visit.missing(selector, 'cel', message('A selector needs cel with an expression; add it'));
      continue;
    }
    const expression = goText(cel.get('expression'));
    if (expression === null) continue;
    if (expression.trim() === '')
      visit.missing(cel, 'expression', message('{0} is empty; write an expression', 'expression'));
    else if (expression.length > LONGEST_EXPRESSION)
      visit.report(
        cel.get('expression'),
        message('{0} has at most {1} characters; shorten it', 'expression', LONGEST_EXPRESSION),
      );
  }
}

/** A configuration is for one driver, which alone knows what it says. */
export function checkConfiguration(config: Field, visit: Visit): void {
  if (isPending(config)) return;
  const opaque = config.get('opaque');
  if (!opaque.written) {
    visit.missing(
      config,
      'opaque',
      message('A configuration needs opaque; add it with driver and parameters'),
    );
    return;
  }
  requireForm(opaque, 'driver', driverName, visit);
  const parameters = opaque.get('parameters');
  if (!parameters.written)
    visit.missing(opaque, 'parameters', message('{0} is required; add it', 'parameters'));
  else if (parameters.node?.type === 'sequence' || isPlain(parameters))
    visit.report(parameters, message('parameters must be a mapping; write its fields below it'));
}

function isPlain(field: Field): boolean {
  return field.node?.type === 'scalar' && (field.text() ?? field.number() ?? field.flag()) !== null;
}
