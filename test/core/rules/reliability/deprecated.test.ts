import { object, podOf, tryRule } from '../advice.ts';

tryRule('node-label-deprecated', {
  'in a selector': {
    text: podOf('', 'nodeSelector:\n  «beta.kubernetes.io/os»: linux'),
    severity: 'warning',
    fixed: podOf('', 'nodeSelector:\n  kubernetes.io/os: linux'),
  },
  'in an affinity': podOf(
    '',
    'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: «node-role.kubernetes.io/master», operator: Exists }] }] } } }',
  ),
  'as a topology': {
    text: podOf(
      '',
      'topologySpreadConstraints:\n  - { maxSkew: 1, topologyKey: «failure-domain.beta.kubernetes.io/zone», whenUnsatisfiable: DoNotSchedule, labelSelector: {} }',
    ),
    fixed: podOf(
      '',
      'topologySpreadConstraints:\n  - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {} }',
    ),
  },
  'labels of today': podOf('', 'nodeSelector: { kubernetes.io/os: linux, example.com/beta: a }'),
  'where a disk is': object(
    'v1 PersistentVolume',
    'spec:\n  capacity: { storage: 1Gi }\n  accessModes: [ReadWriteOnce]\n  hostPath: { path: /data }\n  nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: failure-domain.beta.kubernetes.io/zone, operator: In, values: [a] }] }] } }',
  ),
});

const ingress = (annotations: string, spec: string): string =>
  object(
    'networking.k8s.io/v1 Ingress',
    `spec:\n  defaultBackend: { service: { name: a, port: { number: 80 } } }${spec}`,
  ).replace('name: web\n', `name: web\n${annotations}`);
const byClass = '  annotations:\n    «kubernetes.io/ingress.class»: nginx\n';

tryRule('annotation-deprecated', {
  'the class of an Ingress': {
    text: ingress(byClass, ''),
    severity: 'hint',
    fixed: ingress('', '\n  ingressClassName: nginx'),
  },
  'with others': {
    text: ingress(`${byClass}    a: b\n`, ''),
    fixed: ingress('  annotations:\n    a: b\n', '\n  ingressClassName: nginx'),
  },
  'that only goes by the annotation': ingress('  annotations: { kubernetes.io/ingress.class: gce }\n', ''),
  'a profile': {
    text: podOf('').replace(
      'name: web\n',
      'name: web\n  annotations: { «seccomp.security.alpha.kubernetes.io/pod»: runtime/default }\n',
    ),
    severity: 'warning',
    fixed: null,
  },
  others: podOf('').replace(
    'name: web\n',
    'name: web\n  annotations: { kubernetes.io/description: a, example.com/x: b }\n',
  ),
});

tryRule('volume-plugin-gone', {
  gone: {
    text: podOf('', 'volumes:\n  - { name: a, «gitRepo»: { repository: "https://example.com/a.git" } }'),
    severity: 'warning',
  },
  there: podOf('', 'volumes:\n  - { name: a, emptyDir: {} }\n  - { name: b, nfs: { server: a, path: / } }'),
});
