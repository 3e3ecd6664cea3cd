import { testCases } from '../server-cases.ts';
import { cases as scheduling } from './cases/scheduling.ts';
import { cases as security } from './cases/security.ts';
import { cases as spec } from './cases/spec.ts';
import { cases as volumes } from './cases/volumes.ts';

testCases('specs of pods', spec);
testCases('where pods run', scheduling);
testCases('who pods are', security);
testCases('volumes of pods', volumes);
