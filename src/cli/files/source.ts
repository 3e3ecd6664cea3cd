import { resolve, sep } from 'node:path';

/** What names standard input among the paths, and in what is printed about it. */
export const standardInput = '-';

/** A text that is to be checked. */
export interface Source {
  /** As it was named, or as what was named leads to it; what people read. */
  readonly name: string;
  /** Absolute, `/`-separated: what the files around it are found by. */
  readonly path: string;
  readonly from: 'file' | 'standardInput';
}

export function fileSource(name: string): Source {
  return { name, path: slashed(resolve(name)), from: 'file' };
}

/** `name`: of the file whose text it is; null: it is checked as one in the current folder would be. */
export function standardInputSource(name: string | null): Source {
  return {
    name: name ?? standardInput,
    path: slashed(resolve(name ?? 'stdin.yaml')),
    from: 'standardInput',
  };
}

export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
