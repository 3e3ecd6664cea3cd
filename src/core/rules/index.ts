import { duplicateKey } from './duplicate-key.ts';
import { fieldMisplaced } from './field-misplaced.ts';
import { fileTooLarge } from './file-too-large.ts';
import { kindUnknown } from './kind-unknown.ts';
import { memoryMillibytes } from './memory-millibytes.ts';
import { quantityInvalid } from './quantity-invalid.ts';
import { quantityUnusual } from './quantity-unusual.ts';
import { requestAboveLimit } from './request-above-limit.ts';
import { requestsMissing } from './requests-missing.ts';
import type { Rule } from './rule.ts';
import { fieldUnknown } from './schema/field-unknown.ts';
import { typeInvalid } from './schema/type-invalid.ts';
import { yamlSyntax } from './yaml-syntax.ts';

/** Every check there is. */
export const rules: readonly Rule[] = [
  yamlSyntax,
  duplicateKey,
  kindUnknown,
  fieldMisplaced,
  fieldUnknown,
  typeInvalid,
  quantityInvalid,
  quantityUnusual,
  requestAboveLimit,
  requestsMissing,
  memoryMillibytes,
  fileTooLarge,
];
