import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { fewOf, partsOf, textsIn } from './fields.ts';
import { factsOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A ServiceAccount: whether its token is mounted unasked, and what it pulls images with. */
export function summarizeServiceAccount(account: unknown): ResourceSummary {
  const { root } = partsOf(account);
  const namesIn = (list: unknown): readonly string[] => objectsIn(list).map((one) => textOf(one['name']));
  const pull = namesIn(root['imagePullSecrets']);
  const isUnmounted = root['automountServiceAccountToken'] === false;
  const token = isUnmounted ? message('token not mounted') : null;
  return {
    health: 'healthy',
    words: wordsOf(token, pull.length === 0 ? null : message('pulls with {0}', fewOf(pull, 1))),
    facts: factsOf(
      [
        message('Token'),
        isUnmounted ? message('mounted only where a pod asks for it') : message('mounted into its pods'),
      ],
      [message('Pull secrets'), pull.join(', ')],
      [message('Secrets'), namesIn(root['secrets']).join(', ')],
    ),
    reason: null,
  };
}

/** A Role or ClusterRole: what it allows, in words. */
export function summarizeRole(role: unknown): ResourceSummary {
  const { root } = partsOf(role);
  const rules = objectsIn(root['rules']);
  const aggregates = objectsIn(objectOf(root['aggregationRule'])['clusterRoleSelectors']).length > 0;
  return {
    health: 'healthy',
    words: wordsOf(ruleCount(rules.length), aggregates ? message('aggregated') : null, shortRights(rules)),
    facts: factsOf(...rules.map((rule, index) => [message('Rule {0}', index + 1), ruleText(rule)] as const)),
    reason: null,
  };
}

function ruleCount(count: number): Message {
  if (count === 0) return message('no rules');
  return count === 1 ? message('1 rule') : message('{0} rules', count);
}

/** The kinds of thing it is about, or that it is about everything. */
function shortRights(rules: readonly Json[]): Message | string {
  const allowsAll = (rule: Json): boolean =>
    (['verbs', 'apiGroups', 'resources'] as const).every((field) => textsIn(rule[field]).includes('*'));
  if (rules.some(allowsAll)) return message('everything');
  return fewOf([...new Set(rules.flatMap((rule) => targetsOf(rule)))]);
}

/** `get, list: pods, pods/log`; `get: secrets (tls)` for named ones; `*` for all verbs or resources. */
function ruleText(rule: Json): string {
  const names = textsIn(rule['resourceNames']);
  const named = names.length === 0 ? '' : ` (${names.join(', ')})`;
  return `${textsIn(rule['verbs']).join(', ')}: ${targetsOf(rule).join(', ')}${named}`;
}

/** `deployments.apps` tells a resource of a group from one of the core group, as kubectl does. */
function targetsOf(rule: Json): readonly string[] {
  const groups = textsIn(rule['apiGroups']);
  const suffix = groups.length === 1 && groups[0] !== '' && groups[0] !== '*' ? `.${groups[0]}` : '';
  const resources = textsIn(rule['resources']).map((name) => {
    const [plural = '', ...sub] = name.split('/');
    return [plural === '*' ? plural : `${plural}${suffix}`, ...sub].join('/');
  });
  return [...resources, ...textsIn(rule['nonResourceURLs'])];
}

/** A RoleBinding or ClusterRoleBinding: who gets what. */
export function summarizeBinding(binding: unknown): ResourceSummary {
  const { root, metadata } = partsOf(binding);
  const ref = objectOf(root['roleRef']);
  const role = `${textOf(ref['kind'])} ${textOf(ref['name'])}`.trim();
  const namespace = textOf(metadata['namespace']);
  const subjects = objectsIn(root['subjects']).map((one) => subjectText(one, namespace));
  return {
    health: subjects.length === 0 ? 'idle' : 'healthy',
    words: wordsOf(role, subjects.length === 0 ? message('nobody') : `⇒ ${fewOf(subjects, 2)}`),
    facts: factsOf(
      [message('Role'), role],
      [message('Given to'), subjects.length === 0 ? message('nobody') : subjects.join(', ')],
    ),
    reason: null,
  };
}

/** `ServiceAccount dev/ci`, `User alice`, `Group admins`. */
function subjectText({ kind, name, namespace }: Json, own: string): string {
  const place = kind === 'ServiceAccount' ? textOf(namespace) || own : '';
  return `${textOf(kind)} ${place === '' ? '' : `${place}/`}${textOf(name)}`;
}
