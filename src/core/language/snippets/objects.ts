/**
 * Whole objects, in the syntax of LSP snippets. What they say where nothing is filled in is taken by the API server and
 * passes the preset `recommended`: a test sees to that.
 */

const container = (name: string, image: string): string => `- name: ${name}
          image: ${image}
          resources:
            requests:
              cpu: \${4:100m}
              memory: \${5:128Mi}
            limits:
              memory: \${5:128Mi}`;

const restricted = `securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL`;

const podSecurity = `securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault`;

const probe = `readinessProbe:
            httpGet:
              path: \${7:/}
              port: http`;

const served = `${container('${1:web}', '${2:registry.example.com/web:1.0.0}')}
          ports:
            - name: http
              containerPort: \${6:8080}
          ${probe}
          ${restricted}`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${1:web}
spec:
  replicas: \${3:2}
  selector:
    matchLabels:
      app: \${1:web}
  template:
    metadata:
      labels:
        app: \${1:web}
    spec:
      ${podSecurity}
      containers:
        ${served}
$0`;

const statefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: \${1:db}
spec:
  serviceName: \${1:db}
  replicas: \${3:2}
  selector:
    matchLabels:
      app: \${1:db}
  template:
    metadata:
      labels:
        app: \${1:db}
    spec:
      ${podSecurity}
      containers:
        ${served.replaceAll('${1:web}', '${1:db}').replace('${2:registry.example.com/web:1.0.0}', '${2:registry.example.com/db:1.0.0}')}
          volumeMounts:
            - name: data
              mountPath: \${8:/data}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: \${9:1Gi}
$0`;

const daemonSet = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: \${1:agent}
spec:
  selector:
    matchLabels:
      app: \${1:agent}
  template:
    metadata:
      labels:
        app: \${1:agent}
    spec:
      ${podSecurity}
      containers:
        ${served.replaceAll('${1:web}', '${1:agent}').replace('${2:registry.example.com/web:1.0.0}', '${2:registry.example.com/agent:1.0.0}')}
$0`;

const task = `${podSecurity}
      restartPolicy: \${3|Never,OnFailure|}
      containers:
        ${container('${1:task}', '${2:registry.example.com/task:1.0.0}')}
          ${restricted}`;

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: \${1:task}
spec:
  backoffLimit: \${6:3}
  activeDeadlineSeconds: \${8:3600}
  ttlSecondsAfterFinished: \${7:86400}
  template:
    spec:
      ${task}
$0`;

const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: \${1:task}
spec:
  schedule: "\${8:0 3 * * *}"
  timeZone: \${9:Etc/UTC}
  concurrencyPolicy: \${10|Forbid,Allow,Replace|}
  jobTemplate:
    spec:
      backoffLimit: \${6:3}
      activeDeadlineSeconds: \${7:3600}
      template:
        spec:
          ${indented(task, 4).trimStart()}
$0`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: \${1:web}
spec:
  type: \${2|ClusterIP,NodePort,LoadBalancer|}
  selector:
    app: \${1:web}
  ports:
    - name: \${3:http}
      port: \${4:80}
      targetPort: \${5:http}
$0`;

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: \${1:web}
spec:
  ingressClassName: \${2:nginx}
  tls:
    - hosts:
        - \${3:web.example.com}
      secretName: \${4:web-tls}
  rules:
    - host: \${3:web.example.com}
      http:
        paths:
          - path: \${5:/}
            pathType: \${6|Prefix,Exact|}
            backend:
              service:
                name: \${1:web}
                port:
                  name: \${7:http}
$0`;

const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: \${1:settings}
data:
  \${2:key}: \${3:value}
$0`;

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: \${1:credentials}
type: Opaque
stringData:
  \${2:key}: \${3:value}
$0`;

const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: \${1:web}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: \${2|Deployment,StatefulSet|}
    name: \${1:web}
  minReplicas: \${3:2}
  maxReplicas: \${4:10}
  metrics:
    - type: Resource
      resource:
        name: \${5|cpu,memory|}
        target:
          type: Utilization
          averageUtilization: \${6:80}
$0`;

const disruptionBudget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: \${1:web}
spec:
  maxUnavailable: \${2:1}
  selector:
    matchLabels:
      app: \${1:web}
$0`;

const networkPolicy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: \${1:web}
spec:
  podSelector:
    matchLabels:
      app: \${2:web}
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: \${3:gateway}
      ports:
        - port: \${4:8080}
$0`;

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: \${1:data}
spec:
  accessModes:
    - \${2|ReadWriteOnce,ReadWriteMany,ReadOnlyMany,ReadWriteOncePod|}
  resources:
    requests:
      storage: \${3:1Gi}
$0`;

const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: \${1:reader}
rules:
  - apiGroups: [\${2:""}]
    resources: [\${3:configmaps}]
    verbs: [\${4:get, list, watch}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: \${1:reader}
subjects:
  - kind: ServiceAccount
    name: \${5:web}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: \${1:reader}
$0`;

const account = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: \${1:web}
automountServiceAccountToken: \${2|false,true|}
$0`;

const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: \${1:shop}
  labels:
    pod-security.kubernetes.io/enforce: \${2|restricted,baseline,privileged|}
$0`;

const limitRange = `apiVersion: v1
kind: LimitRange
metadata:
  name: \${1:defaults}
spec:
  limits:
    - type: Container
      defaultRequest:
        cpu: \${2:100m}
        memory: \${3:128Mi}
      default:
        memory: \${4:256Mi}
$0`;

const quota = `apiVersion: v1
kind: ResourceQuota
metadata:
  name: \${1:quota}
spec:
  hard:
    requests.cpu: \${2:4}
    requests.memory: \${3:8Gi}
    limits.memory: \${4:16Gi}
    pods: \${5:50}
$0`;

/** By what they are called in the list of proposals, the most used first. */
export const objects: Readonly<Record<string, string>> = {
  Deployment: deployment,
  Service: service,
  ConfigMap: configMap,
  Secret: secret,
  Ingress: ingress,
  StatefulSet: statefulSet,
  CronJob: cronJob,
  Job: job,
  DaemonSet: daemonSet,
  HorizontalPodAutoscaler: autoscaler,
  PersistentVolumeClaim: claim,
  PodDisruptionBudget: disruptionBudget,
  NetworkPolicy: networkPolicy,
  ServiceAccount: account,
  'Role and RoleBinding': role,
  Namespace: namespace,
  LimitRange: limitRange,
  ResourceQuota: quota,
};

function indented(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => ' '.repeat(columns) + line)
    .join('\n');
}
