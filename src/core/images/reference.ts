/** The parts of an image reference as written; what is not written is null, nothing is filled in. */
export interface ImageReference {
  /** Host and port of the registry: `ghcr.io`, `localhost:5000`. */
  readonly registry: string | null;
  /** Path without the registry: `library/nginx`, `nginx`. */
  readonly repository: string;
  readonly tag: string | null;
  /** `sha256:…`. */
  readonly digest: string | null;
}

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domain = new RegExp(String.raw`^(?:${label}(?:\.${label})*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$`);
const pathPart = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagShape = /^\w[\w.-]{0,127}$/;
const digestShape = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const digestLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);
const LONGEST_NAME = 255;

/**
 * Reads an image reference by the grammar of the distribution project; null when it is none. The part before
 * the first slash is a registry when it has a dot or a colon, is `localhost`, or has upper-case letters.
 */
export function parseImageReference(text: string): ImageReference | null {
  const at = text.indexOf('@');
  const digest = at < 0 ? null : text.slice(at + 1);
  if (digest !== null && !isDigest(digest)) return null;
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const tag = tagged ? named.slice(colon + 1) : null;
  if (tag !== null && !tagShape.test(tag)) return null;
  const name = tagged ? named.slice(0, colon) : named;
  const slash = name.indexOf('/');
  const head = slash < 0 ? '' : name.slice(0, slash);
  const hasRegistry = /[.:A-Z]/.test(head) || head === 'localhost';
  const repository = hasRegistry ? name.slice(slash + 1) : name;
  if (hasRegistry && !domain.test(head)) return null;
  if (repository.length > LONGEST_NAME || !repository.split('/').every((part) => pathPart.test(part)))
    return null;
  // 64 hexadecimal digits alone are an image's id, which cannot be pulled.
  if (/^[0-9a-f]{64}$/.test(text)) return null;
  return { registry: hasRegistry ? head : null, repository, tag, digest };
}

function isDigest(digest: string): boolean {
  if (!digestShape.test(digest)) return false;
  const [algorithm = '', hex = ''] = digest.split(':', 2);
  const length = digestLengths.get(algorithm);
  return length === undefined || (hex.length === length && hex === hex.toLowerCase());
}
