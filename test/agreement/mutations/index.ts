import type { Mutation } from '../mutation.ts';
import { structureMutations } from './structure.ts';
import { textMutations } from './text.ts';

/** Every way of changing a manifest. */
export const mutations: readonly Mutation[] = [...textMutations, ...structureMutations];
