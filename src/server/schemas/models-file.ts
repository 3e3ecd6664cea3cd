import type { ClusterModels } from '../../core/index.ts';

/** Changes with the form of what is kept: files of another one are made anew. */
export const modelsFormat = 1;

interface ModelsFile extends ClusterModels {
  readonly format: number;
}

export function writeClusterModels(models: ClusterModels): string {
  return JSON.stringify({ format: modelsFormat, ...models } satisfies ModelsFile);
}

/** Null for what is no such file: cut short, of another format, or somebody else's. */
export function readClusterModels(text: string): ClusterModels | null {
  try {
    const file = JSON.parse(text) as Partial<ModelsFile> | null;
    const whole =
      file?.format === modelsFormat &&
      typeof file.models?.kinds === 'object' &&
      typeof file.models.types === 'object' &&
      Array.isArray(file.customs) &&
      Array.isArray(file.covered);
    return whole ? (file as ModelsFile) : null;
  } catch {
    return null;
  }
}
