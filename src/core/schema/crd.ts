import { mappingToJson } from '../manifest/nodes.ts';
import type { Field } from './field.ts';

/** A kind that a CustomResourceDefinition brings. Plain data: it travels between threads, and is compared by value. */
export interface CustomKind {
  /** `example.com/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Its status is written apart: what a manifest says of it is dropped. */
  readonly statusApart: boolean;
  /** Its `openAPIV3Schema` as JSON: read when an object of the kind is met. */
  readonly schema: string;
}

/** The kinds that a definition brings, one for each version that is served and has a schema. */
export function kindsDefined(definition: Field): readonly CustomKind[] {
  const spec = definition.get('spec');
  const group = spec.get('group').text();
  const kind = spec.at('names.kind').text();
  if (group === null || kind === null || group === '' || kind === '') return [];
  return spec
    .get('versions')
    .items()
    .flatMap((version) => {
      const name = version.get('name').text();
      const { node } = version.at('schema.openAPIV3Schema');
      if (name === null || node?.type !== 'mapping' || version.get('served').flag() === false) return [];
      return [
        {
          apiVersion: `${group}/${name}`,
          kind,
          plural: spec.at('names.plural').text() ?? '',
          namespaced: spec.get('scope').text() !== 'Cluster',
          statusApart: version.at('subresources.status').written,
          schema: JSON.stringify(mappingToJson(node)),
        },
      ];
    });
}

/** Whether an object is a definition of kinds. */
export function definesKinds(object: Field): boolean {
  return (
    object.get('kind').text() === 'CustomResourceDefinition' &&
    object.get('apiVersion').text() === 'apiextensions.k8s.io/v1'
  );
}
