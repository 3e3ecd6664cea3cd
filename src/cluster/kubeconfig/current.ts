import { withCurrentContext } from './edit.ts';
import { readKubeconfigs } from './files.ts';
import { editKubeconfig } from './write.ts';

/** By file: the works that go on, and what was current before the first of them. */
const going = new Map<string, { readonly before: Promise<string | null>; works: number }>();

/**
 * Runs work of a program that may make another context kubectl's current one, and sets it back: nobody asked for that.
 * Works on one file at the same time all go back to what was there before any of them. Where there was no current
 * context, the program's choice stays: it takes nothing from anybody.
 */
export async function keepingCurrentContext<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = going.get(file) ?? { before: currentOf(file), works: 0 };
  going.set(file, mine);
  mine.works += 1;
  const before = await mine.before;
  try {
    return await work();
  } finally {
    await setBack(file, before).finally(() => {
      mine.works -= 1;
      if (mine.works === 0) going.delete(file);
    });
  }
}

async function setBack(file: string, before: string | null): Promise<void> {
  const now = await currentOf(file);
  // One that was deleted is nobody's current one any more: what the program took out stays out.
  if (before === null || now === null || now === before) return;
  await editKubeconfig(file, before, (text) => withCurrentContext(text, before));
}

/** The context the file names as the current one, of whichever file; null: it names none, or cannot be read. */
async function currentOf(file: string): Promise<string | null> {
  return (await readKubeconfigs([file])).configs[0]?.current ?? null;
}
