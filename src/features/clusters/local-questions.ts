/** What a person is asked before a local cluster is made or deleted. Each throws CancelledError when they turn away. */
import * as vscode from 'vscode';
import { CancelledError } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { confirmByName } from '../../platform/protection.ts';
import { explained } from '../../platform/translation.ts';
import { type InstalledTool, localClusters } from './local-runner.ts';
import { freeName, isClusterName, readKubernetesVersion } from './local-tools.ts';

/** More would be a laptop's end. */
const mostNodes = 10;

export async function askTool(installed: readonly InstalledTool[]): Promise<InstalledTool> {
  const items = installed.map((tool) => ({
    label: tool.tool.name,
    description: tool.version ?? vscode.l10n.t('version unknown'),
    detail: tool.command,
    iconPath: new vscode.ThemeIcon('server-environment'),
    tool,
  }));
  const title = vscode.l10n.t('Create local cluster');
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose the program that makes it'),
  });
  if (chosen === undefined) throw new CancelledError();
  return chosen.tool;
}

function titleOf({ tool, version }: InstalledTool, step: number): string {
  return vscode.l10n.t(
    'Create local cluster with {0} ({1}/3)',
    [tool.name, version ?? ''].join(' ').trim(),
    step,
  );
}

export function askClusterName(tool: InstalledTool, taken: readonly string[]): Promise<string> {
  return ask({
    title: titleOf(tool, 1),
    prompt: vscode.l10n.t('Name of the cluster'),
    value: freeName(taken),
    validateInput: (text) => {
      if (taken.includes(text)) return vscode.l10n.t('{0} has a cluster {1} already.', tool.tool.name, text);
      if (isClusterName(text)) return null;
      return vscode.l10n.t(
        '2 to 32 lower case letters, digits and hyphens; neither begins nor ends with a hyphen.',
      );
    },
  });
}

/** null: what the program makes by itself. */
export async function askVersion(tool: InstalledTool): Promise<string | null> {
  const full = tool.tool.fullVersion;
  const example = full ? '1.33.1' : '1.33';
  const text = await ask({
    title: titleOf(tool, 2),
    prompt: vscode.l10n.t('Kubernetes version; empty for the one {0} makes by itself', tool.tool.name),
    placeHolder: example,
    validateInput: (typed) =>
      typed.trim() === '' || readKubernetesVersion(typed, full) !== null
        ? null
        : vscode.l10n.t('Write a version like {0}, or nothing.', example),
  });
  return readKubernetesVersion(text, full);
}

export async function askNodes(tool: InstalledTool): Promise<number> {
  const text = await ask({
    title: titleOf(tool, 3),
    prompt: vscode.l10n.t('Number of nodes'),
    value: '1',
    validateInput: (typed) =>
      /^\d+$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= mostNodes
        ? null
        : vscode.l10n.t('A number from 1 to {0}.', mostNodes),
  });
  return Number(text);
}

export interface ChosenCluster {
  readonly tool: InstalledTool;
  readonly cluster: string;
}

/** One of the clusters the programs say they have. `wanted` is taken without asking where one of them has it. */
export async function chooseCluster(
  installed: readonly InstalledTool[],
  wanted: string | null,
): Promise<ChosenCluster> {
  const lists = await Promise.all(installed.map((tool) => itemsOf(tool)));
  const items = lists.flat();
  const known = items.find(({ chosen }) => chosen !== null && chosen.cluster === wanted)?.chosen;
  if (known) return known;
  const item = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Delete local cluster'),
    placeHolder:
      items.length === 0
        ? vscode.l10n.t('There is no local cluster.')
        : vscode.l10n.t('Choose the cluster to delete'),
  });
  if (!item?.chosen) throw new CancelledError();
  return item.chosen;
}

type ClusterItem = vscode.QuickPickItem & { readonly chosen: ChosenCluster | null };

/** A program that cannot say what it has is a row of its own: an empty list never stands for an error. */
async function itemsOf(tool: InstalledTool): Promise<readonly ClusterItem[]> {
  try {
    return (await localClusters(tool)).map(({ name, state }) => ({
      label: withoutIcons(name),
      description: [tool.tool.name, state].filter(Boolean).join(' · '),
      iconPath: new vscode.ThemeIcon('server-environment'),
      chosen: { tool, cluster: name },
    }));
  } catch (error) {
    return [
      {
        label: tool.tool.name,
        detail: explained(error),
        iconPath: new vscode.ThemeIcon('warning'),
        chosen: null,
      },
    ];
  }
}

/** Returns once the cluster's name was typed. */
export async function confirmName({ tool }: InstalledTool, name: string): Promise<void> {
  const title = vscode.l10n.t('Delete {0} with {1}', name, tool.name);
  const prompt = vscode.l10n.t('All that is in it is lost. Type {0} to delete it.', name);
  await confirmByName(title, prompt, name);
}

async function ask(options: vscode.InputBoxOptions): Promise<string> {
  const text = await vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
  if (text === undefined) throw new CancelledError();
  return text;
}
