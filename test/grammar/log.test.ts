import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { IGrammar } from 'vscode-textmate';
import { logGrammar, tokens } from './tokens.ts';

let grammar: IGrammar;
before(async () => {
  grammar = await logGrammar();
});

/** Short names of scopes; the first that fits. */
const kinds: readonly (readonly [prefix: string, kind: string])[] = [
  ['token.error-token', 'error'],
  ['token.warn-token', 'warning'],
  ['token.info-token', 'info'],
  ['token.debug-token', 'debug'],
  ['comment.timestamp', 'time'],
  ['comment.line.note', 'note'],
  ['variable.parameter.container', 'container'],
  ['support.type.property-name', 'key'],
  ['variable.other.key', 'key'],
  ['entity.name.type.exception', 'exception'],
  ['entity.name.function.trace', 'function'],
  ['entity.name.function.source', 'source'],
  ['string.quoted.double.path', 'path'],
  ['string.quoted.double.source', 'source'],
  ['string.unquoted.source', 'source'],
  ['keyword.control.trace', 'trace'],
  ['comment.trace', 'trace'],
  ['keyword.other.method', 'method'],
  ['markup.underline.link', 'link'],
  ['constant.other.uuid', 'uuid'],
  ['constant.numeric.address', 'address'],
  ['string.quoted', 'string'],
];

function kindOf(scopes: readonly string[]): string | null {
  if (scopes.some((scope) => /\.pod\.log$/.test(scope))) return 'pod';
  for (const [prefix, kind] of kinds) if (scopes.some((scope) => scope.startsWith(prefix))) return kind;
  if (scopes.some((scope) => scope.startsWith('constant.numeric'))) return 'number';
  if (scopes.some((scope) => scope.startsWith('constant.language'))) return 'constant';
  return null;
}

/** What is coloured in a line, as `kind text`. */
function coloured(line: string): readonly string[] {
  return tokens(grammar, line)
    .flat()
    .flatMap(({ text, scopes }) => {
      const kind = kindOf(scopes);
      return kind === null ? [] : [`${kind} ${text.trim()}`];
    });
}

