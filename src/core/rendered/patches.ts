/** Where patches write fields of rendered objects. */
import type { TextRange } from '../finding.ts';
import { DocumentNode } from '../manifest/document.ts';
import type { Patch, PatchTarget } from '../manifest/kustomization.ts';
import type { MappingNode, Node } from '../manifest/nodes.ts';
import { readDocument } from '../manifest/read.ts';
import { resolvePath } from '../manifest/roles.ts';
import { splitDocuments } from '../manifest/split.ts';
import { namePattern } from '../workspace/name-pattern.ts';
import type { Layer } from './overlay.ts';
import type { Place, RenderedObject } from './place.ts';
import { reach, sameItem, sameScalar, type Step } from './steps.ts';
import type { Sources } from './sources.ts';

/** A rendered object, and the name its source gives it: names get prefixes and suffixes on the way. */
export interface Named extends RenderedObject {
  readonly writtenName: string;
}

/** The text of a patch, and where its ranges are in the file that holds it. */
interface PatchText {
  readonly path: string;
  readonly text: string;
  readonly outer: (range: TextRange) => TextRange;
}

/** Where the patches of a layer write a field, in their order. */
export function patchPlaces(
  object: Named,
  steps: readonly Step[],
  layer: Layer,
  sources: Sources,
): readonly Place[] {
  return layer.kustomization.patches.flatMap((patch) => {
    if (patch.target !== null && !isTarget(patch.target, object)) return [];
    const written = textOf(patch, layer, sources);
    return written === null ? [] : placesIn(written, patch, object, steps);
  });
}

function textOf(patch: Patch, layer: Layer, sources: Sources): PatchText | null {
  if (patch.inline !== null) {
    const { text } = patch.inline;
    return { path: layer.path, text, outer: (range) => patch.inline?.outer(range) ?? range };
  }
  if (patch.file === null) return null;
  const path = resolvePath(layer.folder, patch.file.path);
  const text = sources.files.get(path);
  return text === undefined ? null : { path, text, outer: (range) => range };
}

function placesIn(written: PatchText, patch: Patch, object: Named, steps: readonly Step[]): readonly Place[] {
  const { path, text, outer } = written;
  return splitDocuments(text).flatMap(({ start, end }) => {
    const source = text.slice(start, end);
    const found = operationPlaces(source, object, steps) ?? mergePlaces(source, patch, object, steps);
    return found.map((place) => ({
      ...place,
      path,
      range: outer({ start: place.range.start + start, end: place.range.end + start }),
    }));
  });
}

type Inner = Omit<Place, 'path'>;

function mergePlaces(source: string, patch: Patch, object: Named, steps: readonly Step[]): readonly Inner[] {
  return new DocumentNode(source).objects
    .filter(({ kind, name }) => patch.target !== null || (kind === object.kind && mayBe(name, object)))
    .map(({ node }) => {
      const found = reach(node, steps);
      return {
        range: found.range,
        depth: found.depth,
        exact: isExact(found.node, found.depth, steps, object),
      };
    });
}

/** Whether the whole way is there and ends at what was rendered. */
export function isExact(node: Node, depth: number, steps: readonly Step[], object: RenderedObject): boolean {
  if (depth < steps.length) return false;
  const rendered = reach(object.node, steps).node;
  return node.type === 'scalar' ? sameScalar(node, rendered) : node.type === rendered.type;
}

/** An object is known by the name it is given, and by what prefixes and suffixes had made of it when it was patched. */
function mayBe(name: string, { name: rendered, writtenName }: Named): boolean {
  return name === writtenName || (rendered.includes(name) && name.includes(writtenName));
}

/** Where JSON 6902 operations write a field; null where the text holds none. */
function operationPlaces(source: string, object: Named, steps: readonly Step[]): readonly Inner[] | null {
  const { root } = readDocument(source);
  if (root?.type !== 'sequence') return null;
  return root.items.flatMap((operation) =>
    operation.type === 'mapping' ? operationPlace(operation, object, steps) : [],
  );
}

function operationPlace(operation: MappingNode, object: Named, steps: readonly Step[]): readonly Inner[] {
  const entry = operation.entry('value');
  const pointer = operation.text('path')?.split('/').slice(1).map(unescapePointer);
  if (entry === null || pointer === undefined || pointer.length > steps.length) return [];
  const { value, keyRange } = entry;
  const leads = pointer.every((part, index) => {
    const step = steps[index];
    if (step === undefined) return false;
    if (part === '-' || /^\d+$/.test(part)) {
      // Other operations may have moved the item: what was added is known by its name.
      const last = index === pointer.length - 1;
      return last && step.item !== null && value.type === 'mapping'
        ? sameItem(step.item, value)
        : part === step.key;
    }
    return part === step.key;
  });
  if (!leads) return [];
  const found = reach(value, steps.slice(pointer.length));
  const depth = pointer.length + found.depth;
  const here = found.depth === 0 && value.type !== 'scalar' ? keyRange : found.range;
  return [{ range: here, depth, exact: isExact(found.node, depth, steps, object) }];
}

/** A part of a JSON pointer (RFC 6901). */
function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Whether a patch with this target is applied to an object; selectors by labels are taken to choose it. */
export function isTarget(target: PatchTarget, object: Named): boolean {
  const [group, version] = object.apiVersion.includes('/')
    ? object.apiVersion.split('/', 2)
    : ['', object.apiVersion];
  return (
    fits(target.group, group) &&
    fits(target.version, version) &&
    fits(target.kind, object.kind) &&
    (fits(target.name, object.writtenName) || fits(target.name, object.name)) &&
    fitsLabels(target.labelSelector, object)
  );
}

/** An empty pattern fits everything; else the whole text must fit. */
function fits(pattern: string | null, text: string | undefined): boolean {
  return pattern === null || pattern === '' || pattern === text || namePattern(pattern)(text ?? '');
}

/** The usual `key=value,key=value`; anything else is taken to fit. */
function fitsLabels(selector: string | null, { node }: Named): boolean {
  if (selector === null || !/^[\w./-]+=[\w.-]*(?:,[\w./-]+=[\w.-]*)*$/.test(selector)) return true;
  const labels = node.mapping('metadata')?.mapping('labels');
  return selector.split(',').every((one) => {
    const [key = '', value] = one.split('=', 2);
    return labels?.scalar(key)?.source === value;
  });
}
