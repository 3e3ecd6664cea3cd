/**
 * Every id the extension shares with package.json, and the types of what travels with it.
 * No other file holds such a literal; a test compares this file with package.json both ways.
 */
import type { Preset, RuleSeverity } from './core/index.ts';

/** A Kubernetes object, wherever the person pointed at it: nothing is taken from an ambient "current" one. */
export interface WorkloadArgument {
  readonly context: string;
  readonly namespace: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** UID of the row the command came from; absent when the workload is named by a manifest. */
  readonly uid?: string;
}

/** One document of a manifest file (`document` counts from 0; absent: the whole file). */
export interface ManifestArgument {
  readonly uri: string;
  readonly document?: number;
}

/** `replicas:` of one document: the workload is looked up in the target that is chosen when the command runs. */
export interface ManifestWorkloadArgument {
  readonly uri: string;
  readonly document: number;
  /** Path of the workload inside its document: `items[1]` in a List; absent or `''`: the document itself. */
  readonly object?: string;
}

/** A Dockerfile, or the `image:` of a manifest that names what to build. */
export interface ImageArgument {
  readonly uri: string;
  /** The image reference as written beside `image:`; absent for a Dockerfile. */
  readonly reference?: string;
}

/** Row of the cluster tree a command was invoked on: a workload's has every field, a context's only the first. */
export interface ClusterRowArgument {
  readonly context: string;
  readonly namespace?: string;
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly uid?: string;
  /** Of a container's row, beside all that names its pod. */
  readonly container?: string;
  /** Of the row of one key of a ConfigMap or Secret. */
  readonly key?: string;
}

/** Row of the list of port-forwards. */
export interface ForwardArgument {
  readonly id: string;
}

/** Colours that a context may have in lists and in the status bar. */
export type ContextColor = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';