/** Each line with what must be coloured in it, among other things. */
const written: readonly (readonly [source: string, line: string, expected: readonly string[]])[] = [
  [
    'kube-apiserver',
    'I1121 22:00:00.123456       1 server.go:123] "Starting" port=8080',
    [
      'info I',
      'time 1121 22:00:00.123456',
      'number 1',
      'source server.go:123',
      'string "Starting"',
      'key port',
    ],
  ],
  [
    'kube-apiserver',
    'E1121 22:00:00.123456   12345 reflector.go:178] Get "https://10.0.0.1:443/api": dial tcp 10.0.0.1:443: refused',
    ['error E', 'source reflector.go:178', 'string "https://10.0.0.1:443/api"', 'address 10.0.0.1:443'],
  ],
  [
    'kube-apiserver',
    'W1121 22:00:00.123456       1 warnings.go:70] v1 Endpoints is deprecated',
    ['warning W'],
  ],
  [
    'nginx',
    '10.1.2.3 - - [21/Nov/2026:22:00:00 +0000] "GET /index.html HTTP/1.1" 200 612 "-" "curl/8.0"',
    [
      'address 10.1.2.3',
      'time [21/Nov/2026:22:00:00 +0000]',
      'method GET',
      'path /index.html',
      'info 200',
      'number 612',
    ],
  ],
  ['nginx', '10.1.2.3 - - [21/Nov/2026:22:00:00 +0000] "GET /x HTTP/1.1" 404 153', ['warning 404']],
  [
    'nginx',
    '10.1.2.3 - - [21/Nov/2026:22:00:00 +0000] "POST /pay HTTP/2.0" 502 153',
    ['method POST', 'error 502'],
  ],
  [
    'nginx',
    '2026/11/21 22:00:00 [error] 29#29: *5 open() "/srv/x" failed (2: No such file or directory), client: 10.1.2.3',
    ['time 2026/11/21 22:00:00', 'error [error]', 'string "/srv/x"', 'address 10.1.2.3'],
  ],
  ['nginx', '2026/11/21 22:00:00 [warn] 1#1: the "user" directive makes sense only', ['warning [warn]']],
  ['nginx', '2026/11/21 22:00:00 [emerg] 1#1: bind() to 0.0.0.0:80 failed', ['error [emerg]']],
  [
    'postgres',
    '2026-11-21 22:00:00.123 UTC [55] ERROR:  relation "users" does not exist at character 15',
    ['time 2026-11-21 22:00:00.123 UTC', 'error ERROR:', 'string "users"', 'number 15'],
  ],
  ['postgres', '2026-11-21 22:00:00.123 UTC [1] LOG:  database system is ready', ['info LOG:']],
  ['postgres', '2026-11-21 22:00:00.123 UTC [55] HINT:  Perhaps you meant id.', ['debug HINT:']],
  [
    'postgres',
    '2026-11-21 22:00:00.123 UTC [55] FATAL:  the database system is starting up',
    ['error FATAL:'],
  ],
  [
    'Spring Boot',
    '2026-11-21T22:00:00.123Z  WARN 1 --- [shop] [nio-8080-exec-1] o.s.web.servlet.PageNotFound : No mapping for GET /x',
    ['time 2026-11-21T22:00:00.123Z', 'warning WARN', 'number 1', 'method GET'],
  ],
  [
    'Spring Boot',
    '2026-11-21 22:00:00.123 DEBUG 1 --- [main] c.e.Shop : ready in 1.5s',
    ['debug DEBUG', 'number 1.5s'],
  ],
  ['Java', 'java.lang.IllegalStateException: boom', ['exception java.lang.IllegalStateException']],
  [
    'Java',
    '\tat com.example.Shop.main(Shop.java:12)',
    ['trace at', 'function com.example.Shop.main', 'source Shop.java:12'],
  ],
  ['Java', 'Caused by: java.io.IOException: disk', ['error Caused by:', 'exception java.io.IOException']],
  ['Java', '\t... 12 more', ['trace ... 12 more']],
  [
    'Python',
    "2026-11-21 22:00:00,123 - app.db - ERROR - could not connect to 'db' after 3 tries",
    ['time 2026-11-21 22:00:00,123', 'error ERROR', "string 'db'", 'number 3'],
  ],
  ['Python', 'Traceback (most recent call last):', ['error Traceback (most recent call last):']],
  [
    'Python',
    '  File "/app/main.py", line 12, in <module>',
    ['source "/app/main.py"', 'number 12', 'function <module>'],
  ],
  ['Python', "ValueError: invalid literal for int(): 'x'", ['exception ValueError']],
  [
    'Python',
    'INFO:     127.0.0.1:1234 - "POST /pay HTTP/1.1" 500 Internal Server Error',
    ['info INFO:', 'error 500'],
  ],
  [
    'pino',
    '{"level":50,"time":1795298400123,"pid":1,"msg":"request failed","err":{"type":"TypeError"}}',
    ['key level', 'error 50', 'key msg', 'string "request failed"', 'number 1795298400123'],
  ],
  ['pino', '{"level":30,"msg":"ready"}', ['info 30']],
  ['pino', '{"level": 40, "msg":"slow"}', ['warning 40', 'key msg']],
  ['zap', '{"level":"error","ts":1795298400.1,"msg":"x"}', ['key level', 'error "error"']],
  ['GCP', '{"severity":"WARNING","message":"x"}', ['warning "WARNING"']],
  [
    'slog',
    'time=2026-11-21T22:00:00.123Z level=WARN msg="slow query" duration=1.5s err=nil',
    [
      'key time',
      'time 2026-11-21T22:00:00.123Z',
      'warning WARN',
      'string "slow query"',
      'number 1.5s',
      'constant nil',
    ],
  ],
  [
    'logrus',
    'time="2026-11-21T22:00:00Z" level=error msg="sync failed"',
    ['error error', 'string "sync failed"'],
  ],
  ['Go', 'panic: runtime error: index out of range [3] with length 3', ['error panic:']],
  ['Go', 'goroutine 1 [running]:', ['error goroutine 1 [running]:']],
  ['Go', '\t/app/main.go:12 +0x1d', ['source /app/main.go:12', 'number +0x1d']],
  ['Node', '    at Object.<anonymous> (/app/server.js:12:3)', ['trace at', 'source /app/server.js:12:3']],
  [
    'Node',
    '    at async file:///app/server.js:12:3',
    ['trace at async', 'source file:///app/server.js:12:3'],
  ],
  ['any', '[ERROR] main: failed', ['error [ERROR]']],
  ['any', 'status=503 after 12ms', ['key status', 'error 503', 'number 12ms']],
  [
    'any',
    'id 550e8400-e29b-41d4-a716-446655440000 see https://example.com/a?b=c',
    ['uuid 550e8400-e29b-41d4-a716-446655440000', 'link https://example.com/a?b=c'],
  ],
];

