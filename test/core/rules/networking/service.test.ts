import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage } from '../../../../src/core/index.ts';
import { fixed, only } from '../../marked.ts';
import { accepted, refused } from '../refused.ts';

const service = (spec: string, annotations = '{}'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web, annotations: ${annotations} }\nspec:\n${spec.replace(/^/gm, '  ')}\n`;

describe('service-ports-invalid', () => {
  test('a Service needs ports unless it is headless or a name', () => {
    refused('apiVersion: v1\nkind: «service-ports-invalid Service»\nmetadata: { name: web }\n', 'spec.ports');
    refused(service('«service-ports-invalid ports»: []'), 'spec.ports');
    refused(service('«service-ports-invalid ports»:\ntype: NodePort'), 'spec.ports');
    accepted(service('clusterIP: None'));
    accepted(service('type: ExternalName\nexternalName: a.example.com'));
  });

  test('a port without its number lacks it, and one out of range is told so', () => {
    const said = (ports: string): string => formatMessage(only(service(ports)).message);
    assert.equal(said('ports:\n- name: «service-ports-invalid a»'), 'port is required; add it');
    assert.equal(
      said('ports:\n- port: «service-ports-invalid 0»'),
      'port must be from 1 to 65535; change it',
    );
  });

  test('several ports need names of their own', () => {
    refused(
      service(
        'ports:\n- «service-ports-invalid port»: 80\n- port: 81\n  name: b\n- port: 82\n  name: «service-ports-invalid b»',
      ),
      'spec.ports[0].name',
      'spec.ports[2].name',
    );
    refused(service('ports:\n- port: 80\n  name: «service-ports-invalid Http»'), 'spec.ports[0].name');
    accepted(service('ports:\n- port: 80\n  name: a-name-longer-than-fifteen'));
  });

  test('numbers, protocols and names of target ports', () => {
    refused(service('ports:\n- name: «service-ports-invalid a»'), 'spec.ports[0].port');
    refused(service('ports:\n- port: «service-ports-invalid 70000»'), 'spec.ports[0].port');
    refused(
      service('ports:\n- port: 80\n  targetPort: «service-ports-invalid 70000»'),
      'spec.ports[0].targetPort',
    );
    refused(
      service('ports:\n- port: 80\n  targetPort: «service-ports-invalid "8080"»'),
      'spec.ports[0].targetPort',
    );
    refused(
      service('ports:\n- port: 80\n  targetPort: «service-ports-invalid my_port»'),
      'spec.ports[0].targetPort',
    );
    refused(service('ports:\n- port: 80\n  protocol: «service-ports-invalid tcp»'), 'spec.ports[0].protocol');
    refused(
      service('ports:\n- port: 80\n  appProtocol: «service-ports-invalid h 2»'),
      'spec.ports[0].appProtocol',
    );
    accepted(
      service(
        'ports:\n- port: 80\n  targetPort: 0\n- port: 443\n  name: https\n  protocol:'.replace(
          'port: 80\n',
          'port: 80\n  name: http\n',
        ),
      ),
    );
    accepted(service('ports:\n- port: ${PORT}\n  targetPort: ${TARGET}\n  protocol: ${PROTOCOL}'));
  });

  test('no two ports are the same', () => {
    refused(
      service(
        'ports:\n- name: a\n  port: 53\n- name: «service-ports-invalid b»\n  port: 53\n  protocol: TCP\n- name: c\n  port: 53\n  protocol: UDP',
      ),
      'spec.ports[1]',
    );
    refused(
      service(
        'type: NodePort\nports:\n- {name: a, port: 1, nodePort: 30001}\n- {name: b, port: 2, nodePort: «service-ports-invalid 30001»}',
      ),
      'spec.ports[1].nodePort',
    );
  });

  test('a nodePort needs another type', () => {
    const finding = only(
      service('type: ClusterIP\nports:\n- port: 80\n  nodePort: «service-ports-invalid 30080»'),
    );
    assert.equal(finding.path, 'spec.ports[0].nodePort');
    assert.match(fixed(finding, 0), /type: NodePort\n/);
    assert.doesNotMatch(fixed(finding, 1), /nodePort/);
  });
});

describe('service-type-invalid', () => {
  test('types have one spelling', () => {
    const finding = only(service('type: «service-type-invalid clusterIP»\nports: [{port: 80}]'));
    assert.equal(finding.path, 'spec.type');
    assert.match(fixed(finding), /type: ClusterIP\n/);
    accepted(service('type: ""\nports: [{port: 80}]'));
  });

  test('ExternalName is a name and nothing else', () => {
    refused(
      service('type: «service-type-invalid ExternalName»')
        .replace('«service-type-invalid ExternalName»', 'ExternalName')
        .replace('spec:', '«service-type-invalid spec»:'),
      'spec.externalName',
    );
    refused(
      service('type: ExternalName\nexternalName: «service-type-invalid Web.example.com»'),
      'spec.externalName',
    );
    refused(
      service(
        'type: ExternalName\nexternalName: a.example.com.\nclusterIP: «service-type-invalid 10.96.0.9»\nipFamilyPolicy: «service-type-invalid SingleStack»\n«service-type-invalid ipFamilies»: [IPv4]',
      ),
      'spec.clusterIPs',
      'spec.ipFamilyPolicy',
      'spec.ipFamilies',
    );
  });

  test('what only a load balancer has', () => {
    refused(
      service(
        'ports: [{port: 80}]\nloadBalancerClass: «service-type-invalid example.com/a»\nallocateLoadBalancerNodePorts: «service-type-invalid true»\n«service-type-invalid loadBalancerSourceRanges»: [10.0.0.0/8]',
      ),
      'spec.loadBalancerClass',
      'spec.allocateLoadBalancerNodePorts',
      'spec.LoadBalancerSourceRanges',
    );
    refused(
      service('type: LoadBalancer\nports: [{port: 80}]\nloadBalancerClass: «service-type-invalid a b»'),
      'spec.loadBalancerClass',
    );
    accepted(service('type: LoadBalancer\nports: [{port: 80}]\nloadBalancerIP: anything'));
    accepted(service('type: ${TYPE}\nports: [{port: 80}]\nloadBalancerClass: a'));
  });

  test('a headless Service is a ClusterIP', () => {
    refused(
      service('type: NodePort\nclusterIP: «service-type-invalid None»\nports: [{port: 80}]'),
      'spec.clusterIPs[0]',
    );
  });

  test('traffic policies', () => {
    refused(
      service('externalTrafficPolicy: «service-type-invalid Local»\nports: [{port: 80}]'),
      'spec.externalTrafficPolicy',
    );
    refused(
      service('type: NodePort\nexternalTrafficPolicy: «service-type-invalid local»\nports: [{port: 80}]'),
      'spec.externalTrafficPolicy',
    );
    refused(
      service('type: LoadBalancer\nhealthCheckNodePort: «service-type-invalid 30100»\nports: [{port: 80}]'),
      'spec.healthCheckNodePort',
    );
    accepted(service('externalTrafficPolicy: Local\nexternalIPs: [192.0.2.1]\nports: [{port: 80}]'));
    accepted(
      service(
        'type: LoadBalancer\nexternalTrafficPolicy: Local\nhealthCheckNodePort: 30100\nports: [{port: 80}]',
      ),
    );
  });
});

describe('service-addresses-invalid', () => {
  test('addresses of the cluster', () => {
    refused(
      service('ports: [{port: 80}]\nclusterIP: «service-addresses-invalid none»'),
      'spec.clusterIPs[0]',
    );
    refused(
      service('ports: [{port: 80}]\nclusterIP: None\n«service-addresses-invalid clusterIPs»: [10.96.0.9]'),
      'spec.clusterIPs',
    );
    refused(
      service(
        'ports: [{port: 80}]\nclusterIP: None\nclusterIPs: [«service-addresses-invalid None», 10.96.0.9]',
      ),
      'spec.clusterIPs',
    );
    refused(
      service('ports: [{port: 80}]\n«service-addresses-invalid clusterIPs»: [10.96.0.9]'),
      'spec.clusterIPs',
    );
    refused(
      service(
        'ports: [{port: 80}]\nipFamilyPolicy: PreferDualStack\nclusterIP: 10.96.0.9\n«service-addresses-invalid clusterIPs»: [10.96.0.9, 10.96.0.8]',
      ),
      'spec.clusterIPs',
    );
    refused(
      service('ports: [{port: 80}]\nipFamilies: [IPv6]\nclusterIP: «service-addresses-invalid 10.96.0.9»'),
      'spec.clusterIPs[0]',
    );
    accepted(service('ports: [{port: 80}]\nclusterIP: ""'));
  });

  test('families', () => {
    refused(
      service('ports: [{port: 80}]\nipFamilies: [«service-addresses-invalid ipv4»]'),
      'spec.ipFamilies[0]',
    );
    refused(
      service('ports: [{port: 80}]\nipFamilyPolicy: «service-addresses-invalid DualStack»'),
      'spec.ipFamilyPolicy',
    );
    refused(
      service(
        'ports: [{port: 80}]\nipFamilyPolicy: PreferDualStack\nipFamilies: [IPv4, «service-addresses-invalid IPv4»]',
      ),
      'spec.ipFamilies[1]',
    );
    refused(
      service(
        'ports: [{port: 80}]\nipFamilyPolicy: «service-addresses-invalid SingleStack»\nipFamilies: [IPv4, IPv6]',
      ),
      'spec.ipFamilyPolicy',
    );
  });

  test('addresses from outside', () => {
    refused(
      service(
        'ports: [{port: 80}]\nexternalIPs: [«service-addresses-invalid 127.0.0.1», «service-addresses-invalid 010.0.0.1», «service-addresses-invalid a.example.com», «service-addresses-invalid "fe80::1"»]',
      ),
      'spec.externalIPs[0]',
      'spec.externalIPs[1]',
      'spec.externalIPs[2]',
      'spec.externalIPs[3]',
    );
    refused(
      service(
        'type: LoadBalancer\nports: [{port: 80}]\nloadBalancerSourceRanges: [«service-addresses-invalid 10.0.0.5/8», " 10.0.0.0/8 "]',
      ),
      'spec.LoadBalancerSourceRanges[0]',
    );
    const key = 'service.beta.kubernetes.io/load-balancer-source-ranges';
    refused(
      service(
        'type: LoadBalancer\nports: [{port: 80}]',
        `{ ${key}: «service-addresses-invalid "10.0.0.0/8, 10.0.0.1"» }`,
      ),
      `metadata.annotations[${key}]`,
    );
  });
});

describe('service-traffic-invalid', () => {
  test('affinity, internal policy and distribution', () => {
    refused(
      service('ports: [{port: 80}]\nsessionAffinity: «service-traffic-invalid clientIP»'),
      'spec.sessionAffinity',
    );
    refused(
      service(
        'ports: [{port: 80}]\nsessionAffinity: ClientIP\nsessionAffinityConfig: {clientIP: {timeoutSeconds: «service-traffic-invalid 86401»}}',
      ),
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
    );
    refused(
      service('ports: [{port: 80}]\ninternalTrafficPolicy: «service-traffic-invalid local»'),
      'spec.internalTrafficPolicy',
    );
    refused(
      service('ports: [{port: 80}]\ntrafficDistribution: «service-traffic-invalid Close»'),
      'spec.trafficDistribution',
    );
    accepted(service('ports: [{port: 80}]\nsessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}'));
    accepted(service('ports: [{port: 80}]\nsessionAffinity: ClientIP\nsessionAffinityConfig: {}'));
  });

  test('two annotations for one thing agree', () => {
    const both =
      '{ service.kubernetes.io/topology-aware-hints: Auto, service.kubernetes.io/topology-mode: «service-traffic-invalid Disabled» }';
    refused(
      service('ports: [{port: 80}]', both),
      'metadata.annotations[service.kubernetes.io/topology-mode]',
    );
  });
});
