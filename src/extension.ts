/** The front door: constructs what there is and registers it. Nothing imports this file. */
import * as vscode from 'vscode';
import { commands } from './contributions.ts';
import { ClustersFeature } from './features/clusters/clusters.ts';
import { LazyClusters } from './features/clusters/lazy-clusters.ts';
import { DeployFeature } from './features/deploy/deploy.ts';
import { Explorer } from './features/explorer/explorer.ts';
import { ForwardFeature } from './features/forward/forward.ts';
import { ImagesFeature } from './features/images/images.ts';
import { ClusterSchema } from './features/language/cluster-schema.ts';
import { LanguageFeature } from './features/language/language.ts';
import { RenderedFeature } from './features/language/rendered.ts';
import { NodesFeature } from './features/nodes/nodes.ts';
import { ObjectChoice } from './features/objects/choice.ts';
import { ObjectsFeature } from './features/objects/objects.ts';
import { LogsFeature } from './features/logs/logs.ts';
import { ReplicasFeature } from './features/replicas/replicas.ts';
import { ScaleFeature } from './features/scale/scale.ts';
import { TerminalFeature } from './features/terminal/terminal.ts';
import { Activities } from './platform/activity.ts';
import { CommandTable } from './platform/commands.ts';

export function activate({
  subscriptions,
  extensionUri,
  workspaceState,
  globalStorageUri,
}: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Elastic Containers', { log: true }));
  const table = new CommandTable(log);
  const activities = own(new Activities());

  const clusters = own(new LazyClusters(log)).get;
  const choice = new ClustersFeature({
    clusters,
    memento: workspaceState,
    storage: globalStorageUri,
    activities,
    commands: table,
  });
  const { contexts, target } = choice;
  const manifests = new LanguageFeature({ extensionUri, storage: globalStorageUri, log, table, target });

  own(choice.register());
  own(manifests.register());
  own(new ClusterSchema({ clusters, target, server: manifests, storage: globalStorageUri, log }).register());
  own(new RenderedFeature({ table, activities, service: manifests, log }).register());
  own(new Explorer({ clusters, contexts, target, memory: workspaceState, commands: table }).register());
  own(new DeployFeature({ clusters, target, manifests, activities, commands: table }).register());
  own(new LogsFeature({ clusters, target, memory: workspaceState, commands: table }).register());
  own(new ReplicasFeature({ extensionUri, clusters, target, manifests, commands: table }).register());
  own(new ScaleFeature({ clusters, target, manifests, activities, commands: table }).register());
  const objects = new ObjectChoice({ clusters, target });
  own(new ObjectsFeature({ choice: objects, manifests, activities, commands: table }).register());
  own(new NodesFeature({ clusters, objects, activities, commands: table }).register());
  own(new TerminalFeature({ clusters, objects, activities, commands: table }).register());
  own(new ForwardFeature({ clusters, objects, commands: table }).register());
  own(new ImagesFeature({ table, activities, manifests, memory: workspaceState, log }).register());
  own(table.register(commands.showLog, () => log.show()));
  own(table.register(commands.showActivity, () => activities.show()));
}
