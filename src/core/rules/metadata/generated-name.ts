/** The server cuts a prefix so that the whole name has at most this many characters. */
const LONGEST = 63;
/** Five characters of its own. */
const SUFFIX = 'xxxxx';

/** A name as the API server makes it of `generateName`; which letters it adds, nobody knows. */
export function generatedName(prefix: string): string {
  return prefix.slice(0, LONGEST - SUFFIX.length) + SUFFIX;
}
