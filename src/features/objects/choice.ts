import * as vscode from 'vscode';
import type { ApiResource, Clusters, Session } from '../../cluster/index.ts';
import { type ClusterRowArgument, documentSchemes } from '../../contributions.ts';
import { message } from '../../core/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { CancelledError } from '../../platform/failure.ts';
import type { TargetSource } from '../../platform/target.ts';
import { targetOfUri } from './address.ts';
import { elsewhere, pickKind, pickObject } from './pick.ts';
import {
  type ObjectChooser,
  ObjectsError,
  type ObjectTarget,
  targetOf,
  targetsOf,
  type Wanted,
} from '../../platform/objects.ts';

export interface ChoiceOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly target: TargetSource;
}

/** Finds out which objects a command is about. Asks the person where nothing says so. */
export class ObjectChoice implements ObjectChooser {
  readonly #options: ChoiceOptions;

  constructor(options: ChoiceOptions) {
    this.#options = options;
  }

  async session(context: string): Promise<Session> {
    return (await this.#options.clusters()).session(context);
  }

  async one(row: ClusterRowArgument | undefined, wanted: Wanted): Promise<ObjectTarget> {
    const target = (row === undefined ? null : targetOf(row)) ?? inFront(wanted);
    return target ?? this.#pick(wanted);
  }

  async many(
    row: ClusterRowArgument | undefined,
    rows: readonly ClusterRowArgument[] | undefined,
    wanted: Wanted,
  ): Promise<readonly [ObjectTarget, ...ObjectTarget[]]> {
    const fits = ({ kind }: ObjectTarget): boolean => wanted.kinds?.includes(kind) !== false;
    const [first, ...others] = row === undefined ? [] : targetsOf(row, rows).filter(fits);
    if (first === undefined) return [await this.one(undefined, wanted)];
    if (others.some(({ context }) => context !== first.context)) {
      throw new ObjectsError(
        message('The selected objects are in several clusters. Select objects of one cluster.'),
      );
    }
    return [first, ...others];
  }

  /** Where the person works now. */
  place(): Promise<DeployTarget> {
    return this.#options.target.require();
  }

  async #pick(wanted: Wanted): Promise<ObjectTarget> {
    const { target: source } = this.#options;
    let target = await source.require();
    for (;;) {
      const session = await this.session(target.context);
      const title = wanted.title(`${target.context} / ${target.namespace}`);
      const resource = await this.#resource(session, title, wanted);
      const chosen = await pickObject({ session, resource, target, title });
      if (chosen === null) throw new CancelledError();
      if (chosen !== elsewhere) return chosen;
      target = (await source.choose()) ?? target;
    }
  }

  async #resource(session: Session, title: string, { kinds }: Wanted): Promise<ApiResource> {
    const [only, ...others] = kinds ?? [];
    if (only !== undefined && others.length === 0) {
      const { resources } = await session.resources();
      const found = resources.find(({ kind, group }) => kind === only && builtIn.has(group));
      if (found !== undefined) return found;
    }
    const fits = ({ kind, group }: ApiResource): boolean =>
      kinds === undefined || (kinds.includes(kind) && builtIn.has(group));
    const chosen = await pickKind(session, title, fits);
    if (chosen === null) throw new CancelledError();
    return chosen;
  }
}

/** Groups of the kinds that commands name: others may call theirs the same. */
const builtIn: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

function inFront({ kinds }: Wanted): ObjectTarget | null {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme !== documentSchemes.object && uri?.scheme !== documentSchemes.description) return null;
  const target = targetOfUri(uri);
  return target !== null && kinds?.includes(target.kind) !== false ? target : null;
}
