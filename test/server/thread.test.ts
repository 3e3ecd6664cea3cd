import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Thread } from '../../src/server/thread.ts';
import type { FileQuestion } from '../../src/server/worker-messages.ts';

test('a question that cannot be sent is not in the way of the next one', async (t) => {
  const thread = new Thread();
  t.after(() => thread.dispose());
  const question = { about: 'file', bytes: new TextEncoder().encode('a: 1'), skim: true };
  const ask = (check: unknown): Promise<unknown> => thread.ask({ ...question, check } as FileQuestion);
  await assert.rejects(
    ask(() => null),
    { name: 'DataCloneError' },
  );
  assert.ok(await ask({}));
});
