/**
 * Speaks to Kubernetes. A bundle of its own: load it with `await import('…/cluster/index.ts')` at the first use of
 * a cluster, and use `import type` everywhere else.
 */
export type {
  ApiResource,
  ClusterSocket,
  ContextInfo,
  ContextList,
  KubeconfigProblem,
  KubeObject,
  Lease,
  LineStream,
  LiveStore,
  ObjectRef,
  RequestOptions,
  ResourceIndex,
  Session,
  StoreChange,
  StoreQuery,
  StoreState,
  WebSocketOptions,
  WorkloadRef,
} from './model.ts';
export { ClusterError, type ClusterErrorCode, type FieldCause } from './errors.ts';
export { Clusters, type ClustersOptions } from './clusters.ts';
export { keepingCurrentContext } from './kubeconfig/current.ts';
export { previewKubeconfig, previewText, type KubeconfigPreview } from './kubeconfig/preview.ts';
export { writePrivateFile } from './kubeconfig/write.ts';
export { openStore } from './store/leases.ts';
export { planDeploy, type ObjectPlan, type PlanAction, type PlanOptions } from './apply/plan.ts';
export { applyPlan, type ApplyOptions } from './apply/apply.ts';
export { countChanges } from './apply/compare.ts';
export { displayYaml, unmasked } from './apply/display.ts';
export { withoutNoise } from './apply/noise.ts';
export {
  findAutoscaler,
  readScale,
  setScale,
  type Autoscaler,
  type Scale,
  type SetScaleOptions,
} from './scale.ts';
export { followLogs } from './logs/follow.ts';
export type { LogEntry, LogLine, LogNote, LogOptions, LogSink, LogSource, LogState } from './logs/model.ts';
export { followRollout, type FollowOptions, type RolloutOutcome } from './rollout.ts';
export { eventsOf, type EventRow, type EventSubject, listEvents } from './events.ts';
export { fetchOpenApi, keptOpenApi, type KeptOpenApi } from './openapi.ts';
export { canI, requireAccess, type AccessAnswer, type AccessQuestion } from './access.ts';
export { accessRules, type AccessRules, type RuleQuestion } from './access-rules.ts';
export { metaOf, readObject, resourcePath, serverVersion, type ObjectMeta } from './objects.ts';
export { listAll, type ListOptions } from './list.ts';
export {
  deleteObject,
  heldBy,
  untilGone,
  type DeleteOptions,
  type Propagation,
  type UntilGoneOptions,
} from './actions/delete.ts';
export { dependentsOf, type Dependents } from './actions/dependents.ts';
export { ObjectChangedError } from './actions/refusals.ts';
export { replaceObject, type ReplaceOptions } from './actions/replace.ts';
export { runCronJob } from './actions/run-now.ts';
export {
  restartWorkload,
  setPaused,
  setSchedulable,
  setSuspended,
  type SeenObject,
} from './actions/workloads.ts';
export type { Budget, TightBudget } from './drain/budgets.ts';
export {
  drainNode,
  type DrainOptions,
  type DrainOutcome,
  type DrainProgress,
  type DrainResult,
} from './drain/drain.ts';
export type { EvictionStep } from './drain/evict.ts';
export { planDrain, type DrainPlan } from './drain/plan.ts';
export type { DrainPod, PodLot } from './drain/pods.ts';
export { successorsOf, type Successors } from './drain/successors.ts';
export { nodeMetrics, podMetrics, type MetricsAnswer, type NodeUse, type PodUse } from './metrics.ts';
export {
  attach,
  exec,
  type ContainerRef,
  type ExecOptions,
  type ProcessOptions,
  type RemoteProcess,
} from './streams/process.ts';
export { findShell, openShell } from './streams/shell.ts';
export {
  addDebugContainer,
  type DebugOptions,
  type DebugRequest,
  visitDebugContainer,
} from './streams/debug.ts';
export {
  type Forward,
  type ForwardOptions,
  type ForwardState,
  type ForwardTraffic,
  openForward,
} from './streams/forward.ts';
export { declaredPorts, type PortChoice } from './streams/ports.ts';
