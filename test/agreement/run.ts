import type { Report } from '../harness/cache.ts';
import { startCluster } from '../harness/cluster.ts';
import { Answers, clusterState, serverVersion } from './answers.ts';
import { compare, type Comparison, isVerdict } from './compare.ts';
import { mutations } from './mutations/index.ts';
import { type Case, planCases } from './plan.ts';
import { readSeeds } from './seeds.ts';
import { type Answer, ApiServer } from './server.ts';

export interface RunOptions {
  /** At least one case of every mutation on every kind there is, whatever the number. */
  readonly cases: number;
  readonly seed: number;
  /** Which of the planned cases are wanted. */
  readonly wanted: (one: Case) => boolean;
  /** Never start a server: compare only what was answered before. */
  readonly offline: boolean;
}

export interface RunResult {
  readonly comparisons: readonly Comparison[];
  /** Cases in which the cluster decided and not the manifest. */
  readonly undecided: readonly { readonly case: Case; readonly answer: Answer }[];
  /** Cases that no server was asked about; only offline. */
  readonly unanswered: number;
  /** Untouched manifests that the server refuses: a mistake of the harness. */
  readonly badSeeds: readonly { readonly name: string; readonly message: string }[];
}

export const defaults = { cases: 6500, seed: 1 } as const;

/** How many manifests the server reads at a time. */
const IN_FLIGHT = 16;

/** Asks the API server and the core about the same manifests. */
export async function runAgreement(options: RunOptions, report: Report): Promise<RunResult> {
  const planned = planCases(readSeeds(), mutations, options.cases, options.seed).filter(options.wanted);
  const answers = new Answers();
  const open = planned.filter(({ seed, text }) => answers.get(seed, text) === null);
  report(`${planned.length} cases, ${open.length} of them new`);
  if (open.length > 0 && !options.offline) await ask(open, answers, report);
  const comparisons: Comparison[] = [];
  const undecided: { case: Case; answer: Answer }[] = [];
  let unanswered = 0;
  for (const one of planned) {
    const answer = answers.get(one.seed, one.text);
    if (answer === null) unanswered++;
    else if (isVerdict(answer)) comparisons.push(compare(one, answer));
    else undecided.push({ case: one, answer });
  }
  const badSeeds = comparisons
    .filter(({ accepted, case: { mutation } }) => mutation.name === 'none' && !accepted)
    .map(({ case: { seed }, message }) => ({ name: seed.name, message }));
  return { comparisons, undecided, unanswered, badSeeds };
}

async function ask(cases: readonly Case[], answers: Answers, report: Report): Promise<void> {
  const cluster = await startCluster({ parts: 'api', report });
  try {
    await cluster.kubectl(['apply', '-f', '-'], clusterState);
    const server = await ApiServer.open(cluster.kubeconfig);
    const version = await server.version();
    if (version !== serverVersion()) throw new Error(`The server is ${version}, not ${serverVersion()}.`);
    report(`asking ${version}`);
    const queue = cases.values();
    const worker = async (): Promise<void> => {
      for (const { seed, text } of queue) answers.add(seed, text, await server.create(seed, text));
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    server.close();
  } finally {
    await cluster.stop();
  }
}
