/** What rules about images ask of one. */
import type { Field } from '../../schema/field.ts';
import { parseImageReference } from '../../images/reference.ts';
import type { ImageReference } from '../../images/reference.ts';

/** The image of a container; null where there is none, it is no reference, or a template has yet to fill it in. */
export function imageOf(container: Field): ImageReference | null {
  const text = container.get('image').text();
  return text === null || /[{}$<>]/.test(text) ? null : parseImageReference(text.trim());
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
