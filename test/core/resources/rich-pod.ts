import { read } from './support.ts';

/** A Pod that uses most of what a pod can, as the API server sends it. */
export const richPod = read(`
apiVersion: v1
kind: Pod
metadata:
  name: web-7d9f-x2x
  namespace: shop
  uid: u1
  creationTimestamp: "2026-11-21T09:00:00Z"
  labels: { app: web, pod-template-hash: 7d9f }
  annotations:
    example.com/note: "two\\nlines"
    kubectl.kubernetes.io/last-applied-configuration: '{"password":"hunter2"}'
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: web-7d9f, uid: r1, controller: true }]
spec:
  nodeName: n-1
  serviceAccountName: robot
  restartPolicy: Always
  priorityClassName: high
  priority: 1000
  nodeSelector: { disk: ssd }
  tolerations:
    - { operator: Exists }
    - { key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300 }
  initContainers: [{ name: migrate, image: app:1, command: [migrate, up] }]
  containers:
    - name: app
      image: app:1
      command: [serve]
      args: [--port, "8080"]
      ports: [{ name: http, containerPort: 8080 }, { containerPort: 9000, hostPort: 9001 }]
      resources: { requests: { cpu: 250m, memory: 128Mi }, limits: { memory: 256Mi } }
      readinessProbe: { httpGet: { path: /ready, port: http }, periodSeconds: 5, failureThreshold: 3 }
      livenessProbe: { tcpSocket: { port: 8080 } }
      startupProbe: { exec: { command: [cat, /ready] }, failureThreshold: 30 }
      env:
        - { name: MODE, value: production }
        - { name: PASSWORD, valueFrom: { secretKeyRef: { name: login, key: password } } }
        - { name: COLOR, valueFrom: { configMapKeyRef: { name: settings, key: color } } }
        - { name: NODE, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }
        - { name: CPU, valueFrom: { resourceFieldRef: { resource: limits.cpu } } }
      envFrom: [{ secretRef: { name: more } }, { prefix: S_, configMapRef: { name: settings } }]
      volumeMounts:
        - { name: data, mountPath: /data, subPath: web }
        - { name: config, mountPath: /etc/web, readOnly: true }
  volumes:
    - { name: data, persistentVolumeClaim: { claimName: data } }
    - { name: config, configMap: { name: settings } }
    - { name: login, secret: { secretName: login } }
    - { name: scratch, emptyDir: {} }
status:
  phase: Running
  qosClass: Burstable
  hostIP: 10.0.0.1
  podIPs: [{ ip: 10.1.0.7 }, { ip: "fd00::7" }]
  startTime: "2026-11-21T09:00:01Z"
  conditions:
    - { type: Ready, status: "False", reason: ContainersNotReady, message: "containers with unready status: [app]", lastTransitionTime: "2026-11-21T09:50:00Z" }
  initContainerStatuses: [{ name: migrate, ready: true, restartCount: 0, state: { terminated: { exitCode: 0, reason: Completed } } }]
  containerStatuses:
    - { name: app, ready: false, restartCount: 2, imageID: "registry/app@sha256:abc", state: { running: { startedAt: "2026-11-21T09:49:00Z" } }, lastState: { terminated: { exitCode: 137, reason: OOMKilled } } }`);
