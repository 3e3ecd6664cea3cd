import type { Mutation } from '../mutation.ts';
import { containerMutations } from './containers.ts';
import { metadataMutations } from './metadata.ts';
import { structureMutations } from './structure.ts';
import { textMutations } from './text.ts';

/** Every way of changing a manifest. */
export const mutations: readonly Mutation[] = [
  ...textMutations,
  ...structureMutations,
  ...metadataMutations,
  ...containerMutations,
];
