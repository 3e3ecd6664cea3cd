import { objectOf, objectsIn, textOf } from '../json.ts';

/** An entry of `metadata.ownerReferences`. */
export interface Owner {
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
}

/** The owner that makes an object anew when it is gone (`controller: true`); null: there is none. Never throws. */
export function controllerOf(object: unknown): Owner | null {
  const metadata = objectOf(objectOf(object)['metadata']);
  const owner = objectsIn(metadata['ownerReferences']).find((one) => one['controller'] === true);
  if (owner === undefined) return null;
  return { uid: textOf(owner['uid']), kind: textOf(owner['kind']), name: textOf(owner['name']) };
}
