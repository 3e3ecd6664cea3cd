// Outlives the process that started it, to take down what that left behind. See watchOverThisProcess in runs.ts.
import { sweepDeadRuns } from './leftovers.ts';

process.stdin.resume();
process.stdin.once('end', () => void sweepDeadRuns());
