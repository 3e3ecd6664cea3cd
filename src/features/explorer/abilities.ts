/** What can be done with an object, and whether this person may: words for menus, and the reason where not. */
import type { AccessRules, RuleQuestion } from '../../cluster/index.ts';
import { message, type Message } from '../../core/index.ts';
import type { KindDescription } from './kinds/description.ts';
import type { Detail, ObjectRow } from './rows/rows.ts';

interface Right {
  readonly verb: string;
  /** Default: the object's own. */
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
}

interface Ability {
  readonly word: string;
  readonly right: Right;
  makesSense(row: ObjectRow, kind: KindDescription | null): boolean;
}

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);
const restartable = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const runs = new Set([...workloads, 'Pod']);

const isKind =
  (...kinds: readonly string[]) =>
  ({ kind }: ObjectRow): boolean =>
    kinds.includes(kind);
const always = (row: ObjectRow): boolean => row.of !== 'HelmRelease' && row.kind !== 'NodeMetrics';

const pods = { group: '', resource: 'pods' } as const;
/** A command needs a container that runs, or may yet: a pod with a node that has not ended. */
const isOnNode = ({ pod }: ObjectRow): boolean => pod === null || (pod.node !== null && pod.use !== null);
const suspended = (row: ObjectRow): boolean => row.schedule?.suspended === true || row.suspended;

const abilities: readonly Ability[] = [
  // A Deployment sets its ReplicaSets' replicas back at once: those are scaled through it.
  ability(
    'scalable',
    { verb: 'update', subresource: 'scale' },
    (row, kind) => kind?.scalable === true && row.owner === null,
  ),
  ability('describe', { verb: 'get' }, always),
  // What is saved takes the place of the whole object.
  ability('edit', { verb: 'update' }, always),
  ability('delete', { verb: 'delete' }, always),
  ability('logs', { ...pods, verb: 'get', subresource: 'log' }, (row) =>
    [...runs, 'Job', 'CronJob'].includes(row.kind),
  ),
  ability('exec', { verb: 'create', subresource: 'exec' }, (row) => row.kind === 'Pod' && isOnNode(row)),
  ability(
    'debug',
    { verb: 'patch', subresource: 'ephemeralcontainers' },
    (row) => row.kind === 'Pod' && isOnNode(row),
  ),
  ability(
    'forward',
    { ...pods, verb: 'create', subresource: 'portforward' },
    (row) => (runs.has(row.kind) && isOnNode(row)) || row.kind === 'Service',
  ),
  ability('restart', { verb: 'patch' }, ({ kind }) => restartable.has(kind)),
  ability('pause', { verb: 'patch' }, (row) => row.kind === 'Deployment' && !row.suspended),
  ability('resume', { verb: 'patch' }, (row) => row.kind === 'Deployment' && row.suspended),
  ability(
    'suspend',
    { verb: 'patch' },
    (row) => (row.kind === 'Job' || row.kind === 'CronJob') && !suspended(row),
  ),
  ability(
    'unsuspend',
    { verb: 'patch' },
    (row) => (row.kind === 'Job' || row.kind === 'CronJob') && suspended(row),
  ),
  ability('runNow', { verb: 'create', group: 'batch', resource: 'jobs' }, isKind('CronJob')),
  ability('cordon', { verb: 'patch' }, (row) => row.node?.cordoned === false),
  ability('uncordon', { verb: 'patch' }, (row) => row.node?.cordoned === true),
  ability('drain', { ...pods, verb: 'create', subresource: 'eviction' }, isKind('Node')),
  ability('reveal', { verb: 'get' }, (row) => row.kind === 'Secret' && row.of === 'Secret'),
  ability('top', { verb: 'list', group: 'metrics.k8s.io' }, isKind('Node', 'Pod', 'Namespace')),
  ability(
    'events',
    { verb: 'list', group: '', resource: 'events' },
    (row) => always(row) && row.kind !== 'Event',
  ),
];

function ability(word: string, right: Right, makesSense: Ability['makesSense']): Ability {
  return { word, right, makesSense };
}

