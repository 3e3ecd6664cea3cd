import type { Rule } from '../rule.ts';
import { accessModesInvalid } from './access-modes-invalid.ts';
import { claimInvalid } from './claim-invalid.ts';
import { claimSizeMissing } from './claim-size-missing.ts';
import { claimSourceInvalid } from './claim-source-invalid.ts';
import { csiDriverInvalid } from './csi-driver-invalid.ts';
import { csiNodeInvalid } from './csi-node-invalid.ts';
import { csiStorageCapacityInvalid } from './csi-storage-capacity-invalid.ts';
import { persistentVolumeInvalid } from './persistent-volume-invalid.ts';
import { persistentVolumeSourceInvalid } from './persistent-volume-source-invalid.ts';
import { storageClassInvalid } from './storage-class-invalid.ts';
import { volumeAttachmentInvalid } from './volume-attachment-invalid.ts';
import { volumeAttributesClassInvalid } from './volume-attributes-class-invalid.ts';

/** What the API server refuses of volumes, claims, classes and their drivers. */
export const storageRules: readonly Rule[] = [
  accessModesInvalid,
  claimInvalid,
  claimSizeMissing,
  claimSourceInvalid,
  csiDriverInvalid,
  csiNodeInvalid,
  csiStorageCapacityInvalid,
  persistentVolumeInvalid,
  persistentVolumeSourceInvalid,
  storageClassInvalid,
  volumeAttachmentInvalid,
  volumeAttributesClassInvalid,
];
