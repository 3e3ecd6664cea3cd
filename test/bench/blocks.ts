/** The part of V8's CPU profile that is read here. Times in µs. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly startTime: number;
  /** Ids of nodes, one each time somebody looked. */
  readonly samples?: readonly number[];
  /** Before each sample. */
  readonly timeDeltas?: readonly number[];
}

/** A stretch of time in which somebody's code ran without a break. */
export interface Block {
  readonly ms: number;
  /** Since the start of the profile, in ms. */
  readonly at: number;
  /** What ran longest in it, the heaviest first. */
  readonly heaviest: readonly string[];
}

/**
 * Samples are a quarter of this apart. One that comes later was not taken because the thread had no processor: what
 * else the machine does is nobody's block.
 */
const longestSample = 1_000;

/** How much of what the thread did the samples saw: where the machine is busy, some are not taken at all. */
function seen({ nodes, samples = [], timeDeltas = [] }: CpuProfile, processorMs: number): number {
  const idle = new Set(
    nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id),
  );
  const us = samples.map((id, index) =>
    idle.has(id) ? 0 : Math.min(timeDeltas[index + 1] ?? 0, longestSample),
  );
  return Math.min(1, us.reduce((sum, one) => sum + one, 0) / 1000 / processorMs);
}

/**
 * Stretches in which code from certain files was at work or waited for what it called, the longest first. What the
 * garbage collector does in the middle of one is part of it; two that follow each other at once count as one, so that
 * none is told too short. `processorMs`: what the thread had of a processor in all.
 */
export function blocksOf(
  profile: CpuProfile,
  processorMs: number,
  isOurs: (url: string) => boolean,
): readonly Block[] {
  const share = seen(profile, processorMs);
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const ours = nodesUnder(profile, isOurs);
  const blocks: Block[] = [];
  const { samples = [], timeDeltas = [] } = profile;
  let time = 0;
  let open: { readonly start: number; us: number; readonly parts: Map<string, number> } | null = null;
  const close = (): void => {
    if (open === null) return;
    const parts = [...open.parts].sort(([, one], [, other]) => other - one);
    blocks.push({
      ms: open.us / 1000 / share,
      at: open.start / 1000,
      heaviest: parts.slice(0, 4).map(([name, us]) => `${name} ${(us / 1000).toFixed(1)}`),
    });
    open = null;
  };
  samples.forEach((id, index) => {
    time += timeDeltas[index] ?? 0;
    const next = Math.min(timeDeltas[index + 1] ?? 0, longestSample);
    const isGarbage = names.get(id) === '(garbage collector)';
    if (!ours.has(id) && !(isGarbage && open !== null)) return close();
    open ??= { start: time, us: 0, parts: new Map() };
    open.us += next;
    const label = isGarbage ? 'garbage collector' : (ours.get(id) ?? '');
    open.parts.set(label, (open.parts.get(label) ?? 0) + next);
  });
  close();
  return blocks.sort((one, other) => other.ms - one.ms);
}

/** Nodes that certain code is on the stack of, and a name of what runs there. */
function nodesUnder({ nodes }: CpuProfile, isOurs: (url: string) => boolean): ReadonlyMap<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<number, string>();
  const roots = nodes.filter(({ callFrame }) => isOurs(callFrame.url));
  const visit = (id: number): void => {
    const node = byId.get(id);
    if (node === undefined || found.has(id)) return;
    const { functionName, url, lineNumber } = node.callFrame;
    found.set(
      id,
      `${functionName || '(anonymous)'} ${url.slice(url.lastIndexOf('/') + 1)}:${lineNumber + 1}`,
    );
    node.children?.forEach(visit);
  };
  roots.forEach(({ id }) => visit(id));
  return found;
}
