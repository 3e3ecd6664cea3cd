/** How tests choose where commands look, as a person does. */
import type { Workbench } from './driver.ts';

/** By the status bar, which names the namespace already. */
export async function chooseTarget(vscode: Workbench, context: string, namespace: string): Promise<void> {
  await (await vscode.statusBar(` / ${namespace}`)).click();
  await answerTarget(vscode, context, namespace);
}

/** Answers the two questions, however they were brought up. */
export async function answerTarget(vscode: Workbench, context: string, namespace: string): Promise<void> {
  await vscode.quickInput.opened('Deploy target: context');
  await vscode.quickInput.pick(context);
  await vscode.quickInput.opened(`Deploy target: namespace in ${context}`);
  await vscode.quickInput.type(namespace);
  await vscode.quickInput.pick(namespace);
  await vscode.statusBar(`${context} / ${namespace}`);
}
