import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFilter } from '../../../src/features/logs/filter.ts';
import { LogMemory } from '../../../src/features/logs/log-memory.ts';
import { firstChoices, type LogLook } from '../../../src/features/logs/look.ts';

/** Keeps what VS Code would: JSON. */
class Storage {
  readonly values = new Map<string, string>();

  get(key: string): unknown {
    const text = this.values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

function memoryOf(storage: Storage): LogMemory {
  return new LogMemory(storage as ConstructorParameters<typeof LogMemory>[0]);
}

function look(choices: Partial<LogLook['choices']>, filter = ''): LogLook {
  const reading = readFilter(filter);
  assert.ok(reading.ok);
  return { choices: { ...firstChoices, ...choices }, filter: reading.filter };
}

describe('what was chosen of a log', () => {
  test('is there after the window was loaded anew', async () => {
    const storage = new Storage();
    const kept = look(
      { sinceSeconds: 900, previous: true, timestamps: true, containers: ['app', 'proxy'] },
      '!/GET|POST/i',
    );
    await memoryOf(storage).keep('web', kept);
    await memoryOf(storage).keep('api', look({ everything: true }));
    const { choices, filter } = memoryOf(storage).get('web') ?? {};
    assert.deepEqual(choices, kept.choices);
    assert.equal(filter?.text, '!/GET|POST/i');
    assert.deepEqual(filter?.select(['get /a', 'no']), [false, true]);
    assert.equal(memoryOf(storage).get('api')?.choices.everything, true);
    assert.equal(memoryOf(storage).get('other'), null);
  });

  test('is forgotten with the log, and when it is back at the beginning', async () => {
    const storage = new Storage();
    const memory = memoryOf(storage);
    await memory.keep('web', look({ previous: true }));
    await memory.keep('api', look({ previous: true }));
    await memory.forget('web');
    assert.equal(memory.get('web'), null);
    await memory.keep('api', look({}));
    assert.equal(storage.values.size, 0);
  });

  test('is bounded', async () => {
    const storage = new Storage();
    const memory = memoryOf(storage);
    for (let number = 0; number < 200; number++) await memory.keep(`log-${number}`, look({ previous: true }));
    await memory.keep('log-150', look({ timestamps: true }));
    assert.equal(memory.get('log-149'), null);
    assert.equal(memory.get('log-150')?.choices.timestamps, true);
    assert.equal(memory.get('log-199')?.choices.previous, true);
    assert.ok([...storage.values.values()].join('').length < 10_000);
  });

  test('holds no filter that was pasted, and no filter of a log that was closed', async () => {
    const storage = new Storage();
    const memory = memoryOf(storage);
    const token = 'x'.repeat(201);
    await memory.keep('long', look({ previous: true }, token));
    await memory.keep('short', look({}, token.slice(1)));
    assert.equal(memory.get('long')?.filter, null);
    assert.equal(memory.get('short')?.filter?.text.length, 200);
    await memory.forget('short');
    assert.doesNotMatch([...storage.values.values()].join(''), /x/);
  });

  for (const stored of [7, 'x', {}, [1], [['web']], [['web', null]], [['web', 'x']]]) {
    test(`is nothing where ${JSON.stringify(stored)} is stored`, async () => {
      const storage = new Storage();
      await storage.update('logs.looks', stored);
      assert.equal(memoryOf(storage).get('web'), null);
    });
  }

  test('is read as far as it can be', async () => {
    const storage = new Storage();
    await storage.update('logs.looks', [
      ['web', { sinceSeconds: 'x', containers: [1], filter: '/[/', previous: true }],
    ]);
    assert.deepEqual(memoryOf(storage).get('web'), look({ previous: true }));
  });
});
