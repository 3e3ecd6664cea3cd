/** The thread that makes a schema of a cluster's documents: megabytes of JSON that would hold up every answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { compile, type CompileTask } from './compile.ts';

compile(workerData as CompileTask);
parentPort?.postMessage('done');
