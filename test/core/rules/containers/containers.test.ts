import { testCases } from '../server-cases.ts';
import { cases as names } from './cases/names.ts';
import { cases as probes } from './cases/probes.ts';
import { cases as resources } from './cases/resources.ts';
import { cases as security } from './cases/security.ts';

testCases('names, images and variables of containers', names);
testCases('ports, probes and restarts of containers', probes);
testCases('resources of containers and pods', resources);
testCases('security and mounts of containers', security);
