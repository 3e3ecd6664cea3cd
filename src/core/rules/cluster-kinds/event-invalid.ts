import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, dnsLabel, qualifiedName } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goNumber, goText, isEmpty } from '../values.ts';

const LONGEST_TEXT = 128;
const LONGEST_NOTE = 1024;
const types: readonly string[] = ['Normal', 'Warning'];

export const eventInvalid: Rule = {
  code: 'event-invalid',
  title: 'Event that tells nothing',
  origin: 'server',
  severity: 'error',
  docs: `
An Event belongs to the namespace of the object it is about. One with an \`eventTime\` needs \`reportingController\`,
\`reportingInstance\`, \`action\` and \`reason\`, at most 128 characters each, and a note of at most 1024. In
\`events.k8s.io/v1\` \`eventTime\` and \`type\` (\`Normal\` or \`Warning\`) are required, and the deprecated fields stay empty.
`,
  visit: {
    'core/v1.Event'(event, visit) {
      checkEvent(event, oldNames, visit);
    },
    'events/v1.Event'(event, visit) {
      checkEvent(event, newNames, visit);
      if (isEmpty(event.get('eventTime')))
        visit.missing(event, 'eventTime', message('{0} is required; add it', 'eventTime'));
      if (isEmpty(event.get('type')))
        visit.missing(event, 'type', message('An Event needs a type; add Normal'));
      else checkChoice(event.get('type'), types, visit);
      checkSeries(event.get('series'), visit);
      checkDeprecated(event, visit);
    },
  },
};

interface Names {
  readonly object: string;
  readonly controller: string;
  readonly note: string;
}

const oldNames: Names = { object: 'involvedObject', controller: 'reportingComponent', note: 'message' };
const newNames: Names = { object: 'regarding', controller: 'reportingController', note: 'note' };

/** The server calls all places by the names of its own form of an Event. */
function pathIn(event: Field, path: string): string {
  return event.path === '' ? path : `${event.path}.${path}`;
}

function checkEvent(event: Field, names: Names, visit: Visit): void {
  const timed = event.get('eventTime').written;
  checkNamespace(event, names, timed, visit);
  if (!timed) return;
  const controller = event.get(names.controller);
  if (isEmpty(controller))
    visit.missing(event, names.controller, message('{0} is required; add it', names.controller));
  else checkForm(controller, qualifiedName, visit);
  for (const key of ['reportingInstance', 'action', 'reason']) checkText(event, key, visit);
  const note = event.get(names.note);
  if ((note.text() ?? '').length > LONGEST_NOTE)
    visit.report(note, message('{0} has at most {1} characters; shorten it', names.note, LONGEST_NOTE), {
      path: pathIn(event, 'message'),
    });
}

function checkText(event: Field, key: string, visit: Visit): void {
  const field = event.get(key);
  if (isEmpty(field)) visit.missing(event, key, message('{0} is required; add it', key));
  else if ((field.text() ?? '').length > LONGEST_TEXT)
    visit.report(field, message('{0} has at most {1} characters; shorten it', key, LONGEST_TEXT));
}

/** Only of what is written: which namespace an object without one goes to is said when it is applied. */
function checkNamespace(event: Field, names: Names, timed: boolean, visit: Visit): void {
  const object = event.get(names.object);
  const own = event.at('metadata.namespace').text();
  const other = goText(object.get('namespace'));
  if (other === null) return;
  if (own === null || own === '') {
    if (!timed && other !== '') checkForm(object.get('namespace'), dnsLabel, visit);
    return;
  }
  const free = own === 'default' || (timed && own === 'kube-system');
  if (other === '' ? free : timed || own === other) return;
  const field = object.get('namespace');
  const text =
    other === ''
      ? message('The object of an Event is in the namespace of the Event; add namespace: {0}', own)
      : message('The object of an Event is in the namespace of the Event; change {0} or {1}', other, own);
  const path = pathIn(event, 'involvedObject.namespace');
  visit.report(field, text, { path });
}

function checkSeries(series: Field, visit: Visit): void {
  if (!series.written) return;
  const count = series.get('count');
  const number = goNumber(count);
  if (number !== null && number < 2)
    visit.report(count, message('A series has a count of 2 or more; raise it'));
  if (isEmpty(series.get('lastObservedTime')))
    visit.missing(series, 'lastObservedTime', message('{0} is required; add it', 'lastObservedTime'));
}

const deprecated = [
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
  ['deprecatedSource', 'source'],
] as const;

function checkDeprecated(event: Field, visit: Visit): void {
  for (const [key, path] of deprecated) {
    const field = event.get(key);
    const source =
      key === 'deprecatedSource' && isEmpty(field.get('component')) && isEmpty(field.get('host'));
    if (!field.written || field.number() === 0 || source) continue;
    visit.report(field, message('{0} must not be set in events.k8s.io/v1; remove it', key), {
      path: pathIn(event, path),
    });
  }
}
