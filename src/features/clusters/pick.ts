import * as vscode from 'vscode';
import type { Clusters, ContextInfo, ContextList } from '../../cluster/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { contextIcon, wordsOf } from './context-pick.ts';
import { back, pickNamespace } from './namespace-pick.ts';

export interface PickOptions {
  readonly list: ContextList;
  readonly clusters: Clusters;
  readonly current: DeployTarget | null;
  /** Hears whether a cluster is being asked. */
  readonly connecting: (busy: boolean) => void;
}

/** Asks for a context, then for a namespace in it; null when the person turns away. One context needs no asking. */
export async function pickTarget(options: PickOptions): Promise<DeployTarget | null> {
  const { contexts } = options.list;
  const only = contexts.length === 1 ? contexts[0] : undefined;
  for (;;) {
    const context = only ?? (await pickContext(options));
    if (context === null) return null;
    const { current, clusters, connecting } = options;
    const used = current?.context === context.name ? current.namespace : null;
    const answer = await pickNamespace(context, {
      title: vscode.l10n.t('Deploy target: namespace in {0}', context.name),
      known: [used, context.namespace],
      canGoBack: only === undefined,
      ...{ used, clusters, connecting },
    });
    if (answer !== back) return answer === null ? null : { context: context.name, namespace: answer };
  }
}

interface ContextItem extends vscode.QuickPickItem {
  readonly context: ContextInfo;
}

async function pickContext({ list, current }: PickOptions): Promise<ContextInfo | null> {
  const items = list.contexts.map((context): ContextItem => {
    return {
      label: withoutIcons(context.name),
      iconPath: contextIcon(context.name, context.name === current?.context ? 'check' : 'server'),
      description: [context.server, ...wordsOf(context.name)].join(' · '),
      context,
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Deploy target: context'),
    placeHolder: vscode.l10n.t('Choose the cluster that manifests of this window go to'),
    matchOnDescription: true,
  });
  return chosen?.context ?? null;
}