/** Without the object's name: what depends on it is not known to be forbidden. */
function question({ right }: Ability, row: ObjectRow, kind: KindDescription | null): RuleQuestion {
  const { verb, subresource } = right;
  const own = row.apiVersion.includes('/') ? row.apiVersion.slice(0, row.apiVersion.indexOf('/')) : '';
  const group = right.group ?? own;
  const resource = right.resource ?? kind?.plural ?? '';
  return { verb, group, resource, ...(subresource === undefined ? {} : { subresource }) };
}

/** The answers for all rows of one kind in one state: rules are asked once for ten thousand pods. */
interface Answers {
  readonly words: readonly string[];
  readonly missing: readonly Message[];
}

/** What of it a read-only context leaves: to look, and to lead a port here. */
class ReadOnlyRules implements AccessRules {
  readonly complete: boolean;
  readonly #rules: AccessRules | null;

  constructor(rules: AccessRules | null) {
    this.#rules = rules;
    this.complete = rules?.complete ?? false;
  }

  allows(asked: RuleQuestion): boolean | null {
    return isChange(asked) ? false : (this.#rules?.allows(asked) ?? null);
  }
}

function isChange({ verb, subresource }: RuleQuestion): boolean {
  return verb !== 'get' && verb !== 'list' && subresource !== 'portforward';
}

const unreviewed = {};
const readOnly = new WeakMap<object, AccessRules>();

/** The same rules in a context that is read-only by setting; the same object each time. */
export function withoutChanges(access: AccessRules | null): AccessRules {
  const key = access ?? unreviewed;
  let rules = readOnly.get(key);
  if (rules === undefined) readOnly.set(key, (rules = new ReadOnlyRules(access)));
  return rules;
}

const known = new WeakMap<object, Map<string, Answers>>();

function answersFor(row: ObjectRow, kind: KindDescription | null, access: AccessRules | null): Answers {
  const rules = access ?? unreviewed;
  let answers = known.get(rules);
  if (answers === undefined) known.set(rules, (answers = new Map<string, Answers>()));
  const key = [
    row.of,
    // What is served under the key may have been unknown a moment ago, and is another thing in another cluster.
    kind?.apiVersion,
    kind?.scalable,
    suspended(row),
    row.node?.cordoned,
    row.owner === null,
    isOnNode(row),
  ].join(' ');
  let answer = answers.get(key);
  if (answer === undefined) answers.set(key, (answer = ask(row, kind, access)));
  return answer;
}

function ask(row: ObjectRow, kind: KindDescription | null, access: AccessRules | null): Answers {
  const sensible = abilities.filter((one) => one.makesSense(row, kind));
  const forbidden = new Map<Ability, RuleQuestion>();
  for (const one of sensible) {
    const asked = question(one, row, kind);
    if (access?.allows(asked) === false) forbidden.set(one, asked);
  }
  const frozen = access instanceof ReadOnlyRules;
  const rights = [...forbidden.values()]
    .filter((asked) => !frozen || !isChange(asked))
    .map(({ verb, resource, subresource }) =>
      [verb, subresource === undefined ? resource : `${resource}/${subresource}`].join(' '),
    );
  return {
    words: [...sensible.filter((one) => !forbidden.has(one)).map(({ word }) => word), 'copy'],
    missing: [
      ...(frozen ? [message('The context is read-only: nothing may be changed in it from here.')] : []),
      ...[...new Set(rights)].map((right) => message('Not allowed here: {0}', right)),
    ],
  };
}

/** Words for what can be done with the row and is not known to be forbidden. */
export function abilitiesOf(
  row: ObjectRow,
  kind: KindDescription | null,
  access: AccessRules | null,
): readonly string[] {
  return answersFor(row, kind, access).words;
}

const takes: Readonly<Record<Detail['type'], readonly string[]>> = {
  container: ['logs', 'exec', 'debug'],
  key: ['reveal'],
  endpoint: [],
};

/** Words for a part of an object: some of what can be done with the whole. */
export function abilitiesOfDetail(
  row: ObjectRow,
  detail: Detail,
  kind: KindDescription | null,
  access: AccessRules | null,
): readonly string[] {
  const may = abilitiesOf(row, kind, access).filter((word) => takes[detail.type].includes(word));
  return [...may, 'copy'];
}

/** The rights that are missing for what could be done with the row, a line each. */
export function missingRights(
  row: ObjectRow,
  kind: KindDescription | null,
  access: AccessRules | null,
): readonly Message[] {
  return answersFor(row, kind, access).missing;
}
