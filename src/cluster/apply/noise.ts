import type { KubeObject } from '../model.ts';
import { type Fields, fieldsIn, isFields } from './json.ts';

const serverMetadata = [
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
];
/** Kept by kubectl and by controllers; the first would even repeat a Secret in plain text. */
const keptAnnotations = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
];

/** The object without what the server and controllers write: what is left is what a person decides. */
export function withoutNoise(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = object;
  const metadata = without(fieldsIn(object, 'metadata'), serverMetadata);
  const annotations = without(fieldsIn(metadata, 'annotations'), keptAnnotations);
  const { annotations: _annotations, ...others } = metadata;
  const shown = Object.keys(annotations).length === 0 ? others : { ...others, annotations };
  return withoutTemplateTimes({ ...rest, metadata: shown }) as KubeObject;
}

/** Of an object's annotations, those that `withoutNoise` takes away. */
export function hiddenAnnotations(annotations: Fields): Fields {
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => keptAnnotations.includes(name)));
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** Older servers print `creationTimestamp: null` in every pod template. */
function withoutTemplateTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTemplateTimes);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => !(name === 'creationTimestamp' && field === null))
      .map(([name, field]) => [name, withoutTemplateTimes(field)]),
  );
}
