import type { Rule } from '../rule.ts';
import { annotationInvalid } from './annotation-invalid.ts';
import { finalizerInvalid } from './finalizer-invalid.ts';
import { generationInvalid } from './generation-invalid.ts';
import { labelInvalid } from './label-invalid.ts';
import { nameInvalid } from './name-invalid.ts';
import { nameMissing } from './name-missing.ts';
import { namespaceInvalid } from './namespace-invalid.ts';
import { ownerReferenceInvalid } from './owner-reference-invalid.ts';
import { selectorInvalid } from './selector-invalid.ts';

export const metadataRules: readonly Rule[] = [
  nameMissing,
  nameInvalid,
  namespaceInvalid,
  labelInvalid,
  annotationInvalid,
  ownerReferenceInvalid,
  finalizerInvalid,
  generationInvalid,
  selectorInvalid,
];
