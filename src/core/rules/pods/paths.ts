/** Paths in volumes, as the API server judges them. */

/** Has a part `..`, which leads out of where it starts. */
export function leadsUp(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}

/** Stays within the folder it is taken from. */
export function isDescending(path: string): boolean {
  return !path.startsWith('/') && !leadsUp(path);
}

/** Stays within its folder, and begins with no name that volumes keep for themselves (`..data`). */
export function isVolumePath(path: string): boolean {
  return isDescending(path) && !path.startsWith('..');
}
