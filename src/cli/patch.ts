import { createTwoFilesPatch } from 'diff';
import { slashed } from './files/source.ts';
import type { FixedFile } from './fix.ts';

/** What was fixed in a file, in the form `git apply` and `patch -p1` take. */
export function patchOf({ source, before, after }: FixedFile): string {
  const name = slashed(source.name).replace(/^\/+/, '');
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
