import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, isEmpty } from '../values.ts';
import { isDescending } from './paths.ts';
import { containersOf } from './pod.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';
const SECCOMP_OF_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_OF_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const seccompProfiles = new Set(['runtime/default', 'docker/default', 'unconfined']);
const apparmorProfiles = new Set(['', 'runtime/default', 'unconfined']);
const wholeNumber = /^(?:0|-\d+|[1-9]\d*)$/;

export const podAnnotationInvalid: Rule = {
  code: 'pod-annotation-invalid',
  title: 'Annotation of a pod that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
The server reads some annotations of pods and of their templates. The cost of deletion
(\`controller.kubernetes.io/pod-deletion-cost\`) is a whole number of 32 bits. The old annotations for AppArmor name a
container of the pod and a profile: \`runtime/default\`, \`unconfined\` or \`localhost/…\`; so do those for seccomp.

\`\`\`yaml
# bad
controller.kubernetes.io/pod-deletion-cost: high
# good
controller.kubernetes.io/pod-deletion-cost: "100"
\`\`\`
`,
  visit: {
    'core/v1.Pod'(pod, visit) {
      checkAnnotations(pod, pod.get('metadata').get('annotations'), visit);
    },
    'core/v1.PodTemplateSpec'(template, visit) {
      checkAnnotations(template, template.get('metadata').get('annotations'), visit);
    },
  },
};

function checkAnnotations(owner: Field, annotations: Field, visit: Visit): void {
  if (!annotations.written) return;
  // Of a template the server names the annotations as if they stood beside its metadata.
  const place = (owner.is('core/v1.Pod') ? annotations : owner.get('annotations')).path;
  for (const annotation of annotations.entries()) {
    const value = goText(annotation);
    if (value === null) continue;
    const problem = problemOf(owner, annotation.key, value);
    if (problem === null) continue;
    const child = annotation.key.startsWith('seccomp') || annotation.key.startsWith(SECCOMP_OF_CONTAINER);
    const path = child ? `${place}.${annotation.key}` : `${place}[${annotation.key}]`;
    visit.report(annotation, problem, { path });
  }
}

function problemOf(owner: Field, key: string, value: string): Message | null {
  if (key === DELETION_COST)
    return isInteger(value)
      ? null
      : message('The cost of deletion must be a whole number of 32 bits; change it');
  if (key === MIRROR)
    return isEmpty(owner.get('spec').get('nodeName'))
      ? message('A mirror pod is bound to its node; add nodeName or remove this')
      : null;
  const unknown = message('"{0}" is no profile; write runtime/default, unconfined or localhost/…', value);
  if (key === SECCOMP_OF_POD || key.startsWith(SECCOMP_OF_CONTAINER))
    return isProfile(value, seccompProfiles) && isDescending(value.slice('localhost/'.length))
      ? null
      : unknown;
  if (!key.startsWith(APPARMOR)) return null;
  if (!isProfile(value, apparmorProfiles)) return unknown;
  const name = key.slice(APPARMOR.length);
  for (const container of containersOf(owner.get('spec')))
    if (container.get('name').text() === name) return null;
  return message('No container of this pod is called "{0}"; change or remove it', name);
}

function isInteger(text: string): boolean {
  const value = Number(text);
  return wholeNumber.test(text) && value >= -(2 ** 31) && value < 2 ** 31;
}

function isProfile(text: string, named: ReadonlySet<string>): boolean {
  return named.has(text) || text.startsWith('localhost/');
}
