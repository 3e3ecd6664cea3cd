import { podCase, templateCase } from '../../server-cases.ts';
import type { ServerCase } from '../../server-cases.ts';

const C = 'spec.containers[0]';
const one = (container: string): string => `containers: [{ name: a, image: a, ${container} }]`;
const first = (container: string): string =>
  `containers: [{ name: b, image: b }]\ninitContainers: [{ name: a, image: a, ${container} }]`;

/** Ports, probes, hooks, restarts, init containers. */
export const cases: readonly ServerCase[] = [
  ports(
    'of every kind',
    '{ containerPort: 1, name: a, protocol: SCTP, hostPort: 65535 }, { containerPort: 65535 }',
  ),
  ports('twice', '{ containerPort: 80 }, { containerPort: 80 }'),
  ports(
    'with an empty name, protocol and host port',
    '{ containerPort: 80, name: "", protocol: "", hostPort: 0 }',
  ),
  ports('that is no port', '{ name: a }', ['ports[0].containerPort']),
  ports('of nothing', '~', ['ports[0].containerPort']),
  ports('0', '{ containerPort: 0 }', ['ports[0].containerPort']),
  ports(
    'below and above all',
    '{ containerPort: -1 }, { containerPort: 65536 }, { containerPort: 1, hostPort: 70000 }',
    ['ports[0].containerPort', 'ports[1].containerPort', 'ports[2].hostPort'],
  ),
  ports('in small letters', '{ containerPort: 80, protocol: tcp }', ['ports[0].protocol']),
  ports('with a long name', '{ containerPort: 80, name: abcdefghijklmnop }', ['ports[0].name']),
  ports('with a name of digits', '{ containerPort: 80, name: "80" }', ['ports[0].name']),
  ports('with two dashes', '{ containerPort: 80, name: a--b }', ['ports[0].name']),
  ports('with the same name', '{ containerPort: 80, name: a }, { containerPort: 81, name: a }', [
    'ports[1].name',
  ]),
  templateCase(
    'the name of a port in two containers',
    'containers: [{ name: a, image: a, ports: [{ containerPort: 1, name: x }] }, { name: b, image: a, ports: [{ containerPort: 1, name: x }] }]',
  ),

  podCase(
    'a port of the node twice',
    one('ports: [{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80 }]'),
    [`host-port-conflict ${C}.ports[1].hostPort`],
  ),
  podCase(
    'a port of the node for two protocols and addresses',
    one(
      'ports: [{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80, protocol: UDP }, { containerPort: 2, hostPort: 80, hostIP: 10.0.0.1 }]',
    ),
  ),
  templateCase(
    'a port of the node in two containers',
    'containers: [{ name: a, image: a, ports: [{ containerPort: 1, hostPort: 80 }] }, { name: b, image: b, ports: [{ containerPort: 1, hostPort: 80, protocol: TCP }] }]',
    ['host-port-conflict spec.containers[1].ports[0].hostPort'],
  ),
  podCase(
    'a port of the node in an init container as well',
    'containers: [{ name: a, image: a, ports: [{ containerPort: 1, hostPort: 80 }] }]\ninitContainers: [{ name: b, image: b, ports: [{ containerPort: 1, hostPort: 80 }] }]',
  ),
  podCase(
    'a port of the node twice in the second init container',
    'initContainers: [{ name: b, image: b }, { name: c, image: c, ports: [{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80 }] }]',
    ['host-port-conflict spec.initContainers[0].ports[1].hostPort'],
  ),
  podCase(
    'a port twice on the network of the node',
    `hostNetwork: true\n${one('ports: [{ containerPort: 80 }, { containerPort: 80 }]')}`,
    [`host-port-conflict ${C}.ports[1].hostPort`],
  ),
  templateCase(
    'a port twice on the network of the node, in a template',
    `hostNetwork: true\n${one('ports: [{ containerPort: 80 }, { containerPort: 80 }]')}`,
  ),

  probe('by a command', 'exec: { command: [a] }'),
  probe(
    'by a port',
    'tcpSocket: { port: 80 }, initialDelaySeconds: 0, timeoutSeconds: 0, periodSeconds: 0, successThreshold: 0, failureThreshold: 0',
  ),
  probe('by the name of a port', 'tcpSocket: { port: nowhere }, terminationGracePeriodSeconds: 1'),
  probe('by HTTP', 'httpGet: { port: 80, path: "", scheme: "", httpHeaders: [{ name: X-A, value: b }] }'),
  probe('by gRPC', 'grpc: { port: 80, service: "a b" }'),
  probe('by nothing', '', ['probe-invalid livenessProbe']),
  probe('by nothing but times', 'periodSeconds: 1', ['probe-invalid livenessProbe']),
  probe('by what is null', 'exec: ', ['probe-invalid livenessProbe']),
  probe('in two ways', 'tcpSocket: { port: 80 }, httpGet: { port: 80 }', [
    'probe-invalid livenessProbe.tcpSocket',
  ]),
  probe('in three ways', 'grpc: { port: 80 }, tcpSocket: { port: 80 }, exec: { command: [a] }', [
    'probe-invalid livenessProbe.tcpSocket',
    'probe-invalid livenessProbe.grpc',
  ]),
  probe('by no command', 'exec: {}', ['handler-invalid livenessProbe.exec.command']),
  probe('by an empty command', 'exec: { command: [] }', ['handler-invalid livenessProbe.exec.command']),
  probe('by no port', 'httpGet: {}', ['handler-invalid livenessProbe.httpGet.port']),
  probe('by an empty port', 'tcpSocket: { port: "" }', ['handler-invalid livenessProbe.tcpSocket.port']),
  probe('by a quoted port', 'tcpSocket: { port: "80" }', ['handler-invalid livenessProbe.tcpSocket.port']),
  probe('by port 0', 'tcpSocket: { port: 0 }', ['handler-invalid livenessProbe.tcpSocket.port']),
  probe('by a port above all', 'grpc: { port: 65536 }', ['handler-invalid livenessProbe.grpc.port']),
  probe('by no port of gRPC', 'grpc: {}', ['handler-invalid livenessProbe.grpc.port']),
  probe('by a scheme in small letters', 'httpGet: { port: 80, scheme: http }', [
    'handler-invalid livenessProbe.httpGet.scheme',
  ]),
  probe('by a header with a space', 'httpGet: { port: 80, httpHeaders: [{ name: X A, value: b }] }', [
    'handler-invalid livenessProbe.httpGet.httpHeaders',
  ]),
  probe('by a header without name', 'httpGet: { port: 80, httpHeaders: [{ value: b }, ~] }', [
    'handler-invalid livenessProbe.httpGet.httpHeaders',
  ]),
  probe(
    'with negative times',
    'exec: { command: [a] }, initialDelaySeconds: -1, timeoutSeconds: -1, periodSeconds: -1, failureThreshold: -1, terminationGracePeriodSeconds: -1',
    [
      'initialDelaySeconds',
      'timeoutSeconds',
      'periodSeconds',
      'failureThreshold',
      'terminationGracePeriodSeconds',
    ].map((key) => `probe-invalid livenessProbe.${key}`),
  ),
  probe('with no time to end', 'exec: { command: [a] }, terminationGracePeriodSeconds: 0', [
    'probe-invalid livenessProbe.terminationGracePeriodSeconds',
  ]),
  probe('that succeeds twice', 'exec: { command: [a] }, successThreshold: 2', [
    'probe-invalid livenessProbe.successThreshold',
  ]),
  podCase(
    'a startup probe that succeeds twice',
    one('startupProbe: { exec: { command: [a] }, successThreshold: 2 }'),
    [`probe-invalid ${C}.startupProbe.successThreshold`],
  ),
  podCase(
    'a readiness probe that succeeds twice',
    one('readinessProbe: { exec: { command: [a] }, successThreshold: 2 }'),
  ),
  podCase(
    'a readiness probe with a time to end',
    one('readinessProbe: { exec: { command: [a] }, terminationGracePeriodSeconds: 5 }'),
    [`probe-invalid ${C}.readinessProbe.terminationGracePeriodSeconds`],
  ),

  hook('nothing', '{}'),
  hook('signals', '{ stopSignal: SIGUSR1 }'),
  hook('hooks', '{ postStart: { exec: { command: [a] } }, preStop: { sleep: { seconds: 30 } } }'),
  hook('sleep of nothing', '{ preStop: { sleep: {} } }'),
  hook('a hook that does nothing', '{ preStop: {} }', ['lifecycle-invalid lifecycle.preStop']),
  hook('a hook that does two things', '{ preStop: { exec: { command: [a] }, sleep: { seconds: 1 } } }', [
    'lifecycle-invalid lifecycle.preStop.sleep',
  ]),
  hook('a hook that asks no port', '{ postStart: { httpGet: {} } }', [
    'handler-invalid lifecycle.postStart.httpGet.port',
  ]),
  hook('a long sleep', '{ preStop: { sleep: { seconds: 31 } } }', [
    'lifecycle-invalid lifecycle.preStop.sleep',
  ]),
  hook('a negative sleep', '{ preStop: { sleep: { seconds: -1 } } }', [
    'lifecycle-invalid lifecycle.preStop.sleep',
  ]),
  podCase(
    'a long sleep with time enough',
    `terminationGracePeriodSeconds: 60\n${one('lifecycle: { preStop: { sleep: { seconds: 60 } } }')}`,
  ),
  podCase(
    'a sleep without time',
    `terminationGracePeriodSeconds: 0\n${one('lifecycle: { preStop: { sleep: { seconds: 1 } } }')}`,
    [`lifecycle-invalid ${C}.lifecycle.preStop.sleep`],
  ),

  podCase(
    'a sidecar with all',
    first(
      'restartPolicy: Always, readinessProbe: { exec: { command: [a] } }, livenessProbe: { exec: { command: [a] } }, startupProbe: { exec: { command: [a] } }, lifecycle: { preStop: { exec: { command: [a] } } }, resizePolicy: [{ resourceName: cpu, restartPolicy: RestartContainer }]',
    ),
  ),
  templateCase(
    'an init container with all',
    first(
      'readinessProbe: {}, livenessProbe: { exec: {} }, startupProbe: { exec: { command: [a] } }, lifecycle: {}',
    ),
    ['readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle'].map(
      (key) => `init-container-forbidden spec.initContainers[0].${key}`,
    ),
  ),
  podCase('an init container with null probes', first('readinessProbe: ~')),
  podCase(
    'an init container of its own restarts with a probe',
    first('restartPolicy: Never, readinessProbe: { exec: { command: [a] } }'),
    ['init-container-forbidden spec.initContainers[0].readinessProbe'],
  ),
  podCase(
    'an init container that is resized by a restart',
    first('resizePolicy: [{ resourceName: cpu, restartPolicy: RestartContainer }]'),
    ['init-container-forbidden spec.initContainers[0].resizePolicy[0].restartPolicy'],
  ),
  podCase(
    'an init container that is resized as it is',
    first('resizePolicy: [{ resourceName: cpu, restartPolicy: NotRequired }]'),
  ),
  podCase('a sidecar that fails a probe', first('restartPolicy: Always, readinessProbe: {}'), [
    'probe-invalid spec.initContainers[0].readinessProbe',
  ]),

  restart('Never', 'restartPolicy: Never'),
  restart('Sometimes', 'restartPolicy: Sometimes', ['restartPolicy']),
  restart('an empty policy', 'restartPolicy: ""', ['restartPolicy']),
  restart(
    'rules',
    'restartPolicy: Never, restartPolicyRules: [{ action: Restart, exitCodes: { operator: In, values: [1] } }, { action: RestartAllContainers, exitCodes: { operator: NotIn, values: [] } }]',
  ),
  restart('rules of nothing', 'restartPolicyRules: []'),
  restart(
    'rules without policy',
    'restartPolicyRules: [{ action: Restart, exitCodes: { operator: In, values: [1] } }]',
    ['restartPolicy'],
  ),
  restart('rules that say nothing', 'restartPolicy: Never, restartPolicyRules: [{}]', [
    'restartPolicyRules[0].action',
    'restartPolicyRules[0].exitCodes',
  ]),
  restart(
    'rules that say nonsense',
    'restartPolicy: Never, restartPolicyRules: [{ action: Stop, exitCodes: { operator: Exists } }]',
    ['restartPolicyRules[0].action', 'restartPolicyRules[0].exitCodes.operator'],
  ),
  podCase(
    'an init container with rules and no policy',
    first('restartPolicyRules: [{ action: Restart, exitCodes: { operator: In, values: [1] } }]'),
    ['container-restart-invalid spec.initContainers[0].restartPolicy'],
  ),
  podCase('an init container with an unknown policy', first('restartPolicy: Sometimes'), [
    'container-restart-invalid spec.initContainers[0].restartPolicy',
  ]),
  podCase(
    'a sidecar with rules',
    first(
      'restartPolicy: Always, restartPolicyRules: [{ action: Restart, exitCodes: { operator: In, values: [1] } }]',
    ),
  ),
];

function ports(title: string, list: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `ports ${title}`,
    one(`ports: [${list}]`),
    errors.map((path) => `port-invalid ${C}.${path}`),
  );
}

function probe(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(`a probe ${title}`, one(`livenessProbe: { ${text} }`), errors.map(inContainer));
}

function hook(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(`a lifecycle of ${title}`, one(`lifecycle: ${text}`), errors.map(inContainer));
}

function restart(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `restarts by ${title}`,
    one(text),
    errors.map((path) => `container-restart-invalid ${C}.${path}`),
  );
}

function inContainer(error: string): string {
  return error.replace(' ', ` ${C}.`);
}
