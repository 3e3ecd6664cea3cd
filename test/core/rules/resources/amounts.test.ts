import { container, object, podOf, tryRule, workload } from '../advice.ts';

const resources = (text: string): string => podOf(`resources:\n  ${text.replaceAll('\n', '\n  ')}`);

tryRule('memory-limit-missing', {
  'a request alone': {
    text: resources('requests:\n  memory: 64Mi').replace('resources', '«resources»'),
    severity: 'warning',
    fixed: resources('requests:\n  memory: 64Mi\nlimits:\n  memory: 64Mi'),
  },
  'a limit of CPU': {
    text: resources('requests: { memory: 64Mi }\nlimits:\n  cpu: 1').replace('resources', '«resources»'),
    fixed: resources('requests: { memory: 64Mi }\nlimits:\n  cpu: 1\n  memory: 64Mi'),
  },
  'a limit': resources('limits: { memory: 64Mi }'),
  'nothing at all is told as a missing request': podOf(''),
  'a limit of the whole pod': podOf(
    'resources: { requests: { memory: 1Mi } }',
    'resources: { limits: { memory: 1Gi } }',
  ),
  'a request of the whole pod': podOf('', 'resources: { requests: { cpu: 1, memory: 1Gi } }').replace(
    'name: web\n      image',
    'name: «web»\n      image',
  ),
  'a plain init container': podOf(
    'resources: { limits: { memory: 1Mi } }',
    'initContainers:\n  - { name: a, image: a:1, resources: { requests: { memory: 1Mi } } }',
  ),
  'what a template fills in': resources('requests: { memory: 64Mi }\nlimits: ${LIMITS}'),
  'a patch':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  $setElementOrder/containers: [{ name: a }]\n  containers:\n    - { name: a, resources: { requests: { memory: 1Mi } } }\n',
});

tryRule('memory-overcommitted', {
  'a request below the limit': {
    text: resources('requests: { memory: «64Mi» }\nlimits: { memory: 128Mi }'),
    fixed: resources('requests: { memory: 128Mi }\nlimits: { memory: 128Mi }'),
  },
  'as much, written otherwise': resources('requests: { memory: 1024Mi }\nlimits: { memory: 1Gi }'),
  'a limit alone': resources('limits: { memory: 128Mi }'),
  'a request of nothing': resources('requests: { memory: 0 }\nlimits: { memory: 1Gi }'),
});

const bare = podOf('').replace('name: web\n      image', 'name: «web»\n      image');
tryRule('cpu-limit-missing', {
  'no limit': bare,
  'a limit': resources('limits: { cpu: 1 }'),
  'of the whole pod': podOf('', 'resources: { limits: { cpu: 1 } }'),
});

tryRule('cpu-limit-set', {
  'beside a request': {
    text: resources('requests: { cpu: 1 }\nlimits:\n  memory: 64Mi\n  cpu: «1»'),
    fixed: resources('requests: { cpu: 1 }\nlimits:\n  memory: 64Mi'),
  },
  'that is the request as well': { text: resources('limits:\n  memory: 64Mi\n  cpu: «1»'), fixed: null },
  none: resources('requests: { cpu: 1 }'),
});

tryRule('limit-ratio-high', {
  'far above': {
    text: resources('requests: { memory: 64Mi }\nlimits: { memory: «512Mi» }'),
    severity: 'hint',
  },
  'just as far as it may be': resources('requests: { cpu: 250m }\nlimits: { cpu: 1 }'),
  'beside an amount that is none': resources('requests: { memory: 128m }\nlimits: { memory: 500Mi }'),
  'a bit farther': resources('requests: { cpu: 249m }\nlimits: { cpu: «1» }'),
  'as far as the team says': {
    text: resources('requests: { cpu: 100m }\nlimits: { cpu: 150m }'),
    settings: { limitRatio: 1.5 },
  },
  'farther than the team says': {
    text: resources('requests: { cpu: 100m }\nlimits: { cpu: «151m» }'),
    settings: { limitRatio: 1.5 },
  },
  'above nothing': resources('requests: { cpu: 0 }\nlimits: { cpu: 1 }'),
});

