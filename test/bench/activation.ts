import type { Comparison } from './comparison.ts';
export const activation = (): Promise<Comparison[]> => Promise.resolve([]);
