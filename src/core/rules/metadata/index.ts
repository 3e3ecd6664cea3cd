import type { Rule } from '../rule.ts';
import { annotationInvalid } from './annotation-invalid.ts';
import { definitionNameMismatch } from './definition-name-mismatch.ts';
import { finalizerInvalid } from './finalizer-invalid.ts';
import { generationInvalid } from './generation-invalid.ts';
import { labelInvalid } from './label-invalid.ts';
import { nameInvalid } from './name-invalid.ts';
import { nameMissing } from './name-missing.ts';
import { namespaceInvalid } from './namespace-invalid.ts';
import { ownerReferenceInvalid } from './owner-reference-invalid.ts';
import { podSecurityLabelInvalid } from './pod-security-label-invalid.ts';
import { resourceVersionSet } from './resource-version-set.ts';
import { selectorInvalid } from './selector-invalid.ts';
import { templateMetadataForbidden } from './template-metadata-forbidden.ts';

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
  podSecurityLabelInvalid,
  templateMetadataForbidden,
  definitionNameMismatch,
  resourceVersionSet,
];
