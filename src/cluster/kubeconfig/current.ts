import { withCurrentContext } from './edit.ts';
import { readKubeconfigs } from './files.ts';
import { editKubeconfig } from './write.ts';

/**
 * Runs work of a program that may make another context kubectl's current one, and sets it back: nobody asked for that.
 * Where there was no current context, the program's choice stays: it takes nothing from anybody.
 */
export async function keepingCurrentContext<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = await currentOf(file);
  try {
    return await work();
  } finally {
    const now = await currentOf(file);
    // One that was deleted is nobody's current one any more: what the program took out stays out.
    if (before !== null && now !== null && now !== before) {
      await editKubeconfig(file, before, (text) => withCurrentContext(text, before));
    }
  }
}

/** The context the file names as the current one, of whichever file; null: it names none, or cannot be read. */
async function currentOf(file: string): Promise<string | null> {
  return (await readKubeconfigs([file])).configs[0]?.current ?? null;
}
