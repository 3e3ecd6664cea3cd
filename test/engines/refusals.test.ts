import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildFailure } from '../../src/engines/build-failure.ts';
import { notRunningSentence } from '../../src/engines/daemon.ts';
import type { EngineErrorCode, EngineName } from '../../src/engines/index.ts';
import { pushFailure } from '../../src/engines/registry.ts';
import { formatMessage } from '../../src/core/index.ts';

/**
 * What engines printed that the bench cannot be made to print in reasonable time: docker tries some pushes for
 * a minute, and podman, nerdctl and newer docker clients are not on it.
 */
describe('what engines say of a push', () => {
  const target = {
    reference: 'r.example/team/app:1',
    registry: 'r.example',
    repository: 'team/app',
    tag: '1',
  };
  const recorded: readonly [EngineName, string, EngineErrorCode, string][] = [
    ['docker', 'name invalid: refused', 'pushRefused', 'r.example does not accept the name team/app.'],
    [
      'docker',
      'received unexpected HTTP status: 500 Internal Server Error',
      'pushRefused',
      'r.example failed with 500',
    ],
    [
      'docker',
      'error parsing HTTP 413 response body: no error details',
      'pushRefused',
      'r.example has no room',
    ],
    ['docker', 'toomanyrequests: slow down', 'pushRefused', 'r.example takes no more requests'],
    [
      'docker',
      'tag invalid: The tag 1 is immutable',
      'pushRefused',
      'r.example does not let the tag 1 be written again',
    ],
    [
      'docker',
      'unauthorized: authentication required',
      'unauthorized',
      'r.example wants a login. Run "docker login',
    ],
    [
      'docker',
      'denied: requested access to the resource is denied',
      'denied',
      'r.example does not let you push',
    ],
    [
      'docker',
      'Get "https://r.example/v2/": dial tcp: lookup r.example: no such host',
      'unreachable',
      'r.example was not found',
    ],
    [
      'docker',
      'Get "https://r.example/v2/": net/http: TLS handshake timeout',
      'unreachable',
      'r.example did not answer in time',
    ],
    [
      'podman',
      'Error: pinging container registry r.example: Get "https://r.example/v2/": http: server gave HTTP response to HTTPS client',
      'plainHttp',
      'r.example speaks plain HTTP, which podman refuses. Use HTTPS, or mark it as insecure in registries.conf.',
    ],
    [
      'podman',
      'Error: team/app:1: image not known',
      'notFound',
      'There is no image r.example/team/app:1 on this machine',
    ],
    [
      'nerdctl',
      'time="now" level=fatal msg="failed to authorize: 401 Unauthorized"',
      'unauthorized',
      'r.example wants a login. Run "nerdctl login r.example"',
    ],
  ];
  for (const [engine, output, code, sentence] of recorded) {
    test(`${engine}: ${output.slice(0, 60)}`, () => {
      const error = pushFailure(engine, target, `The push refers to repository\n\n${output}\n`);
      assert.equal(error.code, code);
      assert.ok(error.message.startsWith(sentence), error.message);
    });
  }
});

describe('what engines say of a build', () => {
  const request = { context: '/src', dockerfile: '/src/Dockerfile', tags: ['app:1'] as [string] };
  const dockerfile = 'FROM alpine:3\n\nRUN make \\\n  all\n';
  const recorded: readonly { engine: EngineName; output: string[]; line: number | null; sentence: string }[] =
    [
      {
        engine: 'docker',
        output: [
          '------',
          ' > [2/2] RUN make   all:',
          '0.1 make: not found',
          '------',
          'Dockerfile:3',
          '--------------------',
          '   3 | >>> RUN make \\',
          '--------------------',
          'ERROR: failed to solve: process "/bin/sh -c make   all" did not complete successfully: exit code: 127',
        ],
        line: 3,
        sentence: 'Line 3 failed, "RUN make all": exit code 127.',
      },
      {
        engine: 'podman',
        output: [
          'STEP 1/2: FROM alpine:3',
          'STEP 2/2: RUN make   all',
          '/bin/sh: make: not found',
          'Error: building at STEP "RUN make   all": while running runtime: exit status 127',
        ],
        line: 3,
        sentence: 'Line 3 failed, "RUN make all": exit code 127.',
      },
      {
        engine: 'podman',
        output: [
          '[1/2] STEP 1/1: FROM scratch AS base',
          '[2/2] STEP 1/2: FROM alpine:3',
          'Error: creating build container: short-name "alpine:3" did not resolve to an alias',
        ],
        line: 1,
        sentence: 'podman does not know the registry of alpine:3. Write it in FROM',
      },
      {
        engine: 'podman',
        output: [
          'STEP 2/2: COPY settings.json /',
          'Error: building at STEP "COPY settings.json /": checking on sources under "/src": copier: stat: "/settings.json": no such file or directory',
        ],
        line: null,
        sentence: 'settings.json is not in /src, the folder that is built',
      },
      {
        engine: 'podman',
        output: [
          'STEP 2/2: RUN make   all',
          'Error: building at STEP "RUN make   all": cannot set up the container: no such device',
        ],
        line: 3,
        sentence: 'Line 3 failed, "RUN make all": cannot set up the container: no such device.',
      },
      {
        engine: 'docker',
        output: [
          'ERROR: failed to solve: alpine:3: failed to resolve source metadata for docker.io/library/alpine:3: docker.io/library/alpine:3: not found',
        ],
        line: null,
        sentence: 'The base image docker.io/library/alpine:3 does not exist or wants a login.',
      },
      {
        engine: 'docker',
        output: ['Step 1/2 : FROM alpine:3', 'pull access denied for alpine, repository does not exist'],
        line: 1,
        sentence: 'The base image alpine does not exist or wants a login.',
      },
      {
        engine: 'docker',
        output: [
          ' > [1/2] COPY settings.json /:',
          'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref 9v::k7: "/settings.json": not found',
        ],
        line: null,
        sentence: 'settings.json is not in /src, the folder that is built',
      },
      {
        engine: 'docker',
        output: ['ERROR: failed to solve: write /var/lib/docker/x: no space left on device'],
        line: null,
        sentence: 'The disk of docker is full.',
      },
      {
        engine: 'nerdctl',
        output: ['error: something new', 'FATA[0001] unrecognized image format'],
        line: null,
        sentence: 'Building app:1 failed: unrecognized image format.',
      },
    ];
  for (const { engine, output, line, sentence } of recorded) {
    test(`${engine}: ${output.at(-1)?.slice(0, 60)}`, () => {
      const error = buildFailure(engine, request, dockerfile, output.join('\n'));
      assert.equal(error.code, 'buildFailed');
      assert.equal(error.line, line);
      assert.ok(error.message.startsWith(sentence), error.message);
    });
  }
});

test('how to start what does not run depends on the engine and the system', () => {
  const sentence = (...args: Parameters<typeof notRunningSentence>): string =>
    formatMessage(notRunningSentence(...args));
  assert.match(sentence('docker', null, {}, 'linux'), /sudo systemctl start docker/);
  assert.match(sentence('docker', null, {}, 'darwin'), /Start Docker Desktop/);
  assert.match(
    sentence('docker', null, { DOCKER_HOST: 'tcp://10.0.0.1:2375' }, 'darwin'),
    /10\.0\.0\.1:2375.*DOCKER_HOST/,
  );
  assert.match(sentence('podman', null, {}, 'darwin'), /podman machine start/);
  assert.match(sentence('nerdctl', null, {}, 'linux'), /systemctl start containerd/);
});