describe('what programs write', () => {
  for (const [source, line, expected] of written) {
    test(`${source}: ${line.trim().slice(0, 60)}`, () => {
      const found = coloured(line);
      for (const one of expected) assert.ok(found.includes(one), `${one} is not among:\n${found.join('\n')}`);
    });
  }

  for (const line of [
    "don't panic, the ERRORS are fine and /error/path is /var/log/error.log",
    'error_log and MY_ERROR and ERROR-CODE and WARNINGS',
    'an informational message about warnings and debugging',
  ]) {
    test(`no severity in: ${line}`, () => assert.deepEqual(coloured(line), []));
  }
});

describe('what stands before a line', () => {
  test('pod and container, with the time or without', () => {
    assert.deepEqual(coloured('7d9f5c-x2x4z/app │ ready'), ['pod 7d9f5c-x2x4z', 'container app']);
    assert.deepEqual(coloured('2026-11-21T22:00:00.123Z 0 │ ready'), [
      'time 2026-11-21T22:00:00.123Z',
      'pod 0',
    ]);
    assert.deepEqual(coloured('app │ ready'), ['pod app']);
  });

  test('pods that differ at their end differ in colour, most of them', () => {
    const colours = new Set(
      ['bcd', 'fgh', 'jkl', 'mnp', 'rst', 'vwx'].map((end) =>
        tokens(grammar, `7d9f-${end} │ x`).flat()[0]?.scopes.at(-1),
      ),
    );
    assert.ok(colours.size >= 4);
  });

  test('what begins a line begins it after the pod as well', () => {
    assert.ok(coloured('x2x4z │ E1121 22:00:00.123456 1 a.go:1] x').includes('error E'));
    assert.ok(coloured('x2x4z │ \tat com.example.Shop.main(Shop.java:12)').includes('source Shop.java:12'));
  });

  test('a note is no line of the log', () => {
    assert.deepEqual(coloured('── web-0/app waits: ERROR "x" 12'), [
      'note ──',
      'note web-0/app waits: ERROR "x" 12',
    ]);
  });

  test('a line says nothing about the next one', () => {
    const [, second = []] = tokens(grammar, '"never closed\nERROR: x');
    assert.ok(second[0]?.scopes.some((scope) => scope.startsWith('token.error-token')));
  });
});

describe('long lines', () => {
  const length = 20_000;
  for (const piece of [
    '"',
    'a',
    'a.',
    'a=b ',
    '1',
    '\\"',
    "'\\'",
    '/',
    ' ',
    '12:',
    'Aa.',
    '1.',
    'a-',
    "'a ",
    '{"a":',
    '`',
    '[',
    'at ',
  ]) {
    test(`${JSON.stringify(piece)} again and again is read in time`, () => {
      const { stoppedEarly } = grammar.tokenizeLine(`"${piece.repeat(length / piece.length)}`, null, 5_000);
      assert.equal(stoppedEarly, false);
    });
  }
});
