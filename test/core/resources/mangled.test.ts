/** Whatever a server, or somebody between, sends: nothing throws, and what is said are words. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  allocatableOf,
  clusterUse,
  containersOf,
  customKindFacts,
  describeObject,
  endpointsOf,
  eventFacts,
  Failovers,
  helmRelease,
  keysOf,
  nodeHeartbeat,
  nodeUse,
  podSighting,
  quotaUse,
  summarize,
  tableCells,
  useWords,
} from '../../../src/core/index.ts';
import type { Message } from '../../../src/core/index.ts';
import { Random } from '../random.ts';
import { applicationCases } from './cases-application.ts';
import { clusterCases } from './cases-cluster.ts';
import { customCases } from './cases-custom.ts';
import { richPod } from './rich-pod.ts';
import { now, read, say } from './support.ts';

const junk: readonly unknown[] = [
  null,
  undefined,
  0,
  -1,
  1e21,
  NaN,
  true,
  false,
  '',
  'x',
  '__proto__',
  '2026-13-45T99:99:99Z',
  '999999999999999999999999999999E',
  [],
  [null],
  [[[]]],
  [3, 'x', {}],
  {},
  { constructor: 1, toString: 2, hasOwnProperty: 3 },
  { '': '' },
  Object.create(null),
];

/** A copy of a value with some of its parts replaced. */
function mangle(value: unknown, random: Random, chance: number): unknown {
  if (random.next() < chance) return random.pick(junk.map((one) => ({ one }))).one;
  if (Array.isArray(value)) return value.map((item) => mangle(item, random, chance));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mangle(item, random, chance)]));
}

function checkMessage(message: Message): void {
  const text = say(message);
  assert.equal(typeof text, 'string');
  assert.doesNotMatch(text, /undefined|\[object/);
  for (const argument of message.args) assert.match(typeof argument, /string|number/);
}

function checkSaid(object: unknown, other: unknown): void {
  const columns = customKindFacts(other)?.columns ?? [];
  for (const summary of [summarize(object, now), summarize(object, now, columns)]) {
    assert.ok(summary.words.length <= 4);
    const said = [...summary.words, ...summary.facts.flatMap(({ name, value }) => [name, value])];
    for (const message of summary.reason === null ? said : [...said, summary.reason]) checkMessage(message);
    assert.ok(summary.since === undefined || Number.isFinite(summary.since));
  }
  const related = {
    events: [object, other],
    pods: [other, object],
    now,
    lease: other,
    endpointSlices: [other],
  };
  for (const { title, facts, table, note } of describeObject(object, related)) {
    for (const { name, value } of facts) [name, value].forEach(checkMessage);
    [title, ...(note === null ? [] : [note]), ...(table?.columns ?? [])].forEach(checkMessage);
    for (const row of table?.rows ?? []) {
      assert.equal(row.length, table?.columns.length);
      row.forEach(checkMessage);
    }
  }
}

function checkRead(object: unknown, other: unknown): void {
  for (const row of containersOf(object)) assert.equal(typeof row.text, 'string');
  for (const key of keysOf(object)) assert.ok(key.bytes >= 0);
  for (const { used, hard } of quotaUse(object)) assert.equal(typeof (used.nano + hard.nano), 'bigint');
  for (const endpoint of endpointsOf(object)) assert.ok(Array.isArray(endpoint.addresses));
  assert.ok(eventFacts(object).count >= 1);
  const release = helmRelease(object);
  assert.ok(release === null || Number.isFinite(release.revision));
  assert.equal(typeof nodeHeartbeat(object, other, now).late, 'boolean');
  allocatableOf(object).forEach(({ nano }) => assert.equal(typeof nano, 'bigint'));
  useWords(nodeUse(object, [other])).forEach(checkMessage);
  useWords(clusterUse([object, other], [object, other])).forEach(checkMessage);
  tableCells(customKindFacts(object)?.columns ?? [], other, now).forEach((cell) =>
    assert.equal(typeof cell, 'string'),
  );
  const failovers = new Failovers();
  const pod = podSighting(object);
  const node = pod.node ?? 'n-1';
  failovers.observe({
    ...{
      type: 'nodeLost',
      at: now,
      node,
      cause: 'silent',
      lastBeat: null,
      leaseDuration: null,
      reason: null,
    },
    pods: [pod, podSighting(other)],
  });
  failovers.observe({ type: 'pod', at: now + 1, pod: podSighting(other) });
  for (const { headline, outcome, pods } of failovers.stories(now + 2)) {
    [headline, ...outcome, ...pods.map(({ text }) => text)].forEach(checkMessage);
  }
}

const objects = [...clusterCases, ...applicationCases, ...customCases]
  .filter(({ object }) => object.length < 10_000)
  .map(({ object }) => read(object))
  .concat(richPod);

describe('mangled objects', () => {
  for (const chance of [0.02, 0.15]) {
    test(`a part in ${Math.round(1 / chance)} is junk`, () => {
      const random = new Random(chance * 1_000);
      for (let round = 0; round < 25; round++) {
        for (const object of objects) {
          const mangled = mangle(object, random, chance);
          const other = mangle(random.pick(objects), random, chance);
          try {
            checkSaid(mangled, other);
            checkRead(mangled, other);
          } catch (error) {
            throw new Error(`on ${JSON.stringify(mangled)} beside ${JSON.stringify(other)}`, {
              cause: error,
            });
          }
        }
      }
    });
  }

  test('nested deeper than a stack', () => {
    const deep = JSON.parse(`${'['.repeat(9_000)}${']'.repeat(9_000)}`) as unknown;
    const container = { name: 'app', resources: deep };
    const object = {
      kind: 'Crane',
      apiVersion: 'x/v1',
      metadata: deep,
      spec: { deep, containers: [container] },
    };
    checkSaid(object, object);
    checkRead(object, object);
    const column = { name: 'Deep', type: 'string', priority: 0 };
    for (const jsonPath of ['.spec.deep', `${'[?(@'.repeat(5_000)}==1`]) {
      assert.deepEqual(tableCells([{ ...column, jsonPath }], object, now), ['']);
    }
  });

  test('junk alone', () => {
    for (const one of junk) {
      for (const other of junk) {
        checkSaid(one, other);
        checkRead(one, other);
      }
    }
  });
});
