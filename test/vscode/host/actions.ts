import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomes, codeOf, fileAt, openWritten, replace, told, until, write } from './editor.ts';

const fixAll = 'source.fixAll.elastic';

const mendable = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: example.com/web:1
      resources: { requests: { cpu: 100 m, memory: 64Mi }, limits: { memory: 64Mi } }
  restartpolicy: Never
`;
const mended = mendable.replace('100 m', '100m').replace('restartpolicy', 'restartPolicy');

const advised = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: example.com/web:1
      resources: { requests: { cpu: 100m, memory: 64Mi } }
`;

describe('actions', () => {
  after(async () => {
    await vscode.workspace.fs.delete(fileAt('actions'), { recursive: true });
  });

  describe('while a file is saved', () => {
    /** What the file holds after a change was saved. */
    async function saved(path: string, text: string): Promise<string> {
      const document = await openWritten(`actions/${path}`, text);
      await until(() => (told(document.uri).length > 0 ? true : undefined));
      await replace(document, 'name: web', 'name: shop');
      // Not saved where what is done meanwhile took VS Code too long: it goes on, and changes the document after all.
      await until(async () => (await document.save()) || undefined);
      return document.getText().replace('name: shop', 'name: web');
    }

    afterEach(() => onSave(undefined));

    it('nothing is changed unless a person asks for it', async () => {
      assert.equal(await saved('asked.yaml', mendable), mendable);
    });

    it('all is mended that is safe to mend', async () => {
      await onSave({ [fixAll]: 'explicit' });
      assert.equal(await saved('mended.yaml', mendable), mended);
      await becomes(fileAt('actions/mended.yaml'), []);
    });

    it('and so it is by whoever has all mended', async () => {
      await onSave({ 'source.fixAll': 'always' });
      assert.equal(await saved('always.yaml', mendable), mended);
    });

    it('what cannot be mended stays, and no mend makes a text worse', async () => {
      await onSave({ [fixAll]: 'explicit' });
      // Under its right name the second would be there twice.
      const twice = mendable.replace('  restartpolicy', '  restartPolicy: Always\n  restartpolicy');
      assert.equal(await saved('twice.yaml', twice), twice.replace('100 m', '100m'));
      const halfTyped = `${mendable}  volumes: [{ name: data\n`;
      // Nobody knows yet what else will stand there: a field is not renamed.
      assert.equal(await saved('half.yaml', halfTyped), halfTyped.replace('100 m', '100m'));
      const conflict = `${mendable}<<<<<<< ours\n  nodeName: a\n=======\n  nodeName: b\n>>>>>>> theirs\n`;
      const marked = await saved('conflict.yaml', conflict);
      assert.match(marked, /<<<<<<< ours\n {2}nodeName: a\n=======\n {2}nodeName: b\n>>>>>>> theirs\n$/);
    });

    it('what others would mend is left to them', async () => {
      await onSave({ [fixAll]: 'explicit' });
      let asked = 0;
      const other = vscode.languages.registerCodeActionsProvider(
        { language: 'yaml' },
        {
          provideCodeActions: (_document, _range, { only }) => {
            if (only !== undefined && vscode.CodeActionKind.SourceFixAll.append('other').contains(only))
              asked++;
            return [];
          },
        },
        { providedCodeActionKinds: [vscode.CodeActionKind.SourceFixAll.append('other')] },
      );
      await saved('other.yaml', mendable);
      other.dispose();
      assert.equal(asked, 0);
      const compose = 'services:\n  web:\n    restartpolicy: "no"\n    name: web\n';
      const document = await openWritten('actions/compose.yaml', compose);
      await replace(document, 'name: web', 'name: shop');
      await document.save();
      assert.equal(document.getText(), compose.replace('name: web', 'name: shop'));
    });
  });

  describe('at a finding', () => {
    it('a quick fix comes first, and an explanation opens as a page', async () => {
      const document = await openWritten('actions/fix.yaml', mendable);
      const [first, ...others] = await actionsAt(document, 'field-unknown');
      assert.equal(first?.isPreferred, true);
      assert.ok(first.edit !== undefined && (await vscode.workspace.applyEdit(first.edit)));
      await becomes(document.uri, ['8 quantity-invalid']);
      const explain = others.find(({ title }) => title === 'Explain field-unknown');
      assert.ok(explain?.command !== undefined, others.map(({ title }) => title).join());
      await vscode.commands.executeCommand(
        explain.command.command,
        ...((explain.command.arguments ?? []) as unknown[]),
      );
      const input = await until(() => vscode.window.tabGroups.activeTabGroup.activeTab?.input);
      assert.ok(input instanceof vscode.TabInputCustom);
      assert.match(input.uri.path, /\/elastic-rules\/field-unknown\.md$/);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    });

    it('one can be ignored with a reason', async () => {
      const document = await openWritten('actions/ignore.yaml', advised);
      const ignore = (await actionsAt(document, 'memory-limit-missing')).find(({ title }) =>
        title.startsWith('Ignore memory-limit-missing here'),
      );
      assert.ok(ignore?.edit !== undefined && (await vscode.workspace.applyEdit(ignore.edit)));
      assert.match(document.getText(), /# elastic-ignore memory-limit-missing: reason/);
      await becomes(document.uri, []);
    });

    it('its rule can be turned off where the workspace file counts', async () => {
      // Below the folder that is open: what an editor holds of it counts until the window closes.
      await write('actions/.elastic.yaml', 'rules:\n  memory-limit-missing: error\n');
      const document = await openWritten('actions/off.yaml', advised);
      // Heard of a moment later.
      await until(() =>
        vscode.languages
          .getDiagnostics(document.uri)
          .find(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      );
      const [off, ...more] = (await actionsAt(document, 'memory-limit-missing')).filter(({ title }) =>
        title.startsWith('Turn memory-limit-missing off'),
      );
      assert.deepEqual(more, []);
      assert.ok(off?.edit !== undefined && (await vscode.workspace.applyEdit(off.edit)));
      await becomes(document.uri, []);
      const agreed = await vscode.workspace.openTextDocument(fileAt('actions/.elastic.yaml'));
      assert.equal(agreed.getText(), 'rules:\n  memory-limit-missing: off\n');
      await agreed.save();
    });
  });
});

/** All that is offered at the first finding of a rule, completed. */
async function actionsAt(document: vscode.TextDocument, code: string): Promise<readonly vscode.CodeAction[]> {
  const finding = await until(() =>
    vscode.languages.getDiagnostics(document.uri).find((one) => codeOf(one) === code),
  );
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
}

async function onSave(value: Readonly<Record<string, string>> | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('editor');
  await settings.update('codeActionsOnSave', value, vscode.ConfigurationTarget.Workspace);
}
