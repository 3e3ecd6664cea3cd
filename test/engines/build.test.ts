import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Engine, findEngine } from '../../src/engines/index.ts';
import { sharedEngine, type SharedEngine } from '../harness/shared.ts';
import { base, BuildFolder, failureOf, LogRecorder, quietRun } from './bench.ts';

let shared: SharedEngine;
let folder: BuildFolder;

before(async () => {
  shared = await sharedEngine();
  folder = await BuildFolder.make();
});
after(async () => {
  await folder.remove();
  await shared.release();
});

/** Both ways docker builds: what they print has nothing in common. */
const builders = [
  { builder: 'BuildKit', env: {} },
  { builder: 'classic builder', env: { DOCKER_BUILDKIT: '0' } },
] as const;

for (const { builder, env } of builders) {
  describe(`build with the ${builder}`, () => {
    const log = new LogRecorder();
    const name = builder === 'BuildKit' ? 'kit' : 'classic';
    let engine: Engine;
    before(async () => {
      engine = await findEngine('auto', { ...shared.env, ...env }, { log });
    });

    const build = (dockerfile: string, options: { tag?: string; onOutput?: (chunk: string) => void } = {}) =>
      engine.build(
        { context: folder.path, dockerfile, tags: [options.tag ?? `bench/${name}:1`] },
        { ...quietRun(), ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }) },
      );

    test('an image comes out, with its id, and the output went by', async () => {
      let output = '';
      const dockerfile = await folder.dockerfile('Dockerfile', [
        ...base,
        `RUN echo built by ${name} > /built`,
      ]);
      const built = await build(dockerfile, { onOutput: (chunk) => (output += chunk) });
      assert.match(built.imageId, /^sha256:[0-9a-f]{64}$/);
      assert.equal(built.reference, `bench/${name}:1`);
      assert.ok(output.includes(`RUN echo built by ${name}`), output);
      const info = await engine.imageInfo(built.reference);
      assert.equal(info?.id, built.imageId);
      assert.ok((info?.bytes ?? 0) > 1_000_000);
      assert.ok((info?.created ?? 0) > Date.parse('2020-01-01'));
    });

    test('build arguments reach the build and stay out of the log; a target stops at its stage', async () => {
      const dockerfile = await folder.dockerfile('args.Dockerfile', [
        ...base,
        'FROM base AS checked',
        'ARG TOKEN',
        'RUN test "$TOKEN" = "hush hush"',
        'FROM base',
        'RUN false',
      ]);
      const tags = [`bench/${name}:args`, `bench/${name}:more`] as const;
      await engine.build(
        {
          context: folder.path,
          dockerfile,
          tags: [...tags],
          buildArgs: { TOKEN: 'hush hush' },
          target: 'checked',
          platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`,
        },
        quietRun(),
      );
      for (const tag of tags) assert.notEqual(await engine.imageInfo(tag), null);
      assert.ok(log.lines.some((line) => line.includes('--build-arg=TOKEN=***')));
      assert.ok(!log.lines.some((line) => line.includes('hush')));
    });

    test('a step that fails is named with its line and exit code', async () => {
      const dockerfile = await folder.dockerfile('fail.Dockerfile', [
        ...base,
        '# a comment',
        `RUN echo ${name} && \\`,
        '    sh -c "exit 7"',
        'RUN echo never',
      ]);
      const error = await failureOf(build(dockerfile));
      assert.equal(error.code, 'buildFailed');
      assert.equal(error.line, 6);
      assert.match(error.message, /^Line 6 failed, "RUN echo \w+ && sh -c "exit 7"": exit code 7\. /);
    });

    test('a file that is not there is named', async () => {
      const dockerfile = await folder.dockerfile('copy.Dockerfile', [...base, 'COPY settings.json /']);
      const error = await failureOf(build(dockerfile));
      assert.equal(error.code, 'buildFailed');
      assert.equal(error.line, 5);
      assert.ok(error.message.startsWith(`settings.json is not in ${folder.path}, `), error.message);
    });

    test('a Dockerfile that cannot be read', async () => {
      const dockerfile = await folder.dockerfile('syntax.Dockerfile', ['FROM scratch', '', 'CPOY a b']);
      const error = await failureOf(build(dockerfile));
      assert.equal(error.code, 'buildFailed');
      assert.equal(error.line, 3);
      assert.match(error.message, /^Line 3 of the Dockerfile cannot be read: unknown instruction: CPOY/);
    });

    test('a base image whose registry does not answer', async () => {
      const dockerfile = await folder.dockerfile('base.Dockerfile', ['FROM 127.0.0.1:9/base:1', 'RUN true']);
      const error = await failureOf(build(dockerfile));
      assert.equal(error.code, 'buildFailed');
      assert.match(error.message, /^The base image cannot be fetched: 127\.0\.0\.1:9 does not answer\. /);
    });

    test('Cancel ends the build and leaves nothing running', async () => {
      // A number nobody else sleeps: the process is found by it.
      const seconds = `98${process.pid}${name === 'kit' ? 1 : 2}`;
      const dockerfile = await folder.dockerfile('slow.Dockerfile', [
        ...base,
        `RUN echo ${seconds}; sleep ${seconds}`,
      ]);
      const controller = new AbortController();
      let output = '';
      let begun: () => void = () => undefined;
      const running = new Promise<void>((resolve) => (begun = resolve));
      const result = failureOf(
        engine.build(
          { context: folder.path, dockerfile, tags: [`bench/${name}:slow`] },
          {
            signal: controller.signal,
            onOutput: (chunk) => {
              output += chunk;
              // Printed by the step itself, so the sleep is about to begin.
              if (new RegExp(`^(?:#\\d+ [\\d.]+ )?${seconds}$`, 'm').test(output)) begun();
            },
          },
        ),
      );
      await running;
      await until(() => processesWith(`sleep ${seconds}`).length > 0);
      controller.abort();
      assert.equal((await result).code, 'cancelled');
      await until(() => processesWith(seconds).length === 0);
      assert.deepEqual(processesWith('slow.Dockerfile'), []);
      assert.equal(await engine.imageInfo(`bench/${name}:slow`), null);
    });
  });
}

test('what is missing on disk is said before an engine is started', async () => {
  const engine = await findEngine('docker', shared.env);
  const request = {
    context: folder.path,
    dockerfile: join(folder.path, 'none'),
    tags: ['app:1'] as [string],
  };
  const noFile = await failureOf(engine.build(request, quietRun()));
  assert.equal(noFile.code, 'notFound');
  const noFolder = await failureOf(
    engine.build({ ...request, context: join(folder.path, 'gone') }, quietRun()),
  );
  assert.equal(noFolder.code, 'notFound');
});

test('a name that is none never becomes an argument', async () => {
  const log = new LogRecorder();
  const engine = await findEngine('docker', shared.env, { log });
  log.lines.length = 0;
  const dockerfile = await folder.dockerfile('Dockerfile', base);
  for (const tag of ['--privileged', 'App:1', 'a b', '', `app@sha256:${'0'.repeat(64)}`]) {
    const error = await failureOf(
      engine.build({ context: folder.path, dockerfile, tags: [tag] }, quietRun()),
    );
    assert.equal(error.code, 'invalidReference');
    assert.equal((await failureOf(engine.push(tag, quietRun()))).code, 'invalidReference');
  }
  assert.equal((await failureOf(engine.imageInfo('--help'))).code, 'invalidReference');
  assert.deepEqual(log.lines, []);
});

/** Command lines of processes that hold `text`. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        // It ended while it was looked at.
        return '';
      }
    })
    .filter((line) => line.includes(text));
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('It did not come to pass.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