export const commands = {
  deploy: 'elastic.deploy',
  scale: 'elastic.scale',
  showReplicas: 'elastic.showReplicas',
  buildImage: 'elastic.buildImage',
  pushImage: 'elastic.pushImage',
  buildAndPushImage: 'elastic.buildAndPushImage',
  selectTarget: 'elastic.selectTarget',
  deployHere: 'elastic.deployHere',
  connect: 'elastic.connect',
  disconnect: 'elastic.disconnect',
  retry: 'elastic.retry',
  openKubeconfig: 'elastic.openKubeconfig',
  reloadKubeconfigs: 'elastic.reloadKubeconfigs',
  useContext: 'elastic.useContext',
  setContextNamespace: 'elastic.setContextNamespace',
  setContextColor: 'elastic.setContextColor',
  makeReadOnly: 'elastic.makeReadOnly',
  allowChanges: 'elastic.allowChanges',
  protectContext: 'elastic.protectContext',
  unprotectContext: 'elastic.unprotectContext',
  addKubeconfig: 'elastic.addKubeconfig',
  removeKubeconfig: 'elastic.removeKubeconfig',
  createLocalCluster: 'elastic.createLocalCluster',
  deleteLocalCluster: 'elastic.deleteLocalCluster',
  copyName: 'elastic.copyName',
  openTerminal: 'elastic.openTerminal',
  debugPod: 'elastic.debugPod',
  forwardPort: 'elastic.forwardPort',
  stopForward: 'elastic.stopForward',
  stopAllForwards: 'elastic.stopAllForwards',
  openForward: 'elastic.openForward',
  copyForwardAddress: 'elastic.copyForwardAddress',
  showYaml: 'elastic.showYaml',
  describe: 'elastic.describe',
  showEvents: 'elastic.showEvents',
  goToManifest: 'elastic.goToManifest',
  revealSecret: 'elastic.revealSecret',
  top: 'elastic.top',
  deleteObjects: 'elastic.deleteObjects',
  restart: 'elastic.restart',
  pauseRollout: 'elastic.pauseRollout',
  resumeRollout: 'elastic.resumeRollout',
  suspend: 'elastic.suspend',
  unsuspend: 'elastic.unsuspend',
  runNow: 'elastic.runNow',
  cordon: 'elastic.cordon',
  uncordon: 'elastic.uncordon',
  drain: 'elastic.drain',
  filterTree: 'elastic.filterTree',
  clearFilter: 'elastic.clearFilter',
  groupPods: 'elastic.groupPods',
  showMore: 'elastic.showMore',
  showFailover: 'elastic.showFailover',
  showLogs: 'elastic.showLogs',
  followLog: 'elastic.log.follow',
  pauseLog: 'elastic.log.pause',
  filterLog: 'elastic.log.filter',
  logSince: 'elastic.log.since',
  logPrevious: 'elastic.log.previous',
  logTimestamps: 'elastic.log.timestamps',
  logContainers: 'elastic.log.containers',
  clearLog: 'elastic.log.clear',
  saveLog: 'elastic.log.save',
  restartLog: 'elastic.log.restart',
  lintRendered: 'elastic.lintRendered',
  showActivity: 'elastic.showActivity',
  showLog: 'elastic.showLog',
  restartLanguageServer: 'elastic.restartLanguageServer',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** A file as menus pass it: `vscode.Uri` structurally, so this file needs no vscode. */
export interface FileArgument {
  readonly scheme: string;
  readonly fsPath: string;
  toString(): string;
}

/** The row a menu was opened on, and all rows that are selected. */
type RowArguments = [row?: ClusterRowArgument, rows?: readonly ClusterRowArgument[]];

/** The document of a log, as the menu of its editor passes it; absent: the one in front. */
type LogArguments = [document?: FileArgument];

/** What each command is called with. All of it is optional: from the palette a command gets nothing. */
export interface CommandArguments {
  /** The Explorer passes all selected files beside the one that was clicked. */
  'elastic.deploy': [target?: ManifestArgument | FileArgument, selected?: readonly FileArgument[]];
  'elastic.scale': [workload?: WorkloadArgument | ManifestWorkloadArgument | ClusterRowArgument];
  'elastic.showReplicas': [workload?: WorkloadArgument | ManifestWorkloadArgument | ClusterRowArgument];
  'elastic.buildImage': [image?: ImageArgument | FileArgument];
  'elastic.pushImage': [image?: ImageArgument | FileArgument];
  'elastic.buildAndPushImage': [image?: ImageArgument | FileArgument];
  'elastic.selectTarget': [];
  'elastic.deployHere': [row?: ClusterRowArgument];
  'elastic.connect': [row?: ClusterRowArgument];
  'elastic.disconnect': [row?: ClusterRowArgument];
  'elastic.retry': [row?: ClusterRowArgument];
  'elastic.openKubeconfig': [row?: ClusterRowArgument];
  'elastic.reloadKubeconfigs': [];
  'elastic.useContext': [row?: ClusterRowArgument];
  'elastic.setContextNamespace': [row?: ClusterRowArgument];
  'elastic.setContextColor': [row?: ClusterRowArgument];
  'elastic.makeReadOnly': [row?: ClusterRowArgument];
  'elastic.allowChanges': [row?: ClusterRowArgument];
  'elastic.protectContext': [row?: ClusterRowArgument];
  'elastic.unprotectContext': [row?: ClusterRowArgument];
  'elastic.addKubeconfig': [];
  'elastic.removeKubeconfig': [row?: ClusterRowArgument];
  'elastic.createLocalCluster': [];
  'elastic.deleteLocalCluster': [row?: ClusterRowArgument];
  'elastic.copyName': [row?: ClusterRowArgument, rows?: readonly ClusterRowArgument[]];
  'elastic.openTerminal': [row?: ClusterRowArgument];
  'elastic.debugPod': [row?: ClusterRowArgument];
  'elastic.forwardPort': [row?: ClusterRowArgument];
  'elastic.stopForward': [row?: ForwardArgument];
  'elastic.stopAllForwards': [];
  'elastic.openForward': [row?: ForwardArgument];
  'elastic.copyForwardAddress': [row?: ForwardArgument];
  'elastic.showYaml': RowArguments;
  'elastic.describe': RowArguments;
  'elastic.showEvents': RowArguments;
  'elastic.goToManifest': RowArguments;
  'elastic.revealSecret': RowArguments;
  'elastic.top': RowArguments;
  'elastic.deleteObjects': RowArguments;
  'elastic.restart': RowArguments;
  'elastic.pauseRollout': RowArguments;
  'elastic.resumeRollout': RowArguments;
  'elastic.suspend': RowArguments;
  'elastic.unsuspend': RowArguments;
  'elastic.runNow': RowArguments;
  'elastic.cordon': RowArguments;
  'elastic.uncordon': RowArguments;
  'elastic.drain': RowArguments;
  'elastic.filterTree': [];
  'elastic.clearFilter': [];
  'elastic.groupPods': [];
  /** The last row of a list that goes on. */
  'elastic.showMore': [row?: ClusterRowArgument];
  'elastic.showFailover': [row?: ClusterRowArgument];
  'elastic.showLogs': RowArguments;
  'elastic.log.follow': LogArguments;
  'elastic.log.pause': LogArguments;
  'elastic.log.filter': LogArguments;
  'elastic.log.since': LogArguments;
  'elastic.log.previous': LogArguments;
  'elastic.log.timestamps': LogArguments;
  'elastic.log.containers': LogArguments;
  'elastic.log.clear': LogArguments;
  'elastic.log.save': LogArguments;
  'elastic.log.restart': LogArguments;
  /** A kustomization or a Chart.yaml; absent: the one of the file in front, else one that is chosen. */
  'elastic.lintRendered': [file?: FileArgument];
  'elastic.showActivity': [];
  'elastic.showLog': [];
  'elastic.restartLanguageServer': [];
}

export const views = { clusters: 'elastic.clusters', forwards: 'elastic.forwards' } as const;

export const viewContainers = { elastic: 'elastic' } as const;

/** Types of webview panels, by which VS Code restores them after a reload. */
export const webviews = { replicas: 'elastic.replicas' } as const;

/** Schemes of documents that exist only in the editor. */
export const documentSchemes = {
  /** Either side of a diff of what a deploy would change. */
  diff: 'elastic-diff',
  /** What became of a lost node and its pods. */
  failover: 'elastic-failover',
  /** YAML of a live object: can be edited and saved. */
  object: 'elastic-object',
  /** The object as somebody else made it, beside the text that is being saved. */
  newer: 'elastic-newer',
  /** What there is to say of a live object. */
  description: 'elastic-description',
  /** A log that is followed. */
  logs: 'elastic-logs',
} as const;

/** Languages of documents of ours. */
export const languages = { log: 'elastic-log' } as const;

/** Context keys that `when` clauses read. */
export const contextKeys = {
  /** `none` when no kubeconfig holds a context, else `some`. */
  contexts: 'elastic.contexts',
  /** True while any port is forwarded. */
  forwarding: 'elastic.forwarding',
  /** Whether the tree of clusters is filtered. */
  filtered: 'elastic.filtered',
  /** Whether the log in front goes along with its end. */
  logFollowed: 'elastic.logFollowed',
} as const;

/** Settings: the id without its prefix, and the type of its value. */
export interface Settings {
  /** `''`: as the workspace file says; so for the Kubernetes version, and null for the ratio. */
  'checks.preset': '' | Preset;
  'checks.rules': Readonly<Record<string, RuleSeverity>>;
  'checks.kubernetesVersion': string;
  'checks.registries': readonly string[];
  'checks.limitRatio': number | null;
  'clusters.kubeconfigs': readonly string[];
  'clusters.protected': readonly string[];
  'clusters.readOnly': readonly string[];
  'clusters.debugImage': string;
  /** Colours of contexts by pattern. */
  'clusters.colors': Readonly<Record<string, ContextColor>>;
  'logs.maxLines': number;
  'images.engine': 'auto' | 'docker' | 'podman' | 'nerdctl';
  'trace.server': 'off' | 'messages' | 'verbose';
}

export const settingsPrefix = 'elastic';
/** Section of the settings about what is checked: the language server asks for all of it. */
export const checksSection = 'elastic.checks';

export const settingKeys = [
  'checks.preset',
  'checks.rules',
  'checks.kubernetesVersion',
  'checks.registries',
  'checks.limitRatio',
  'clusters.kubeconfigs',
  'clusters.protected',
  'clusters.readOnly',
  'clusters.debugImage',
  'clusters.colors',
  'logs.maxLines',
  'images.engine',
  'trace.server',
] as const satisfies readonly (keyof Settings)[];
