/**
 * Ten thousand pods on a thousand nodes of a real API server, shown by the tree of clusters and by `kubectl get pods`,
 * each in a process of its own, in turn.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Report } from '../harness/cache.ts';
import { ensureKube } from '../harness/kubernetes-build.ts';
import type { Comparison } from './comparison.ts';
import type { ExplorerSample } from './explorer-watcher.ts';
import { withPods } from './pods.ts';
import { storm } from './storm.ts';

const podCount = 10_000;
const rounds = 5;

interface KubectlSample {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export async function explorer(report: Report): Promise<readonly Comparison[]> {
  return withPods(podCount, report, async (kubeconfig) => {
    report(`listing them ${rounds} times each`);
    const kube = await ensureKube(report);
    const ours: ExplorerSample[] = [];
    const theirs: KubectlSample[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await watcherSample(kubeconfig));
      theirs.push(await kubectlSample(kube, kubeconfig));
    }
    return [...comparisons(ours, theirs), ...(await storm(report))];
  });
}

function comparisons(
  ours: readonly ExplorerSample[],
  theirs: readonly KubectlSample[],
): readonly Comparison[] {
  const against = 'kubectl get pods --chunk-size=500';
  const pods = `${podCount.toLocaleString('en')} pods`;
  const wall = theirs.map(({ wallMs }) => wallMs);
  return [
    {
      name: `${pods}, first rows`,
      against,
      unit: 'ms',
      ours: ours.map(({ firstMs }) => firstMs),
      theirs: wall,
      target: 0.15,
    },
    {
      name: `${pods}, all`,
      against,
      unit: 'ms',
      ours: ours.map(({ wallMs }) => wallMs),
      theirs: wall,
      target: 1,
    },
    {
      name: `${pods}, CPU`,
      against,
      unit: 'ms',
      ours: ours.map(({ cpuMs }) => cpuMs),
      theirs: theirs.map(({ cpuMs }) => cpuMs),
      target: 0.3,
    },
    {
      name: `${pods}, peak of memory`,
      against: 'the 40 MB allowed',
      unit: 'MB',
      ours: ours.map(({ peakMb }) => peakMb),
      theirs: ours.map(() => 40),
      target: 1,
    },
    {
      name: `${pods}, longest block`,
      against: 'the 50 ms allowed',
      unit: 'ms',
      ours: ours.map(({ blockMs }) => blockMs),
      theirs: ours.map(() => 50),
      target: 1,
    },
    {
      name: `${pods}, memory kept`,
      against: "kubectl's peak",
      unit: 'MB',
      ours: ours.map(({ keptMb }) => keptMb),
      theirs: theirs.map(({ peakMb }) => peakMb),
    },
  ];
}

async function watcherSample(kubeconfig: string): Promise<ExplorerSample> {
  const child = fork(join(import.meta.dirname, 'explorer-watcher.ts'), [kubeconfig], {
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The watcher ended with ${String(code)}.`);
  });
  ended.catch(() => undefined);
  const [sample] = (await Promise.race([once(child, 'message'), ended])) as [ExplorerSample];
  await ended.catch(() => undefined);
  if (sample.pods !== podCount) throw new Error(`${sample.pods} of ${podCount} pods were listed.`);
  return sample;
}

/** Measured by GNU time, which prints what the kernel counted for its child. */
async function kubectlSample(kube: string, kubeconfig: string): Promise<KubectlSample> {
  const get = ['get', 'pods', '-A', '--no-headers', '--chunk-size=500'];
  const child = spawn('time', ['-f', '%e %U %S %M', kube, 'kubectl', '--kubeconfig', kubeconfig, ...get], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let lines = 0;
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) lines += 1;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0 || lines !== podCount)
    throw new Error(`kubectl listed ${lines} pods and ended with ${code}: ${told}`);
  const [elapsed = 0, user = 0, system = 0, kilobytes = 0] = told.trim().split(/\s+/).map(Number);
  return { wallMs: elapsed * 1000, cpuMs: (user + system) * 1000, peakMb: (kilobytes * 1024) / 1e6 };
}
