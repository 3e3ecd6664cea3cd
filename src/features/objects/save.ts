import * as vscode from 'vscode';
import type { ClusterError, KubeObject } from '../../cluster/index.ts';
import { documentSchemes } from '../../contributions.ts';
import { message } from '../../core/index.ts';
import type { ManifestService } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import { isCancellation } from '../../platform/failure.ts';
import { confirmProtected, refuseReadOnly } from '../../platform/protection.ts';
import { documentOf, type ObjectDocuments, type OpenObject } from './documents.ts';
import { FieldDiagnostics } from './field-diagnostics.ts';
import { merged } from './merge.ts';
import { nameOf, ObjectsError, placeOf } from '../../platform/objects.ts';
import { explained } from '../../platform/translation.ts';

const outcomeMs = 10_000;

/**
 * Saves the YAML of a live object: a dry run first, whose refusal lands on the lines it names; what somebody else
 * changed meanwhile is shown before anything is written.
 */
export class ObjectSaves implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #manifests: ManifestService;
  readonly #diagnostics: FieldDiagnostics;
  readonly #newer = new Map<string, string>();
  readonly #documents: () => ObjectDocuments;

  constructor(manifests: ManifestService, documents: () => ObjectDocuments) {
    this.#manifests = manifests;
    this.#documents = documents;
    this.#diagnostics = this.#owned.own(new FieldDiagnostics(manifests));
    this.#owned.own(
      vscode.workspace.registerTextDocumentContentProvider(documentSchemes.newer, {
        provideTextDocumentContent: (uri) => this.#newer.get(uri.toString()) ?? '',
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** Resolves to what the server made of it; rejects with one sentence, which VS Code shows. */
  readonly save = async (open: OpenObject, text: string): Promise<KubeObject> => {
    const { target } = open;
    const title = vscode.l10n.t('Save {0} ({1})', nameOf(target), placeOf(target));
    try {
      refuseReadOnly(target.context);
      this.#diagnostics.clear(open.uri);
      const edited = await this.#edited(open, text);
      const saved = await this.#write(open, edited, title);
      vscode.window.setStatusBarMessage(
        `$(check) ${vscode.l10n.t('{0} saved to {1}', nameOf(target), placeOf(target))}`,
        outcomeMs,
      );
      return saved;
    } catch (error) {
      if (isCancellation(error)) throw new Error(vscode.l10n.t('nothing was changed in the cluster.'));
      throw new Error(refusalText(error, target.context), { cause: error });
    }
  };

  /** The object as the text says, the values of a Secret in the places of their marks. */
  async #edited({ uri, shown }: OpenObject, text: string): Promise<KubeObject> {
    const { unmasked } = await import('../../cluster/index.ts');
    if (documentOf(uri)?.getText() !== text) {
      throw new ObjectsError(
        message('The text is not the one in the editor. Open the object, then save it.'),
      );
    }
    const { objects, findings } = await this.#manifests.objects(uri.toString());
    const broken = findings.find(({ code }) => unreadable.has(code));
    if (broken !== undefined) {
      throw new ObjectsError(message('The YAML cannot be read: {0}. Correct it, then save.', broken.message));
    }
    const [object, ...others] = objects;
    if (object === undefined || others.length > 0) {
      throw new ObjectsError(
        message('The text must hold this one object. Undo what else changed, then save.'),
      );
    }
    const { object: edited, lost } = unmasked(object.value, shown);
    if (lost.length > 0) {
      throw new ObjectsError(
        message(
          'The hidden value of {0} is not the one of this Secret any more. Undo the change, or write the value in base64.',
          lost.join(', '),
        ),
      );
    }
    return edited;
  }

  async #write(open: OpenObject, edited: KubeObject, title: string): Promise<KubeObject> {
    const { ClusterError, ObjectChangedError, replaceObject } = await import('../../cluster/index.ts');
    const { session, target } = open;
    let { shown: seen } = open;
    let wanted = edited;
    const ref = { ...target, uid: (seen.metadata as { uid: string }).uid };
    for (;;) {
      try {
        await replaceObject(session, ref, wanted, { seen, dryRun: true });
        await confirmProtected(target.context, title);
        return await replaceObject(session, ref, wanted, { seen });
      } catch (error) {
        if (error instanceof ObjectChangedError) {
          wanted = await this.#settle(open, wanted, seen, error.newer, title);
          seen = error.newer;
        } else {
          if (error instanceof ClusterError) await this.#locate(open, error);
          throw error;
        }
      }
    }
  }

  /** Somebody else changed the object since it was opened: the person decides what is saved. */
  async #settle(
    open: OpenObject,
    mine: KubeObject,
    base: KubeObject,
    newer: KubeObject,
    title: string,
  ): Promise<KubeObject> {
    const { withoutNoise } = await import('../../cluster/index.ts');
    const both = merged(withoutNoise(base), withoutNoise(mine), withoutNoise(newer));
    const keepBoth = vscode.l10n.t('Save both changes');
    const compare = vscode.l10n.t('Compare');
    const mineOnly = vscode.l10n.t('Save mine over it');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('{0}: it was changed in the cluster since you opened it.', title),
      {
        modal: true,
        detail:
          both === null
            ? vscode.l10n.t('Both changes touch the same fields.')
            : vscode.l10n.t('The changes touch different fields, so both can be saved.'),
      },
      ...(both === null ? [compare, mineOnly] : [keepBoth, compare, mineOnly]),
    );
    if (choice === keepBoth && both !== null) return both as KubeObject;
    if (choice === mineOnly) return mine;
    if (choice === compare) await this.#compare(open, newer);
    throw new ObjectsError(
      choice === compare
        ? message(
            'it was changed in the cluster. Take over from the left what you want to keep, then save again.',
          )
        : message('nothing was changed in the cluster.'),
    );
  }

  /** The newer object on the left, the edited text on the right; what is saved next goes in the place of the left. */
  async #compare(open: OpenObject, newer: KubeObject): Promise<void> {
    const { displayYaml } = await import('../../cluster/index.ts');
    const left = open.uri.with({ scheme: documentSchemes.newer, fragment: String(Date.now()) });
    this.#newer.clear();
    this.#newer.set(left.toString(), displayYaml(newer));
    await this.#documents().accept(open.uri, newer);
    const title = vscode.l10n.t('{0}: in the cluster ↔ yours', nameOf(open.target));
    await vscode.commands.executeCommand('vscode.diff', left, open.uri, title, { preview: true });
  }

  async #locate({ uri }: OpenObject, error: ClusterError): Promise<void> {
    await this.#diagnostics.report(uri, error);
  }
}

/** Findings after which the object is not what the person wrote: the server would refuse the text itself. */
const unreadable = new Set(['yaml-syntax', 'duplicate-key', 'file-too-large']);

/** The server's causes stand on their lines: the first of them is enough here. */
function refusalText(error: unknown, context: string): string {
  const { details = [] } = error as Partial<ClusterError>;
  const [first, ...others] = details;
  if (first === undefined) return explained(error);
  const cause = first.field === '' ? first.message : `${first.field}: ${first.message}`;
  const words = vscode.l10n.t('{0} refuses {1}', context, cause);
  return others.length === 0 ? words : vscode.l10n.t('{0} (+{1} more)', words, others.length);
}
