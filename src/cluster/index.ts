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
export { openStore } from './store/leases.ts';
export { planDeploy, type ObjectPlan, type PlanAction, type PlanOptions } from './apply/plan.ts';
export { applyPlan, type ApplyOptions } from './apply/apply.ts';
export { displayYaml } from './apply/display.ts';
export {
  findAutoscaler,
  readScale,
  setScale,
  type Autoscaler,
  type Scale,
  type SetScaleOptions,
} from './scale.ts';
export { followRollout, type FollowOptions, type RolloutOutcome } from './rollout.ts';
export { eventsOf, type EventRow } from './events.ts';
export { fetchOpenApi, keptOpenApi, type KeptOpenApi } from './openapi.ts';
export { canI, requireAccess, type AccessAnswer, type AccessQuestion } from './access.ts';
export { accessRules, type AccessRules, type RuleQuestion } from './access-rules.ts';
export { readObject, resourcePath, serverVersion } from './objects.ts';
export {
  attach,
  exec,
  type ContainerRef,
  type ExecOptions,
  type ProcessOptions,
  type RemoteProcess,
} from './streams/process.ts';
