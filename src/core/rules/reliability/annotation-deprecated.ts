import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { appendLines, removeEntry } from '../edits.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';

/** Annotations whose work a field does now, or nobody; by their key, or by what is before the slash. */
const successors: ReadonlyMap<string, Message> = new Map([
  ['kubernetes.io/ingress.class', message('This annotation is deprecated; use spec.ingressClassName')],
  [
    'seccomp.security.alpha.kubernetes.io',
    message('No effect since 1.27; use seccompProfile in the securityContext'),
  ],
  [
    'container.seccomp.security.alpha.kubernetes.io',
    message('No effect since 1.27; use seccompProfile in the securityContext'),
  ],
  [
    'container.apparmor.security.beta.kubernetes.io',
    message('Deprecated since 1.30; use appArmorProfile in the securityContext'),
  ],
  ['scheduler.alpha.kubernetes.io/critical-pod', message('No effect since 1.16; use priorityClassName')],
  ['scheduler.alpha.kubernetes.io/affinity', message('No effect since 1.6; use spec.affinity')],
  ['scheduler.alpha.kubernetes.io/tolerations', message('No effect since 1.6; use spec.tolerations')],
  ['volume.beta.kubernetes.io/storage-class', message('Deprecated since 1.8; use spec.storageClassName')],
  ['volume.beta.kubernetes.io/mount-options', message('Deprecated since 1.31; use spec.mountOptions')],
  [
    'service.kubernetes.io/topology-aware-hints',
    message('Deprecated since 1.27; use spec.trafficDistribution'),
  ],
  [
    'service.alpha.kubernetes.io/tolerate-unready-endpoints',
    message('No effect since 1.24; use spec.publishNotReadyAddresses'),
  ],
  ['pod.alpha.kubernetes.io/initialized', message('No effect since 1.8; remove it')],
  ['pod.beta.kubernetes.io/init-containers', message('No effect since 1.8; use spec.initContainers')],
]);

/** Google's own controller goes by the annotation alone. */
const onlyByAnnotation: ReadonlySet<string> = new Set(['gce', 'gce-internal', 'gce-multi-cluster']);

export const annotationDeprecated: Rule = {
  code: 'annotation-deprecated',
  title: 'Annotation that a field has replaced',
  origin: 'advice',
  severity: 'warning',
  docs: `
The annotation comes from a time before the field that does its work now. Most of these have no effect any more, and
nobody says so; what they asked for is not done.

\`\`\`yaml
# bad
metadata:
  annotations: { kubernetes.io/ingress.class: nginx }
# good
spec:
  ingressClassName: nginx
\`\`\`

Source: [Well-known annotations](https://kubernetes.io/docs/reference/labels-annotations-taints/) in the Kubernetes
documentation, and what the API server warns of.
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      if (!metadata.has('annotations')) return;
      for (const annotation of metadata.get('annotations').entries()) {
        const { key } = annotation;
        if (!key.includes('kubernetes.io')) continue;
        const said = successors.get(key) ?? successors.get(key.slice(0, key.indexOf('/')));
        if (said !== undefined) tell(annotation, said, visit);
      }
    },
  },
};

function tell(annotation: Field, said: Message, visit: Visit): void {
  const isClass = annotation.key === 'kubernetes.io/ingress.class';
  if (isClass && onlyByAnnotation.has(annotation.text() ?? '')) return;
  visit.report(annotation, said, {
    range: annotation.head,
    ...(isClass ? { severity: 'hint' } : {}),
    fixes: isClass
      ? toField(annotation, visit)
      : /^No effect/.test(said.template)
        ? removal(annotation, visit)
        : [],
  });
}

/** The class of an Ingress is called in the field as it is in the annotation, in nearly all clusters. */
function toField(annotation: Field, visit: Visit): readonly Fix[] {
  const { entry, object } = annotation;
  const spec = object.get('spec').node;
  const list = annotation.parent;
  const text = annotation.text();
  const document = visit.context.document.text;
  if (text === null || entry === null || spec?.type !== 'mapping' || spec.entry('ingressClassName') !== null)
    return [];
  const add = appendLines(document, spec, [`ingressClassName: ${text}`]);
  const around = list?.parent?.node;
  const remove =
    list?.node?.type !== 'mapping'
      ? null
      : list.node.entries.length > 1
        ? removeEntry(document, list.node, entry)
        : around?.type === 'mapping' && list.entry !== null
          ? removeEntry(document, around, list.entry)
          : null;
  if (add === null || remove === null) return [];
  return [{ title: message('Move it to spec.ingressClassName'), edits: [remove, add], preferred: false }];
}
