import { deploymentOf, podOf, tryRule, workload, container } from '../advice.ts';

const named = (lines: string): string =>
  deploymentOf(lines).replace('name: web\n          image', 'name: «web»\n          image');
const ports = 'ports: [{ name: http, containerPort: 8080 }]';
const get = 'httpGet: { path: /healthz, port: http }';

tryRule('readiness-probe-missing', {
  'ports without a probe': named(ports),
  'a probe': deploymentOf(`${ports}\nreadinessProbe: { ${get} }`),
  'no ports': deploymentOf(''),
  'a pod of its own': podOf(ports),
  'an agent of the node': workload('DaemonSet', container(ports)),
});

tryRule('probes-identical', {
  'one check for both': {
    text: podOf(`${ports}\nreadinessProbe: { ${get} }\n«livenessProbe»: { ${get} }`),
    severity: 'hint',
    fixed: podOf(`${ports}\nreadinessProbe: { ${get} }`),
  },
  'in another order': podOf(`${ports}
readinessProbe: { httpGet: { port: http, path: /healthz } }
«livenessProbe»: { ${get}, periodSeconds: 5 }`),
  'with more patience': podOf(
    `${ports}\nreadinessProbe: { ${get} }\nlivenessProbe: { ${get}, failureThreshold: 10 }`,
  ),
  'of another path': podOf(
    `${ports}\nreadinessProbe: { ${get} }\nlivenessProbe: { httpGet: { path: /livez, port: http } }`,
  ),
  'one alone': podOf(`${ports}\nlivenessProbe: { ${get} }`),
});

tryRule('liveness-probe-hasty', {
  soon: { text: podOf(`${ports}\n«livenessProbe»: { ${get}, periodSeconds: 2 }`), severity: 'hint' },
  'with a startup probe': podOf(
    `${ports}\nstartupProbe: { ${get} }\nlivenessProbe: { ${get}, periodSeconds: 2 }`,
  ),
  'with a delay': podOf(`${ports}\nlivenessProbe: { ${get}, periodSeconds: 2, initialDelaySeconds: 4 }`),
  'by default': podOf(`${ports}\nlivenessProbe: { ${get} }`),
  'at the first failure': podOf(`${ports}\nlivenessProbe: { ${get}, failureThreshold: «1» }`),
  'as a template says': podOf(`${ports}\nlivenessProbe: { ${get}, periodSeconds: "\${PERIOD}" }`),
});

tryRule('probe-timeout-long', {
  'longer than the pause': {
    text: podOf(`${ports}\nreadinessProbe: { ${get}, timeoutSeconds: «30» }`),
    severity: 'hint',
  },
  'as long': podOf(`${ports}\nreadinessProbe: { ${get}, timeoutSeconds: 10 }`),
  'of a longer pause': podOf(`${ports}\nreadinessProbe: { ${get}, timeoutSeconds: 30, periodSeconds: 60 }`),
});

const web = 'httpGet: { path: /, port: «web» }';
tryRule('probe-port-unknown', {
  'another name': {
    text: podOf(`${ports}\nreadinessProbe: { ${web} }`),
    severity: 'warning',
    fixed: podOf(`${ports}\nreadinessProbe: { httpGet: { path: /, port: http } }`),
  },
  'no ports': { text: podOf(`livenessProbe: { tcpSocket: { port: «web» } }`), fixed: null },
  'the nearest of several': {
    text: podOf(
      'ports: [{ name: http, containerPort: 80 }, { name: metrics, containerPort: 81 }]\nlivenessProbe: { tcpSocket: { port: «metric» } }',
    ),
    fixed: podOf(
      'ports: [{ name: http, containerPort: 80 }, { name: metrics, containerPort: 81 }]\nlivenessProbe: { tcpSocket: { port: metrics } }',
    ),
  },
  'a hook': podOf(`${ports}\nlifecycle: { preStop: { ${web} } }`),
  'the right name': podOf(`${ports}\nreadinessProbe: { ${get} }`),
  'a number': podOf(
    'readinessProbe: { tcpSocket: { port: 80 } }\nlivenessProbe: { tcpSocket: { port: 81 } }',
  ),
  'a name that a template fills in': podOf(
    'ports: [{ name: "${NAME}", containerPort: 80 }]\nreadinessProbe: { tcpSocket: { port: web } }',
  ),
  'a patch':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  $setElementOrder/containers: [{ name: a }]\n  containers:\n    - { name: a, readinessProbe: { tcpSocket: { port: web } } }\n',
});

const exec = 'exec: { command: ["true"] }';
tryRule('exec-probe-frequent', {
  'each second': podOf(`livenessProbe: { ${exec}, periodSeconds: «1» }`),
  'as often as usual': podOf(`livenessProbe: { ${exec} }`),
  'only at the start': podOf(`startupProbe: { ${exec}, periodSeconds: 1 }`),
  'without a program': podOf('livenessProbe: { tcpSocket: { port: 1 }, periodSeconds: 1 }'),
});
