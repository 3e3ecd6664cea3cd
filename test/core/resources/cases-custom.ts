import type { Case } from './support.ts';

const gateway = 'gateway.networking.k8s.io/v1';

/** Kinds that definitions add: the Gateway API, and any other by what its controller says. */
export const customCases: readonly Case[] = [
  {
    name: 'a gateway class',
    object: `{ apiVersion: ${gateway}, kind: GatewayClass, metadata: { name: envoy }, spec: { controllerName: example.com/envoy }, status: { conditions: [{ type: Accepted, status: "True", reason: Accepted }] } }`,
    row: ['healthy', 'Accepted', 'example.com/envoy'],
  },
  {
    name: 'a gateway class nobody serves',
    object: `{ apiVersion: ${gateway}, kind: GatewayClass, metadata: { name: envoy }, spec: { controllerName: example.com/envoy }, status: { conditions: [{ type: Accepted, status: Unknown, reason: Pending, message: Waiting for controller }] } }`,
    row: ['progressing', 'Pending', 'example.com/envoy', '! Waiting for controller'],
  },
  {
    name: 'a gateway at work',
    object: `
apiVersion: ${gateway}
kind: Gateway
metadata: { name: public }
spec: { gatewayClassName: envoy, listeners: [{ name: https, protocol: HTTPS, port: 443, hostname: "*.example.com" }] }
status:
  addresses: [{ type: IPAddress, value: 203.0.113.9 }]
  conditions: [{ type: Accepted, status: "True" }, { type: Programmed, status: "True" }]
  listeners: [{ name: https, attachedRoutes: 2, conditions: [{ type: Programmed, status: "True" }] }]`,
    row: ['healthy', 'Programmed', 'envoy', '203.0.113.9', '2 routes'],
    facts: { Listeners: 'https *.example.com:443/HTTPS' },
  },
  {
    name: 'a gateway with a listener in trouble',
    object: `
apiVersion: ${gateway}
kind: Gateway
metadata: { name: public }
spec: { gatewayClassName: envoy }
status:
  conditions: [{ type: Accepted, status: "True" }, { type: Programmed, status: "True" }]
  listeners: [{ name: https, attachedRoutes: 0, conditions: [{ type: ResolvedRefs, status: "False", reason: InvalidCertificateRef, message: Secret shop-tls not found }] }]`,
    row: ['warning', 'Programmed', 'envoy', '0 routes', '! Listener https: Secret shop-tls not found'],
  },
  {
    name: 'a route one of whose parents refuses it',
    object: `
apiVersion: ${gateway}
kind: HTTPRoute
metadata: { name: shop }
spec: { hostnames: [shop.example.com], parentRefs: [{ name: public }, { name: private }], rules: [{ backendRefs: [{ name: web, port: 80, weight: 90 }, { name: web-new, port: 80, weight: 10 }] }] }
status:
  parents:
    - { parentRef: { name: public }, conditions: [{ type: Accepted, status: "True" }, { type: ResolvedRefs, status: "True" }] }
    - { parentRef: { name: private }, conditions: [{ type: Accepted, status: "False", reason: NotAllowedByListeners, message: namespace not allowed }] }`,
    row: ['warning', 'NotAllowedByListeners', 'shop.example.com', '⇐ public +1', '! namespace not allowed'],
    facts: { Backends: 'web:80 ×90, web-new:80 ×10' },
  },
  {
    name: 'a route nobody has looked at',
    object: `{ apiVersion: ${gateway}, kind: GRPCRoute, metadata: { name: shop }, spec: { parentRefs: [{ name: public }] } }`,
    row: ['progressing', 'waiting for a controller', '⇐ public', '! No controller has taken it up yet'],
  },
  {
    name: 'a certificate that is ready',
    object: `{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: shop, generation: 1 }, status: { conditions: [{ type: Ready, status: "True", reason: Ready, message: Certificate is up to date and has not expired, lastTransitionTime: "2026-11-21T09:00:00Z" }] } }`,
    row: ['healthy', 'Ready'],
  },
  {
    name: 'a resource that waits for another',
    object: `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: apps }, status: { conditions: [{ type: Ready, status: "False", reason: DependencyNotReady, message: "dependency 'infra' is not ready" }] } }`,
    row: ['warning', 'DependencyNotReady', "! dependency 'infra' is not ready"],
  },
  {
    name: 'a resource that is stalled, whatever else it says',
    object: `{ apiVersion: example.com/v1, kind: Thing, metadata: { name: x }, status: { conditions: [{ type: Ready, status: "True" }, { type: Stalled, status: "True", reason: BadSpec, message: cannot go on }] } }`,
    row: ['failed', 'Stalled', '! cannot go on'],
  },
  {
    name: 'a controller that has not seen the newest spec',
    object: `{ apiVersion: example.com/v1, kind: Thing, metadata: { name: x, generation: 3 }, status: { observedGeneration: 2, conditions: [{ type: Ready, status: "True" }] } }`,
    row: [
      'progressing',
      'The controller has not acted on the change yet',
      '! The controller has not acted on the change yet',
    ],
  },
  {
    name: 'a state in one word',
    object: `{ apiVersion: example.com/v1, kind: Thing, metadata: { name: x }, status: { phase: Failed, message: no more disks } }`,
    row: ['failed', 'Failed', '! no more disks'],
  },
  {
    name: 'a word only its makers understand',
    object: `{ apiVersion: example.com/v1, kind: Thing, metadata: { name: x }, status: { state: Quiescent } }`,
    row: ['unknown', 'Quiescent'],
  },
  {
    name: 'nothing to say',
    object: `{ apiVersion: example.com/v1, kind: Thing, metadata: { name: x }, spec: { size: 3 } }`,
    row: ['healthy'],
  },
  {
    name: 'another group’s Service',
    object: `{ apiVersion: serving.knative.dev/v1, kind: Service, metadata: { name: x }, status: { conditions: [{ type: Ready, status: Unknown, reason: RevisionMissing }] } }`,
    row: ['progressing', 'RevisionMissing', '! RevisionMissing'],
  },
  {
    name: 'what is being deleted',
    object: `{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, deletionTimestamp: "2026-11-21T09:00:00Z" }, data: {} }`,
    row: ['progressing', 'no keys', '0 B', '! It is being deleted'],
  },
];
