import { relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import { slashed } from './source.ts';

/** A glob pattern: the folder it starts from, and what it chooses there. */
export interface Pattern {
  /** As written, `.` where it begins with something variable. */
  readonly base: string;
  /** Folders below the base that have to be looked into; 0: none. */
  readonly depth: number;
  /** Whether it chooses a file, by its path. */
  readonly chooses: (file: string) => boolean;
}

/** Whether a path is a pattern at all; one that exists as it is written never is. */
export function isPattern(path: string): boolean {
  return picomatch.scan(slashed(path)).isGlob;
}

/** One without anything variable stands for a file, or for all below a folder. */
export function readPattern(written: string): Pattern {
  const { base: fixed, glob, isGlob } = picomatch.scan(slashed(written));
  const base = isGlob ? fixed || '.' : written;
  const root = slashed(resolve(base));
  const matches = isGlob ? picomatch(glob, { dot: true }) : () => true;
  return {
    base,
    depth: glob.includes('**') ? Number.POSITIVE_INFINITY : glob.split('/').length - 1,
    chooses(file) {
      const path = slashed(relative(root, resolve(file)));
      return !isGlob && path === '' ? true : path !== '..' && !path.startsWith('../') && matches(path);
    },
  };
}

/** `!pattern` takes files away; `!(one|other)` is a pattern like any other. */
export function isExclusion(path: string): boolean {
  return path.startsWith('!') && !path.startsWith('!(');
}
