import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../harness/cache.ts';
import type { Seed } from './seeds.ts';
import type { Answer } from './server.ts';

/** The objects that the server is given before it is asked. */
export const clusterState = readFileSync(join(import.meta.dirname, 'cluster-state.yaml'), 'utf8');

/** Version of the API server that the bench builds. */
export function serverVersion(): string {
  const modules = readFileSync(join(import.meta.dirname, '../harness/kube/go.mod'), 'utf8');
  const version = /k8s\.io\/kubernetes (v[0-9.]+)/.exec(modules)?.[1];
  if (version === undefined) throw new Error('The go.mod of the bench names no version of Kubernetes.');
  return version;
}

/**
 * Answers of the server, kept outside the checkout by what was asked: the same version in the same state says the
 * same of the same text, so only new cases need a server.
 */
export class Answers {
  readonly #file: string;
  readonly #known = new Map<string, Answer>();

  constructor() {
    this.#file = join(cacheFolder(), 'agreement', `${serverVersion()}-${hash(clusterState)}.jsonl`);
    if (!existsSync(this.#file)) return;
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      // The last line may have been cut short by the end of its writer.
      if (!line.endsWith(']')) continue;
      const [key, answer] = JSON.parse(line) as [string, Answer];
      this.#known.set(key, answer);
    }
  }

  get(seed: Seed, text: string): Answer | null {
    return this.#known.get(keyOf(seed, text)) ?? null;
  }

  add(seed: Seed, text: string, answer: Answer): void {
    const key = keyOf(seed, text);
    this.#known.set(key, answer);
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify([key, answer])}\n`);
  }
}

function keyOf(seed: Seed, text: string): string {
  return hash(`${seed.apiVersion} ${seed.kind}\n${text}`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}
