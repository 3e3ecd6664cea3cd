/** Manifests to measure with: as people write them, and nearly without a finding. */
import { Random } from '../core/random.ts';

/** A Deployment and its Service in about 100 lines. */
export const smallFile = [deployment('shop', ['web', 'cart']), service('shop')].join('---\n');

/** 1,000 documents in about 50,000 lines. */
export function largeFile(): string {
  return manifests(1000);
}

/** Documents of about 50 lines each, the same at every run, with a mistake in one of a hundred. */
export function manifests(count: number): string {
  const random = new Random(20_260_101);
  const documents = Array.from({ length: count }, (_, index) => {
    const name = `${random.pick(['web', 'cart', 'search', 'billing', 'mail'])}-${index}`;
    const text = random.pick(makers)(name, random);
    return index % 100 === 99 ? text.replace(/memory: (\d+)Mi/, 'memory: $1Mb') : text;
  });
  return documents.join('---\n');
}

type Maker = (name: string, random: Random) => string;

/** As often as they are met in repositories: workloads most of all. */
const makers: readonly Maker[] = [
  (name, random) => deployment(name, random.next() < 0.4 ? ['app', 'proxy'] : ['app']),
  (name) => deployment(name, ['app']),
  statefulSet,
  cronJob,
  service,
  configMap,
];

function deployment(name: string, containers: readonly string[]): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
  annotations:
    example.com/owner: "team-shop" # who is called at night
spec:
  replicas: 3
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
  selector:
    matchLabels: &labels
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: shop
    spec:
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
      containers:
${containers.map((container, index) => containerOf(container, 8080 + index)).join('')}      volumes:
        - name: config
          configMap:
            name: ${name}
        - name: scratch
          emptyDir: { sizeLimit: 128Mi }
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: *labels
`;
}

function containerOf(name: string, port: number): string {
  return `        - name: ${name}
          image: registry.example.com/shop/${name}:1.4.2
          args: ["--listen=:${port}", "--log-format=json"]
          ports:
            - containerPort: ${port}
          env:
            - name: GREETING
              value: 'hello, "world"'
            - name: POD_IP
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
          resources:
            requests: { cpu: 250m, memory: 256Mi }
            limits:
              memory: 512Mi
          readinessProbe:
            httpGet: { path: /ready, port: ${port} }
            periodSeconds: 5
          volumeMounts:
            - name: config
              mountPath: /etc/${name}
              readOnly: true
            - { name: scratch, mountPath: /tmp }
`;
}

function statefulSet(name: string): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ${name}
  namespace: shop
spec:
  serviceName: ${name}
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      terminationGracePeriodSeconds: 60
      containers:
${containerOf('store', 5432)}      volumes:
        - name: config
          configMap:
            name: ${name}
        - name: scratch
          emptyDir: {}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 20Gi
`;
}

function cronJob(name: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${name}
  namespace: shop
spec:
  schedule: "17 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: report
              image: registry.example.com/shop/report:2.0.1
              command:
                - /bin/sh
                - -c
                - |
                  set -e
                  for table in orders items customers; do
                    /app/report "$table" > "/out/$table.csv"
                  done
              resources:
                requests: { cpu: "1", memory: 1Gi }
                limits: { memory: 2Gi }
              volumeMounts:
                - name: out
                  mountPath: /out
          volumes:
            - name: out
              persistentVolumeClaim:
                claimName: ${name}
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
  labels:
    app.kubernetes.io/name: ${name}
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: 8080
    - name: metrics
      port: 9090
      targetPort: 9090
`;
}

function configMap(name: string, random: Random): string {
  const keys = Array.from({ length: 30 }, (_, index) => `    key-${index} = ${random.below(1_000_000)}\n`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: shop
data:
  LOG_LEVEL: info
  FEATURES: "search,cart"
  app.properties: |
${keys.join('')}`;
}