tryRule('amount-implausible', {
  bytes: {
    text: resources('requests: { memory: «512» }'),
    severity: 'warning',
    fixed: resources('requests: { memory: 512Mi }'),
  },
  'few of them': {
    text: resources('limits: { memory: «1» }'),
    fixed: resources('limits: { memory: 1Mi }'),
  },
  kilobytes: { text: resources('limits: { ephemeral-storage: «100k» }'), fixed: null },
  'nothing, and a fraction of a byte': resources('requests: { memory: 0, ephemeral-storage: 100m }'),
  'more than enough': resources('requests: { memory: 1Mi, cpu: 96 }\nlimits: { memory: 64Ti, cpu: 448 }'),
  'a limit that nothing starts with': resources('limits: { memory: «2Mi» }'),
  'more than any node has': resources('requests: { memory: «1Pi» }'),
  'whole CPUs by the hundred': {
    text: resources('requests: { cpu: «100» }'),
    fixed: resources('requests: { cpu: 100m }'),
  },
  'a disk': {
    text: object(
      'v1 PersistentVolumeClaim',
      'spec:\n  accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: «8» } }',
    ),
    fixed: object(
      'v1 PersistentVolumeClaim',
      'spec:\n  accessModes: [ReadWriteOnce]\n  resources: { requests: { storage: 8Mi } }',
    ),
  },
  'a volume in memory': podOf('', 'volumes:\n  - { name: a, emptyDir: { medium: Memory, sizeLimit: «64» } }'),
  'a quota adds up': object(
    'v1 ResourceQuota',
    'spec:\n  hard: { cpu: 500, requests.cpu: 500, memory: 10Pi }',
  ),
  'ratios and lower limits of a LimitRange': object(
    'v1 LimitRange',
    'spec:\n  limits:\n    - { type: Container, min: { memory: 1 }, maxLimitRequestRatio: { memory: 4, cpu: 100 } }',
  ),
  'what a template fills in': resources('requests: { memory: "${MEMORY}" }'),
});

tryRule('ephemeral-storage-missing', {
  'no limit': bare,
  'a limit': resources('limits: { ephemeral-storage: 1Gi }'),
});

tryRule('qos-best-effort', {
  'nothing is asked for': podOf('resources: {}').replace('containers', '«containers»'),
  'something is': resources('requests: { cpu: 1m }'),
  'by an init container': podOf(
    '',
    'initContainers:\n  - { name: a, image: a:1, resources: { limits: { memory: 1Mi } } }',
  ),
  'nothing in so many words': resources('requests: { cpu: 0 }').replace('containers', '«containers»'),
  'by the whole pod': podOf('', 'resources: { requests: { cpu: 1 } }'),
});

const init = (amount: string, more = ''): string =>
  `initContainers:\n  - { name: a, image: a:1, ${more}resources: { requests: { memory: ${amount} } } }`;
const main = 'resources: { requests: { memory: 256Mi } }';
tryRule('init-request-highest', {
  'more than the others': { text: podOf(main, init('«1Gi»')), severity: 'hint' },
  'no more': podOf(main, init('256Mi')),
  'a sidecar runs beside them': podOf(main, init('1Gi', 'restartPolicy: Always, ')),
  'the others request nothing': podOf('', init('1Gi')),
  'the pod requests as a whole': podOf(main, `${init('1Gi')}\nresources: { requests: { memory: 2Gi } }`),
  'with a sidecar before it': podOf(
    'resources: { requests: { memory: 300Mi } }',
    'initContainers:\n  - { name: a, image: a:1, restartPolicy: Always, resources: { requests: { memory: 400Mi } } }\n  - { name: b, image: a:1, resources: { requests: { memory: «700Mi» } } }',
  ),
  'with a sidecar behind it': podOf(
    'resources: { requests: { memory: 300Mi } }',
    'initContainers:\n  - { name: b, image: a:1, resources: { requests: { memory: 700Mi } } }\n  - { name: a, image: a:1, restartPolicy: Always, resources: { requests: { memory: 400Mi } } }',
  ),
});

tryRule('memory-limit-missing', {
  'in each workload': ['Deployment', 'StatefulSet', 'DaemonSet']
    .map((kind) => workload(kind, container('«resources»: { requests: { memory: 1Mi } }')))
    .join('---\n'),
});
