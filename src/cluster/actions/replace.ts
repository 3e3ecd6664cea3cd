import { isFields, fieldsIn } from '../apply/json.ts';
import { hiddenAnnotations } from '../apply/noise.ts';
import { identityChanged } from './refusals.ts';
import {
  fieldManager,
  type KubeObject,
  type ObjectRef,
  type RequestOptions,
  type Session,
} from '../model.ts';
import { preconditionOf, writeGuarded } from './guarded.ts';

export interface ReplaceOptions {
  /** What the person looked at when they began to edit. */
  readonly seen: KubeObject;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly onWarning?: (text: string) => void;
}

/**
 * Puts an edited object in the place of the one that was seen; answers what the server made of it. `edited` need not
 * have what `withoutNoise` hides: that stays as it is. Rejects with ObjectChangedError, which has the newer object, and
 * with `invalid`, whose details name the fields that the server refuses (a field it does not know is one).
 */
export async function replaceObject(
  session: Session,
  ref: ObjectRef,
  edited: KubeObject,
  options: ReplaceOptions,
): Promise<KubeObject> {
  const { seen, dryRun = false, signal, onWarning } = options;
  refuseOtherIdentity(session.context.name, ref, edited);
  const request = (live: KubeObject): RequestOptions => ({
    method: 'PUT',
    body: completed(edited, live),
    query: { fieldManager, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
    ...(onWarning !== undefined && { onWarning }),
  });
  return writeGuarded(session, ref, seen, request, signal);
}

/** A PUT to this object's address with another name in it is another object's, or nobody's. */
function refuseOtherIdentity(context: string, ref: ObjectRef, edited: KubeObject): void {
  const metadata = fieldsIn(edited, 'metadata');
  const wrong: [field: string, was: string][] = [];
  if (edited.apiVersion !== ref.apiVersion) wrong.push(['apiVersion', ref.apiVersion]);
  if (edited.kind !== ref.kind) wrong.push(['kind', ref.kind]);
  if (metadata.name !== ref.name) wrong.push(['metadata.name', ref.name]);
  const { namespace = ref.namespace } = metadata;
  if (namespace !== ref.namespace) wrong.push(['metadata.namespace', ref.namespace ?? 'none']);
  const [first] = wrong;
  if (first !== undefined) throw identityChanged(context, ...first);
}

/** The edited object with what was hidden from the person: the server's own metadata, status, and kept annotations. */
function completed(edited: KubeObject, live: KubeObject): KubeObject {
  const metadata = fieldsIn(edited, 'metadata');
  const { managedFields: _fields, ...kept } = fieldsIn(live, 'metadata');
  const { labels: _labels, annotations, ownerReferences: _owners, finalizers: _finalizers, ...own } = kept;
  const hidden = hiddenAnnotations(isFields(annotations) ? annotations : {});
  const shown = isFields(metadata.annotations) ? metadata.annotations : {};
  const both = { ...hidden, ...shown };
  return {
    ...edited,
    metadata: {
      ...own,
      ...metadata,
      ...(Object.keys(both).length > 0 && { annotations: both }),
      ...preconditionOf(live),
    },
    ...('status' in live && { status: live.status }),
  };
}
