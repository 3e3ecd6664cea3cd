/** The only work of a fresh process: loads a bundle, calls one of its functions with a file's text, prints ms of its main thread. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mainThreadTime } from './time.ts';

/** What to load and call. */
export interface ColdSubject {
  /** Path of a CommonJS bundle. */
  readonly bundle: string;
  /** The exported function that takes the text. */
  readonly call: string;
}

const [bundle = '', call = '', file = ''] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const time = mainThreadTime(() => {
  const subject = createRequire(import.meta.url)(bundle) as Readonly<
    Record<string, (text: string) => unknown>
  >;
  subject[call]?.(text);
});
console.log(time);
