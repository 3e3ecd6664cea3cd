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
    if (before !== null && before.exists && now?.name !== before.name && now !== null) {
      await editKubeconfig(file, before.name, (text) => withCurrentContext(text, before.name));
    }
  }
}

/** null: the file sets none, or cannot be read. */
async function currentOf(file: string): Promise<{ readonly name: string; readonly exists: boolean } | null> {
  const [config] = (await readKubeconfigs([file])).configs;
  if (config === undefined || config.current === null) return null;
  return { name: config.current, exists: config.contexts.has(config.current) };
}
