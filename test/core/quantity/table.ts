/**
 * Makes `test/fixtures/reference/quantity-arithmetic.json`: what `resource.Quantity` of k8s.io/apimachinery says of
 * some thousand pairs of quantities. To be run again when another version is to be followed: `node
 * test/core/quantity/table.ts`; the module comes through the Go module proxy.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { findGo } from '../../harness/go.ts';
import { Random } from '../random.ts';
import { pairOf } from './texts.ts';

const pairs = 2500;

const random = new Random(2026);
const input = JSON.stringify(Array.from({ length: pairs }, () => pairOf(random)));
const go = await findGo(console.log);
const { stdout, stderr, status } = spawnSync(go, ['run', '-mod=readonly', '.'], {
  cwd: import.meta.dirname,
  input,
  encoding: 'utf8',
  maxBuffer: 64_000_000,
});
if (status !== 0) throw new Error(stderr);
const rows = stdout.trim().split('\n');
const file = new URL('../../fixtures/reference/quantity-arithmetic.json', import.meta.url);
writeFileSync(file, `[\n${rows.join(',\n')}\n]\n`);
console.log(`${rows.length} rows`);
