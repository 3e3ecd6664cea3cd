import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Something that takes minutes to make and is kept outside the checkout, for every checkout of this user. */
export interface Product {
  readonly name: string;
  /** All that decides what comes out: versions, sources, flags. Another input is another product. */
  readonly inputs: readonly string[];
  /** Makes it in `folder`, which is empty and becomes the product when this resolves. */
  build(folder: string, report: Report): Promise<void>;
}

/** Told what is being done, in a few words. */
export type Report = (text: string) => void;

/** Where products are kept: below ELASTIC_BENCH_CACHE, else below the user's cache. */
export function cacheFolder(): string {
  const { ELASTIC_BENCH_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  return join(own || xdg || join(homedir(), '.cache'), 'elastic-containers-bench');
}

function productFolder(product: Product): string {
  const hash = createHash('sha256').update(JSON.stringify(product.inputs)).digest('hex').slice(0, 12);
  return join(cacheFolder(), `${product.name}-${hash}`);
}

export function isBuilt(product: Product): boolean {
  return existsSync(productFolder(product));
}

/** The product's folder; built first where it is absent, by one process at a time. */
export async function ensureProduct(product: Product, report: Report): Promise<string> {
  const folder = productFolder(product);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const release = await lock(`${folder}.lock`, () =>
    report(`waiting for another run that builds ${product.name}`),
  );
  try {
    if (!existsSync(folder)) await buildInto(folder, product, report);
    return folder;
  } finally {
    release();
  }
}

/** Built aside and renamed into place: a product is either whole or not there. */
async function buildInto(folder: string, product: Product, report: Report): Promise<void> {
  const aside = await mkdtemp(`${folder}.building-`);
  try {
    await product.build(aside, report);
    await rename(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/**
 * Waits for the lock on `file` and returns how to release it. The kernel holds it for a child that lives as long
 * as its standard input: if this process dies, whatever the way, the lock is free again.
 */
async function lock(file: string, onWait: () => void): Promise<() => void> {
  const child = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = setTimeout(onWait, 1000);
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`flock ended with ${code}`)));
    });
  } finally {
    clearTimeout(waiting);
  }
  return () => child.stdin.end();
}
