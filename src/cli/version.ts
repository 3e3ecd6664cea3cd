import { existsSync, readFileSync } from 'node:fs';

/** The extension's version: package.json is one folder up from the bundle, two from this file. */
export function version(): string {
  const file = ['../package.json', '../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  if (file === undefined) return 'unknown';
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
