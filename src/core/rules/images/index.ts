import type { Rule } from '../rule.ts';
import { imageDigestMissing } from './image-digest-missing.ts';
import { imageLatest } from './image-latest.ts';
import { imagePulledAlways } from './image-pulled-always.ts';
import { imageRegistryForeign } from './image-registry-foreign.ts';
import { imageRegistryFrozen } from './image-registry-frozen.ts';
import { imageStale } from './image-stale.ts';

/** What people regret about images. */
export const imageRules: readonly Rule[] = [
  imageLatest,
  imageStale,
  imagePulledAlways,
  imageDigestMissing,
  imageRegistryForeign,
  imageRegistryFrozen,
];
