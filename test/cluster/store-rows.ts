/** What the stores of these tests show: the ConfigMaps with the label `app=test`. */
import type { StoreQuery } from '../../src/cluster/index.ts';

export interface Row {
  readonly uid: string;
  readonly name: string;
  readonly value: string;
}

export interface ConfigMapObject {
  readonly metadata: { readonly uid: string; readonly name: string };
  readonly data?: { readonly value?: string };
}

export function project(object: unknown): Row {
  const { metadata, data } = object as ConfigMapObject;
  return { uid: metadata.uid, name: metadata.name, value: data?.value ?? '' };
}

export const query = (namespace: string): StoreQuery => ({
  apiVersion: 'v1',
  plural: 'configmaps',
  namespace,
  labelSelector: 'app=test',
});
