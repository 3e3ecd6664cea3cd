/** The public face of the shared core: text and numbers in, findings and decisions out. */
export { formatMessage, message } from './finding.ts';
export { formatDuration } from './durations.ts';
export { nearestWord } from './nearest.ts';
export type { Finding, Fix, Message, RelatedPlace, Severity, TextEdit, TextRange } from './finding.ts';
export { analyze } from './analyze.ts';
export type { Analysis, AnalyzeOptions, ManifestDocument } from './analysis/analysis.ts';
export { inOrder } from './analysis/findings.ts';
export { AnalysisCache } from './analysis/cache.ts';
export { defaultSettings, emptyConfig, presets, settingsOf, severities } from './config/settings.ts';
export type { CheckConfig, Preset, RuleSettings, RuleSeverity } from './config/settings.ts';
export { excluding } from './config/glob.ts';
export type { PathMatcher } from './config/glob.ts';
export {
  isWorkspaceFile,
  readWorkspaceFile,
  unusedWorkspaceFile,
  workspaceFileName,
  workspaceFileNames,
} from './config/workspace-file.ts';
export type { ConfigProblem } from './config/workspace-file.ts';
export { fileKey } from './workspace/file-key.ts';
export { turnOffEdit } from './config/turn-off.ts';
export { definitionsOf } from './language/definition.ts';
export { mend, safeEdits } from './language/fix-all.ts';
export { ignoreComment } from './language/ignore.ts';
export type { IgnoreScope } from './language/ignore.ts';
export { referencesTo } from './language/references.ts';
export { NameIndex } from './language/references-index.ts';
export type { Occurrence } from './language/references-index.ts';
export { kustomizationNames } from './language/references-kustomization.ts';
export { fileName, renamable, rename } from './language/rename.ts';
export { nameRange, renameEdit } from './language/rename-text.ts';
export { hintsOfBroken, hintsOfKustomization } from './workspace/hints.ts';
export { Workspace } from './workspace/workspace.ts';
export type { FileFacts, Located } from './workspace/workspace.ts';
export type { ObjectFacts, Reference } from './workspace/facts.ts';
export { KubernetesObject, toManifestObject } from './manifest/kubernetes-object.ts';
export type { ImageUse, WrittenReplicas } from './manifest/kubernetes-object.ts';
export { LineIndex } from './manifest/lines.ts';
export { readKustomization } from './manifest/kustomization.ts';
export type { Generator, Kustomization, PathUse } from './manifest/kustomization.ts';
export {
  describesOthers,
  FileRoles,
  folderOf,
  isChartFile,
  isKustomizationFile,
  isSameCompletion,
  kustomizationFiles,
  resolvePath,
} from './manifest/roles.ts';
export type { Completion, FileRole } from './manifest/roles.ts';
export { checkRendered, findingsBySource, inRenderedOutput } from './rendered/check-rendered.ts';
export type { RenderedFile, RenderedFinding, RenderedOptions } from './rendered/check-rendered.ts';
export type { Rendering } from './rendered/place-finder.ts';
export { pathsNamedBy } from './rendered/overlay.ts';
export {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  suggestQuantities,
  zeroQuantity,
} from './quantity.ts';
export type { Quantity, QuantityFormat, QuantityProblem, QuantityReading } from './quantity.ts';
export { rules } from './rules/index.ts';
export type { Problem, Rule, RuleContext } from './rules/rule.ts';
export { dockerfileInstructions, dockerfileStages } from './images/dockerfile.ts';
export type { DockerfileInstruction, DockerfileStage } from './images/dockerfile.ts';
export { parseImageReference } from './images/reference.ts';
export type { ImageReference } from './images/reference.ts';
export { containers, podTemplates, selectorText } from './workload/pod-templates.ts';
export type { Container, PodTemplate } from './workload/pod-templates.ts';
export { controllerOf, type Owner } from './workload/owner.ts';
export { effectiveLimits, effectiveRequests } from './workload/effective.ts';
export type { ResourceAmounts } from './workload/effective.ts';
export { qosClass } from './workload/qos.ts';
export type { QosClass } from './workload/qos.ts';
export { podStatus } from './workload/pod-status.ts';
export type { PodStatus } from './workload/pod-status.ts';
export type { Health } from './workload/health.ts';
export { rolloutVerdict, workloadStatus } from './rollout/status.ts';
export type { ReplicaCounts, RolloutVerdict, WorkloadStatus } from './rollout/status.ts';
export { shortTrouble } from './rollout/trouble.ts';
export { checkReplicas } from './scaling/replicas.ts';
export type { Autoscaler, ReplicaCheck, ScaleFacts } from './scaling/replicas.ts';
export { schemaAt, newestVersion, supportedVersions } from './schema/history/index.ts';
export type { CustomKind } from './schema/crd.ts';
export { OpenApiReader } from './schema/openapi.ts';
export type { ClusterModels } from './schema/openapi.ts';
export { clusterSchema } from './schema/openapi-schema.ts';
export type { Schema } from './schema/schema.ts';
export { summarize } from './resources/summarize.ts';
export { verbatim } from './resources/summary.ts';
export type { Fact, ResourceSummary } from './resources/summary.ts';
export { describeObject } from './resources/describe/describe.ts';
export type { DescriptionSection, DescriptionTable, Related } from './resources/describe/section.ts';
export { AmountTotal, PodUses, useOf, UseTotal } from './resources/amounts.ts';
export type { PodUse } from './resources/amounts.ts';
export { isReady } from './resources/conditions.ts';
export { containersOf } from './resources/containers.ts';
export type { ContainerPort, ContainerRow, ContainerType } from './resources/containers.ts';
export { nodeHeartbeat } from './resources/heartbeat.ts';
export type { Heartbeat } from './resources/heartbeat.ts';
export { helmRelease, newestReleases, summarizeRelease } from './resources/helm.ts';
export type { HelmRelease } from './resources/helm.ts';
export { keysOf } from './resources/keys.ts';
export type { KeyRow } from './resources/keys.ts';
export { nodeRoles, nodeState, nodeTaints, taintText } from './resources/node.ts';
export type { NodeTaint } from './resources/node.ts';
export { amountText } from './resources/amount-text.ts';
export { autoscalerMetrics } from './resources/autoscaler.ts';
export { allocatableOf, clusterUse, nodeUse, percentOf, useSentence, useWords } from './resources/use.ts';
export type { ResourceUse, Use } from './resources/use.ts';
export { summarizeCustom, tableCells } from './resources/custom.ts';
export { customKindFacts } from './resources/definition.ts';
export type { CustomKindFacts, PrinterColumn } from './resources/definition.ts';
export { eventFacts } from './resources/event.ts';
export type { EventFacts } from './resources/event.ts';
export { probeFailure } from './resources/probe.ts';
export type { ProbeFailure } from './resources/probe.ts';
export { quotaUse } from './resources/quota.ts';
export type { QuotaUse } from './resources/quota.ts';
export { endpointsOf } from './resources/service.ts';
export type { EndpointRow } from './resources/service.ts';
export { Failovers, failoverStory } from './resources/failover/failovers.ts';
export { podSighting } from './resources/failover/sightings.ts';
export type { FailoverObservation, LossCause, PodSighting } from './resources/failover/sightings.ts';
export type { FateKind, PodFate } from './resources/failover/fate.ts';
export type { FailoverStep, FailoverStory } from './resources/failover/story.ts';
