import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import {
  checkForm,
  checkItems,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  qualifiedName,
  requireForm,
} from '../forms.ts';
import type { Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmpty, isEmptyList, isPending } from '../values.ts';
import { attributeName, checkCount, checkCounters } from './devices.ts';

const MOST_ATTRIBUTES = 32;
const LONGEST_VALUE = 64;
const MOST_TAINTS = 16;
const MOST_CONSUMPTIONS = 2;
const MOST_CONDITIONS = 4;
const effects: readonly string[] = ['NoSchedule', 'NoExecute', 'None'];
/** Lists of values are behind a gate that is closed by default: the server drops them before it looks. */
const valueKeys: readonly string[] = ['bool', 'int', 'string', 'version'];
const nodeKeys = ['nodeName', 'nodeSelector', 'allNodes'] as const;
/** semver.org, 2.0.0. */
const version =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** One device of a slice; `perDevice` says whether each device names its nodes, null where that is unknown. */
export function checkDevice(device: Field, perDevice: boolean | null, visit: Visit): void {
  if (isPending(device)) return;
  requireForm(device, 'name', dnsLabel, visit);
  const [attributes, capacity] = [device.get('attributes'), device.get('capacity')];
  const count = attributes.entries().length + capacity.entries().length;
  if (count > MOST_ATTRIBUTES)
    visit.report(
      device,
      message('A device has at most {0} attributes and capacities; remove some', MOST_ATTRIBUTES),
    );
  checkKeys(attributes, visit);
  checkKeys(capacity, visit);
  for (const attribute of attributes.entries()) checkAttribute(attribute, visit);
  checkCapacity(device, visit);
  if (checkCount(device.get('taints'), MOST_TAINTS, visit))
    for (const taint of device.get('taints').items()) checkTaint(taint, visit);
  checkConsumption(device.get('consumesCounters'), visit);
  checkConditions(device, visit);
  if (perDevice !== null) checkNodes(device, perDevice, visit);
}

/** The server names the map, not the key. */
function checkKeys(map: Field, visit: Visit): void {
  for (const entry of map.entries()) {
    if (attributeName.fits(entry.key)) continue;
    visit.report(entry, message(attributeName.template, map.key, entry.key), {
      path: map.path,
      range: entry.head,
    });
  }
}

function checkAttribute(attribute: Field, visit: Visit): void {
  if (attribute.written && attribute.node?.type !== 'mapping') return;
  const written = valueKeys.filter((key) => attribute.get(key).written);
  if (written.length !== 1)
    visit.report(
      attribute,
      message('An attribute has exactly one of bool, int, string and version; write one'),
    );
  const [text, number] = [attribute.get('string'), attribute.get('version')];
  for (const field of [text, number]) {
    if ((field.text() ?? '').length > LONGEST_VALUE)
      visit.report(field, message('{0} has at most {1} characters; shorten it', field.key, LONGEST_VALUE));
  }
  const value = number.text();
  if (value !== null && !version.test(value))
    visit.report(number, message('"{0}" is no version; write one such as 1.2.3', value));
}

function checkCapacity(device: Field, visit: Visit): void {
  const several = device.get('allowMultipleAllocations');
  if (several.flag() === true || (several.written && several.flag() === null)) return;
  for (const capacity of device.get('capacity').entries()) {
    if (capacity.get('requestPolicy').written)
      visit.report(
        capacity.get('requestPolicy'),
        message('requestPolicy needs allowMultipleAllocations: true; add it'),
      );
  }
}

function checkTaint(taint: Field, visit: Visit): void {
  requireForm(taint, 'key', qualifiedName, visit);
  checkForm(taint.get('value'), labelValue, visit);
  if (isEmpty(taint.get('effect')))
    visit.missing(taint, 'effect', message('A taint needs an effect; add NoSchedule'));
  else checkChoice(taint.get('effect'), effects, visit);
}

function checkConsumption(list: Field, visit: Visit): void {
  if (!checkCount(list, MOST_CONSUMPTIONS, visit)) return;
  const seen = new Map<string, Field>();
  for (const consumption of list.items()) {
    if (isPending(consumption)) continue;
    requireForm(consumption, 'counterSet', dnsLabel, visit);
    checkUnique(consumption, seen, visit, goText(consumption.get('counterSet')));
    checkCounters(consumption, visit);
  }
}

function checkConditions(device: Field, visit: Visit): void {
  const [good, bad] = [device.get('bindingConditions'), device.get('bindingFailureConditions')];
  if (isEmptyList(good) !== isEmptyList(bad)) {
    const [present, absent] = isEmptyList(good) ? [bad, good] : [good, bad];
    visit.missing(device, absent.key, message('{0} needs {1} beside it; add it', present.key, absent.key));
  }
  const seen = new Map<string, Field>();
  for (const list of [good, bad]) {
    if (!checkCount(list, MOST_CONDITIONS, visit)) return;
    checkItems(list, qualifiedName, visit);
    for (const item of list.items()) checkUnique(item, seen, visit);
  }
}

function checkNodes(device: Field, perDevice: boolean, visit: Visit): void {
  const written = nodeKeys.filter((key) => device.get(key).written);
  if (!perDevice) {
    if (written.length > 0)
      visit.report(
        device,
        message('{0} of a device needs perDeviceNodeSelection: true in the slice', written[0] ?? ''),
      );
    return;
  }
  if (goText(device.get('nodeName')) !== '') checkForm(device.get('nodeName'), dnsSubdomain, visit);
  else if (device.get('nodeName').written)
    visit.report(device.get('nodeName'), message('{0} is empty; remove it', 'nodeName'));
  if (device.get('allNodes').flag() === false)
    visit.report(device.get('allNodes'), message('{0} is true or absent; remove it', 'allNodes'));
  const chosen = written.filter((key) => !isEmpty(device.get(key)) && device.get(key).flag() !== false);
  if (chosen.length !== 1)
    visit.report(device, message('A device needs exactly one of nodeName, nodeSelector and allNodes here'));
}
