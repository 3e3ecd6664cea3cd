import { testCases } from '../server-cases.ts';
import { cases } from './cases.ts';

testCases('storage', cases);
