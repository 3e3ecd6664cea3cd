import { podCase, type ServerCase, templateCase } from '../../server-cases.ts';

const required = (text: string): string =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: ${text} } }`;
const term = (text: string): string => required(`{ nodeSelectorTerms: [${text}] }`);
const preferred = (text: string): string =>
  `affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [${text}] } }`;
const pods = (text: string): string =>
  `affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${text}] } }`;
const preferredPods = (text: string): string =>
  `affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [${text}] } }`;
const spread = (text: string): string => `topologySpreadConstraints: [${text}]`;

const REQUIRED = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution';
const PODS = 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED_PODS = 'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution';

/** Where pods may run. */
export const cases: readonly ServerCase[] = [
  podCase(
    'tolerations',
    'tolerations: [{ operator: Exists }, { key: a, effect: NoSchedule }, { key: b/c, operator: Exists, effect: NoExecute, tolerationSeconds: 5 }, { key: d, operator: Equal, value: e }]',
  ),
  podCase('a toleration without anything', 'tolerations: [{}]', [
    'toleration-invalid spec.tolerations[0].operator',
  ]),
  podCase('a toleration without a key', 'tolerations: [{ operator: Equal, value: a }]', [
    'toleration-invalid spec.tolerations[0].operator',
  ]),
  podCase('Exists with a value', 'tolerations: [{ key: a, operator: Exists, value: b }]', [
    'toleration-invalid spec.tolerations[0].operator',
  ]),
  podCase('an unknown operator', 'tolerations: [{ key: a, operator: In, value: b }]', [
    'toleration-invalid spec.tolerations[0].operator',
  ]),
  podCase('an unknown operator without a key', 'tolerations: [{ operator: Exist }]', [
    'toleration-invalid spec.tolerations[0].operator',
  ]),
  podCase('Gt behind its gate', 'tolerations: [{ key: a, operator: Gt, value: "1" }]', [
    'toleration-invalid spec.tolerations[0].operator',
  ]),
  podCase('a value that no taint has', 'tolerations: [{ key: a, value: "b c" }]', [
    'toleration-invalid spec.tolerations[0].operator',
  ]),
  podCase('a key that no taint has', 'tolerations: [{ key: "a b", operator: Exists }]', [
    'toleration-invalid spec.tolerations[0].key',
  ]),
  podCase('an unknown effect', 'tolerations: [{ key: a, effect: NoRun }]', [
    'toleration-invalid spec.tolerations[0].effect',
  ]),
  podCase(
    'seconds without NoExecute',
    'tolerations: [{ key: a, effect: NoSchedule, tolerationSeconds: 5 }]',
    ['toleration-invalid spec.tolerations[0].effect'],
  ),
  podCase('seconds without an effect', 'tolerations: [{ key: a, tolerationSeconds: 5 }]', [
    'toleration-invalid spec.tolerations[0].effect',
  ]),
  podCase('negative seconds', 'tolerations: [{ key: a, effect: NoExecute, tolerationSeconds: -5 }]'),
  podCase('an empty operator and effect', 'tolerations: [{ key: a, operator: "", effect: "" }]'),

  podCase('a node selector', 'nodeSelector: { kubernetes.io/os: linux, a: "", b: null }'),
  podCase('a node selector that is no key', 'nodeSelector: { "a b": c }', [
    'node-selector-invalid spec.nodeSelector',
  ]),
  podCase('a node selector that is no value', 'nodeSelector: { a: "b c" }', [
    'node-selector-invalid spec.nodeSelector',
  ]),

  podCase(
    'a node affinity',
    term(
      '{ matchExpressions: [{ key: a, operator: In, values: [b, ""] }, { key: a, operator: Gt, values: [abc] }, { key: a, operator: DoesNotExist }], matchFields: [{ key: metadata.name, operator: NotIn, values: [node] }] }, {}',
    ),
  ),
  podCase('no terms', required('{}'), [`node-affinity-invalid ${REQUIRED}.nodeSelectorTerms`]),
  podCase('an empty list of terms', required('{ nodeSelectorTerms: [] }'), [
    `node-affinity-invalid ${REQUIRED}.nodeSelectorTerms`,
  ]),
  podCase('In without values', term('{ matchExpressions: [{ key: a, operator: In }] }'), [
    `node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].values`,
  ]),
  podCase('Exists with values', term('{ matchExpressions: [{ key: a, operator: Exists, values: [b] }] }'), [
    `node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].values`,
  ]),
  podCase(
    'Lt with two values',
    term('{ matchExpressions: [{ key: a, operator: Lt, values: ["1", "2"] }] }'),
    [`node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].values`],
  ),
  podCase(
    'an unknown operator of nodes',
    term('{ matchExpressions: [{ key: a, operator: Equals, values: [b] }] }'),
    [`node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].operator`],
  ),
  podCase('no operator', term('{ matchExpressions: [{ key: a, values: [b] }] }'), [
    `node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].operator`,
  ]),
  podCase('no key', term('{ matchExpressions: [{ operator: Exists }] }'), [
    `node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].key`,
  ]),
  podCase(
    'a value that no node has',
    term('{ matchExpressions: [{ key: a, operator: In, values: ["b c"] }] }'),
    [`node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].values[0]`],
  ),
  podCase(
    'a field that nodes cannot be asked for',
    term('{ matchFields: [{ key: metadata.labels, operator: In, values: [b] }] }'),
    [`node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchFields[0].key`],
  ),
  podCase(
    'two names of nodes',
    term('{ matchFields: [{ key: metadata.name, operator: In, values: [a, b] }] }'),
    [`node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchFields[0].values`],
  ),
  podCase('Exists for a field', term('{ matchFields: [{ key: metadata.name, operator: Exists }] }'), [
    `node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchFields[0].operator`,
  ]),
  podCase(
    'a bad name in a field',
    term('{ matchFields: [{ key: metadata.name, operator: In, values: [A] }] }'),
    [`node-affinity-invalid ${REQUIRED}.nodeSelectorTerms[0].matchFields[0].values[0]`],
  ),
  podCase(
    'a preference',
    preferred(
      '{ weight: 100, preference: { matchExpressions: [{ key: a, operator: In, values: ["b c"] }] } }',
    ),
  ),
  podCase('a weight of 0', preferred('{ weight: 0, preference: {} }'), [
    `node-affinity-invalid ${PREFERRED}[0].weight`,
  ]),
  podCase('no weight', preferred('{ preference: {} }'), [`node-affinity-invalid ${PREFERRED}[0].weight`]),
  podCase('a weight of 101 and no preference', preferred('{ weight: 101 }'), [
    `node-affinity-invalid ${PREFERRED}[0].weight`,
  ]),
  podCase(
    'a preference with an unknown operator',
    preferred('{ weight: 1, preference: { matchExpressions: [{ key: a, operator: in }] } }'),
    [`node-affinity-invalid ${PREFERRED}[0].preference.matchExpressions[0].operator`],
  ),

  podCase(
    'pod affinity',
    pods(
      '{ topologyKey: zone, namespaces: [a], labelSelector: { matchLabels: { a: b } }, matchLabelKeys: [c], mismatchLabelKeys: [d] }',
    ),
  ),
  podCase('no topology key', pods('{ labelSelector: {} }'), [`pod-affinity-invalid ${PODS}[0].topologyKey`]),
  podCase('a topology key that is none', pods('{ topologyKey: "a b" }'), [
    `pod-affinity-invalid ${PODS}[0].topologyKey`,
  ]),
  podCase('a bad namespace', pods('{ topologyKey: zone, namespaces: [A] }'), [
    `pod-affinity-invalid ${PODS}[0].namespace`,
  ]),
  podCase('label keys without a selector', pods('{ topologyKey: zone, matchLabelKeys: [a] }'), [
    `pod-affinity-invalid ${PODS}[0].matchLabelKeys`,
  ]),
  podCase('other label keys without a selector', pods('{ topologyKey: zone, mismatchLabelKeys: [a] }'), [
    `pod-affinity-invalid ${PODS}[0].mismatchLabelKeys`,
  ]),
  podCase(
    'a label key that is none',
    pods('{ topologyKey: zone, labelSelector: {}, matchLabelKeys: ["a b"] }'),
    [`pod-affinity-invalid ${PODS}[0].matchLabelKeys[0]`],
  ),
  podCase(
    'a label key both ways',
    pods('{ topologyKey: zone, labelSelector: {}, matchLabelKeys: [a], mismatchLabelKeys: [a] }'),
    [`pod-affinity-invalid ${PODS}[0].matchLabelKeys[0]`],
  ),
  templateCase(
    'a label key that the selector has',
    pods('{ topologyKey: zone, labelSelector: { matchLabels: { app: b } }, matchLabelKeys: [app] }'),
  ),
  podCase('a weighted term', preferredPods('{ weight: 1, podAffinityTerm: { topologyKey: zone } }')),
  podCase('a weighted term without a term', preferredPods('{ weight: 1 }'), [
    `pod-affinity-invalid ${PREFERRED_PODS}[0].podAffinityTerm.topologyKey`,
  ]),
  podCase('a weight too large', preferredPods('{ weight: 101, podAffinityTerm: { topologyKey: zone } }'), [
    `pod-affinity-invalid ${PREFERRED_PODS}[0].weight`,
  ]),

  podCase(
    'spread constraints',
    spread(
      '{ maxSkew: 1, topologyKey: "zo ne", whenUnsatisfiable: DoNotSchedule, minDomains: 2, nodeAffinityPolicy: Honor, nodeTaintsPolicy: Ignore, labelSelector: {}, matchLabelKeys: [a] }, { maxSkew: 1, topologyKey: "zo ne", whenUnsatisfiable: ScheduleAnyway }',
    ),
  ),
  podCase('an empty spread constraint', spread('{}'), [
    'topology-spread-invalid spec.topologySpreadConstraints[0].maxSkew',
    'topology-spread-invalid spec.topologySpreadConstraints[0].topologyKey',
    'topology-spread-invalid spec.topologySpreadConstraints[0].whenUnsatisfiable',
  ]),
  podCase('a negative skew', spread('{ maxSkew: -1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway }'), [
    'topology-spread-invalid spec.topologySpreadConstraints[0].maxSkew',
  ]),
  podCase('an unknown action', spread('{ maxSkew: 1, topologyKey: a, whenUnsatisfiable: Schedule }'), [
    'topology-spread-invalid spec.topologySpreadConstraints[0].whenUnsatisfiable',
  ]),
  podCase(
    'domains with ScheduleAnyway',
    spread('{ maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway, minDomains: 1 }'),
    ['topology-spread-invalid spec.topologySpreadConstraints[0].minDomains'],
  ),
  podCase(
    'no domains',
    spread('{ maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, minDomains: 0 }'),
    ['topology-spread-invalid spec.topologySpreadConstraints[0].minDomains'],
  ),
  podCase(
    'unknown policies',
    spread(
      '{ maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, nodeAffinityPolicy: honor, nodeTaintsPolicy: "" }',
    ),
    [
      'topology-spread-invalid spec.topologySpreadConstraints[0].nodeAffinityPolicy',
      'topology-spread-invalid spec.topologySpreadConstraints[0].nodeTaintsPolicy',
    ],
  ),
  podCase(
    'a constraint twice',
    spread(
      '{ maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule }, { maxSkew: 2, topologyKey: a, whenUnsatisfiable: DoNotSchedule }',
    ),
    ['topology-spread-invalid spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}'],
  ),
  podCase(
    'label keys without a selector to spread by',
    spread('{ maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [a] }'),
    ['topology-spread-invalid spec.topologySpreadConstraints[0].matchLabelKeys'],
  ),
];
