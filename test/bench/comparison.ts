/** The same work done by us and by another, several times in turn on one machine, in one run. */
export interface Comparison {
  readonly name: string;
  /** What ours is measured against. */
  readonly against: string;
  /** Of the samples: `ms`, `MB` … */
  readonly unit: string;
  /** In the order in which they were taken: the nth of ours and the nth of theirs are neighbours in time. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** The ratio aimed at, or less. */
  readonly target?: number;
}

export interface Ratio {
  /** Median of ours by median of theirs. */
  readonly ratio: number;
  /** The middle half of the ratios of neighbours. */
  readonly spread: readonly [low: number, high: number];
  readonly ours: number;
  readonly theirs: number;
}

export function ratioOf({ ours, theirs }: Comparison): Ratio {
  const ratios = ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
  const [our, their] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
  return {
    ratio: our / their,
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    ours: our,
    theirs: their,
  };
}

/** The value below which `share` of the samples lie, between two of them where need be. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  // What never happened took infinitely long.
  return low === high ? low : low + (high - low) * (place % 1);
}

/** The comparisons as an aligned table. */
export function table(comparisons: readonly Comparison[]): string {
  const rows = [
    ['', 'ratio', 'middle half', 'target', 'ours', 'theirs', 'against'],
    ...comparisons.map(rowOf),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        // Words to the left, figures to the right.
        .map((cell, column) =>
          column === 0 || column === row.length - 1
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowOf(comparison: Comparison): readonly string[] {
  const { name, against, unit, target, ours: samples } = comparison;
  const { ratio, spread, ours, theirs } = ratioOf(comparison);
  return [
    name,
    figure(ratio),
    samples.length > 1 ? spread.map(figure).join('–') : '',
    target === undefined ? '' : `${ratio <= target ? '✓' : '✗'} ≤ ${target}`,
    `${figure(ours)} ${unit}`,
    `${figure(theirs)} ${unit}`,
    against,
  ];
}

/** Three digits that count. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
