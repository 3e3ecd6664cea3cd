import { container, object, podOf, tryRule, workload } from '../advice.ts';
import { indent } from '../../marked.ts';

const deployment = (spec: string, pod = container('')): string => workload('Deployment', pod, spec);
const rolling = (count: string, replicas: string): string =>
  deployment(`replicas: ${replicas}\nstrategy: { rollingUpdate: { maxUnavailable: ${count}, maxSurge: 1 } }`);

tryRule('rollout-stops-all', {
  'the only pod': { text: rolling('«1»', '1'), severity: 'hint' },
  'all pods': rolling('«100%»', '3'),
  'more than there are': rolling('«3»', '2'),
  'rounded down': rolling('50%', '1'),
  'some of them': rolling('1', '2'),
  'by default': deployment('replicas: 1'),
  'as many as an autoscaler says': deployment('strategy: { rollingUpdate: { maxUnavailable: 1 } }'),
  'none at all': rolling('1', '0'),
});

tryRule('replicas-single', {
  one: deployment('replicas: «1»'),
  two: deployment('replicas: 2'),
  'not said': deployment(''),
});

const claim = 'volumes:\n  - { name: a, persistentVolumeClaim: { claimName: a } }\n';
tryRule('strategy-recreate', {
  'without a disk': deployment('strategy: { type: «Recreate» }'),
  'with a disk': deployment('strategy: { type: Recreate }', claim + container('')),
  'a rolling update': deployment('strategy: { type: RollingUpdate }'),
});

const spread =
  'topologySpreadConstraints:\n  - { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {} }\n';
tryRule('pods-not-spread', {
  'several pods': deployment('replicas: «3»'),
  'of a StatefulSet': workload('StatefulSet', container(''), 'replicas: «3»'),
  spread: deployment('replicas: 3', spread + container('')),
  'kept apart': deployment(
    'replicas: 3',
    `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: a, labelSelector: {} }] } }\n${container('')}`,
  ),
  'one pod': deployment('replicas: 1'),
});

tryRule('history-none', {
  none: {
    text: deployment('revisionHistoryLimit: «0»'),
    severity: 'hint',
    fixed: deployment(''),
  },
  some: deployment('revisionHistoryLimit: 1'),
});

const budget = (spec: string): string => object('policy/v1 PodDisruptionBudget', `spec:\n${indent(spec, 2)}`);
const selector = 'selector: { matchLabels: { app: web } }\n';
tryRule('pdb-blocks-drain', {
  'none may go': { text: budget(`${selector}maxUnavailable: «0»`), severity: 'warning' },
  'none of them': budget(`${selector}maxUnavailable: «0%»`),
  'all must stay': budget(`${selector}minAvailable: «100%»`),
  'one may go': budget(`${selector}maxUnavailable: 1`),
  'most must stay': budget(`${selector}minAvailable: 99%`),
  'a number must stay': budget(`${selector}minAvailable: 1`),
});

tryRule('pdb-selector-missing', {
  'no selector': { text: budget('maxUnavailable: 1').replace('spec', '«spec»'), severity: 'warning' },
  'all pods': budget('selector: {}\nmaxUnavailable: 1'),
});

tryRule('grace-period-zero', {
  'without notice': {
    text: podOf('', 'terminationGracePeriodSeconds: «0»'),
    severity: 'hint',
    fixed: podOf(''),
  },
  'in a StatefulSet': {
    text: workload('StatefulSet', `terminationGracePeriodSeconds: «0»\n${container('')}`),
    severity: 'warning',
  },
  'less than nothing': { text: podOf('', 'terminationGracePeriodSeconds: «-1»'), severity: 'warning' },
  'a second': podOf('', 'terminationGracePeriodSeconds: 1'),
});

const hook = (command: string): string => `lifecycle: { preStop: { exec: { command: ${command} } } }`;
const cut = (command: string): string => hook(command).replace('preStop', '«preStop»');
tryRule('pre-stop-cut-off', {
  'a sleep as long as all': { text: podOf(cut('[sleep, "30"]')), severity: 'warning' },
  'in a shell': podOf(cut('[sh, -c, "nginx -s quit; sleep 45"]')),
  'of a longer period': podOf(hook('[sleep, "60"]'), 'terminationGracePeriodSeconds: 90'),
  'of a shorter period': podOf(cut('[/bin/sleep, "10"]'), 'terminationGracePeriodSeconds: 10'),
  'a short one': podOf(hook('[sh, -c, "sleep 5"]')),
  'another program': podOf(hook('[nosleep, "60"]')),
  'as a template says': podOf(hook('[sleep, "60"]'), 'terminationGracePeriodSeconds: ${GRACE}'),
});

tryRule('env-repeated', {
  'the same name': {
    text: podOf('env: [{ name: A, value: a }, { name: «A», value: b }]'),
    severity: 'warning',
  },
  'by a reference': podOf(
    'env: [{ name: A, value: a }, { name: «A», valueFrom: { fieldRef: { fieldPath: metadata.name } } }]',
  ),
  itself: podOf('env: [{ name: A, value: a }, { name: «A», value: $(A) }]'),
  'what adds to it': podOf('env: [{ name: PATH, value: /bin }, { name: PATH, value: "$(PATH):/opt" }]'),
  'other names': podOf('env: [{ name: A, value: a }, { name: a, value: b }]'),
});

const two = (first: string, second: string): string =>
  object(
    'v1 Pod',
    `spec:\n  containers:\n    - { name: a, image: a:1, ports: [${first}] }\n    - { name: b, image: b:1, ports: [${second}] }`,
  );
tryRule('port-repeated', {
  'in one container': {
    text: podOf('ports: [{ containerPort: 80 }, { containerPort: «80» }]'),
    severity: 'warning',
  },
  'in two': two('{ containerPort: 80 }', '{ containerPort: «80», protocol: TCP }'),
  'of another protocol': two('{ containerPort: 80 }', '{ containerPort: 80, protocol: UDP }'),
  'at ports of the node': podOf(
    'ports: [{ containerPort: 80, hostPort: 81 }, { containerPort: 80, hostPort: 82 }]',
  ),
  'a name in two': two('{ containerPort: 80, name: http }', '{ containerPort: 81, name: «http» }'),
});

tryRule('selector-selects-nothing', {
  'a spread': {
    text: podOf(
      '',
      'topologySpreadConstraints:\n  - { maxSkew: 1, «topologyKey»: zone, whenUnsatisfiable: DoNotSchedule }',
    ),
    severity: 'warning',
  },
  'an affinity': podOf(
    '',
    'affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ «topologyKey»: zone }] } }',
  ),
  'all pods': podOf(
    '',
    'affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, labelSelector: {} }] } }',
  ),
});
