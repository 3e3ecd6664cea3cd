/** What rules about images ask of one. */
import type { Field } from '../../schema/field.ts';
import { parseImageReference } from '../../images/reference.ts';
import type { ImageReference } from '../../images/reference.ts';
import type { Visit } from '../rule.ts';

/**
 * The image of a container; null where there is none, it is no reference, or it has yet to be filled in: by a template,
 * or by a kustomization.
 */
export function imageOf(container: Field, { context }: Visit): ImageReference | null {
  const text = container.get('image').text();
  if (text === null || /[{}$<>]/.test(text)) return null;
  const image = parseImageReference(text.trim());
  return image !== null && context.completion?.images.includes(nameOf(image)) === true ? null : image;
}

/** As it is written, without tag and digest. */
function nameOf({ registry, repository }: ImageReference): string {
  return registry === null ? repository : `${registry}/${repository}`;
}

/** No tag is `latest`. */
export function isLatest({ tag, digest }: ImageReference): boolean {
  return digest === null && (tag === null || tag === 'latest');
}

/** As the container runtime completes it: `nginx` is `docker.io/library/nginx`. */
export function fullName({ registry, repository }: ImageReference): string {
  const hub = registry === null || registry === 'docker.io' || registry === 'index.docker.io';
  if (!hub) return `${registry}/${repository}`;
  return `docker.io/${repository.includes('/') ? '' : 'library/'}${repository}`;
}
