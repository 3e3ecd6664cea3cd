/** Where an overlay writes fields of the objects it renders: in a resource, a patch, or a kustomization's own fields. */
import { resolvePath } from '../manifest/roles.ts';
import { layersOf } from './overlay.ts';
import type { Files, Layer } from './overlay.ts';
import { isExact, patchPlaces } from './patches.ts';
import type { Named } from './patches.ts';
import type { Place, RenderedObject } from './place.ts';
import { writerOf } from './place.ts';
import { settingPlaces } from './settings.ts';
import { Sources } from './sources.ts';
import type { SourceObject } from './sources.ts';
import { reach } from './steps.ts';
import type { Step } from './steps.ts';

/** An overlay as it was rendered. */
export interface OverlaySources {
  /** Its kustomization file. */
  readonly root: string;
  /** All the kustomizations it is made of, with their resources and patches. */
  readonly files: Files;
  /**
   * What origin annotations mean: the folder their paths start from, and files by the path that comes out; null where
   * none were asked for.
   */
  readonly origins: { readonly folder: string; readonly files: ReadonlyMap<string, string> } | null;
}

/** What `config.kubernetes.io/origin` says: the file of a resource, or the kustomization that generated it. */
interface Origin {
  readonly path: string | null;
  readonly remote: string | null;
  readonly configuredIn: string | null;
}

const originAnnotation = 'config.kubernetes.io/origin';

/** Finds places in the sources of one overlay. */
export class OverlayReader {
  readonly #overlay: OverlaySources;
  readonly #sources: Sources;
  readonly #layers: readonly Layer[];

  constructor(overlay: OverlaySources) {
    this.#overlay = overlay;
    this.#sources = new Sources(overlay.files);
    this.#layers = layersOf(overlay.root, overlay.files);
  }

  /** Null where nothing at hand has anything to do with the object. */
  place(object: RenderedObject, steps: readonly Step[]): Place | null {
    const origin = this.#originOf(object);
    const source = this.#sourceOf(object, origin);
    const named: Named = { ...object, writtenName: source?.object.name ?? object.name };
    const places = [
      ...(source === null ? [] : [placeIn(source, named, steps)]),
      ...this.#layers.flatMap((layer) => this.#generated(object, origin, layer)),
      ...this.#layers.flatMap((layer) => [
        ...patchPlaces(named, steps, layer, this.#sources),
        ...settingPlaces(named, steps, layer),
      ]),
    ];
    return writerOf(places) ?? this.#including(origin);
  }

  #originOf(object: RenderedObject): Origin {
    const text = object.node.mapping('metadata')?.mapping('annotations')?.text(originAnnotation) ?? '';
    const field = (name: string): string | null =>
      new RegExp(`^${name}: ["']?(.*?)["']?$`, 'm').exec(text)?.[1] ?? null;
    const { origins } = this.#overlay;
    const local = (path: string | null): string | null =>
      path === null || origins === null
        ? null
        : (origins.files.get(resolvePath(origins.folder, path.replaceAll('\\', '/'))) ?? null);
    const remote = field('repo');
    return {
      path: remote === null ? local(field('path')) : null,
      remote,
      configuredIn: local(field('configuredIn')),
    };
  }

  #sourceOf(object: RenderedObject, { path, configuredIn }: Origin): SourceObject | null {
    if (configuredIn !== null) return null;
    const files = path === null ? this.#resources() : [path];
    const ofKind = files
      .flatMap((file) => this.#sources.objectsIn(file))
      .filter(({ object: { kind } }) => kind === object.kind);
    const [only, ...others] = ofKind;
    if (path !== null && only !== undefined && others.length === 0) return only;
    return ofKind
      .filter(({ object: { name } }) => name !== '' && object.name.includes(name))
      .reduce<SourceObject | null>(
        (found, one) => (found !== null && found.object.name.length >= one.object.name.length ? found : one),
        null,
      );
  }

  #resources(): readonly string[] {
    return this.#layers.flatMap(({ folder, kustomization }) =>
      kustomization.resources.map((use) => resolvePath(folder, use.path)),
    );
  }

  #generated(object: RenderedObject, { configuredIn }: Origin, layer: Layer): readonly Place[] {
    if (configuredIn !== null && configuredIn !== layer.path) return [];
    return layer.kustomization.generators
      .filter(({ kind, name }) => kind === object.kind && name !== '' && object.name.includes(name))
      .map(({ range }) => ({ path: layer.path, range, depth: 0, exact: false }));
  }

  /** Of what comes from elsewhere: the line that includes it. */
  #including({ remote }: Origin): Place | null {
    if (remote === null) return null;
    const name = remote.replace(/^.*\//, '').replace(/\.git$/, '');
    for (const { path, kustomization } of this.#layers) {
      const use = kustomization.resources.find((one) => one.path.includes(name));
      if (use !== undefined) return { path, range: use.range, depth: 0, exact: false };
    }
    return null;
  }
}

function placeIn({ path, start, object }: SourceObject, named: Named, steps: readonly Step[]): Place {
  const { node, depth, range } = reach(object.node, steps);
  return {
    path,
    range: { start: range.start + start, end: range.end + start },
    depth,
    exact: isExact(node, depth, steps, named),
  };
}
