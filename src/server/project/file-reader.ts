import type { FileFacts } from '../../core/index.ts';
import type { Check } from '../providers/context.ts';
import { decodeText } from '../text.ts';
import { Thread } from '../thread.ts';
import { factsOfFile, type PackedFacts, unpacked } from './file-facts.ts';

/** From this many bytes on a file is read in a thread: a keystroke must not wait for it. */
const largeFrom = 16_000;
/** Larger ones are rarely written by hand: of generated bundles, mostly, the names are taken and no more. */
const skimmedFrom = 1_000_000;
/** How long, in milliseconds, the thread waits for another file before it ends. */
const patience = 5_000;

/** Learns what is in files that nobody edits, one at a time: of large ones in a thread they share. */
export class FileReader {
  #thread: Thread | null = null;
  #ending: NodeJS.Timeout | undefined;

  /** The bytes may be gone afterwards. Rejects with SupersededError once it is disposed of. */
  async facts(bytes: Uint8Array<ArrayBuffer>, check: Check): Promise<FileFacts> {
    if (bytes.length < largeFrom) return factsOfFile(decodeText(bytes), check, false);
    clearTimeout(this.#ending);
    const thread = (this.#thread ??= new Thread());
    const { kinds: _, ...alone } = check;
    const skim = bytes.length > skimmedFrom;
    const isWhole = bytes.byteLength === bytes.buffer.byteLength;
    const question = { about: 'file', bytes, check: alone, skim } as const;
    try {
      return await unpacked((await thread.ask(question, isWhole ? [bytes.buffer] : [])) as PackedFacts);
    } finally {
      this.#ending = setTimeout(() => this.dispose(), patience).unref();
    }
  }

  dispose(): void {
    clearTimeout(this.#ending);
    this.#thread?.dispose();
    this.#thread = null;
  }
}
