import type { Mutation } from '../mutation.ts';
import { admissionMutations } from './admission.ts';
import { definitionMutations } from './definitions.ts';
import { deviceMutations } from './devices.ts';
import { networkMutations } from './network.ts';
import { environmentMutations } from './environment.ts';
import { volumeMutations } from './volumes.ts';
import { placementMutations } from './placement.ts';
import { accessMutations } from './access.ts';
import { clusterMutations } from './cluster.ts';
import { configMutations } from './config.ts';
import { containerMutations } from './containers.ts';
import { metadataMutations } from './metadata.ts';
import { podMutations } from './pods.ts';
import { scalingMutations } from './scaling.ts';
import { serviceMutations } from './services.ts';
import { storageMutations } from './storage.ts';
import { structureMutations } from './structure.ts';
import { textMutations } from './text.ts';
import { workloadMutations } from './workloads.ts';

/** Every way of changing a manifest. */
export const mutations: readonly Mutation[] = [
  ...textMutations,
  ...structureMutations,
  ...metadataMutations,
  ...containerMutations,
  ...podMutations,
  ...workloadMutations,
  ...serviceMutations,
  ...scalingMutations,
  ...configMutations,
  ...storageMutations,
  ...accessMutations,
  ...clusterMutations,
  ...admissionMutations,
  ...definitionMutations,
  ...deviceMutations,
  ...networkMutations,
  ...environmentMutations,
  ...volumeMutations,
  ...placementMutations,
];
