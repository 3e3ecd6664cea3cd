import { message } from '../core/index.ts';
import type { EngineName } from './engine.ts';
import { EngineError } from './errors.ts';
import { lastReason, outputLines } from './output.ts';
import type { PushTarget } from './references.ts';

interface Refusal {
  readonly pattern: RegExp;
  readonly explain: (
    target: PushTarget & { readonly engine: EngineName },
    found: RegExpExecArray,
  ) => EngineError;
}

/** First match wins: what stopped the conversation stands before what a registry said in it. */
const refusals: readonly Refusal[] = [
  {
    pattern: /server gave HTTP response to HTTPS client|oversized record received|http: server gave HTTP/i,
    explain: ({ engine, registry }) =>
      new EngineError(
        'plainHttp',
        engine === 'docker'
          ? message(
              '{0} speaks plain HTTP, which docker refuses. Use HTTPS, or list it in "insecure-registries" of daemon.json.',
              registry,
            )
          : message(
              '{0} speaks plain HTTP, which {1} refuses. Use HTTPS, or mark it as insecure in registries.conf.',
              registry,
              engine,
            ),
      ),
  },
  {
    pattern: /x509:|certificate signed by unknown authority|failed to verify certificate/i,
    explain: ({ registry }) =>
      new EngineError(
        'certificate',
        message(
          'The certificate of {0} is not trusted. Put its authority into /etc/docker/certs.d/{0}/ca.crt, then push again.',
          registry,
        ),
      ),
  },
  {
    pattern: /connection refused/i,
    explain: ({ registry }) =>
      new EngineError(
        'unreachable',
        message(
          'Nothing listens at {0}. Start the registry, or correct the name before the first slash.',
          registry,
        ),
      ),
  },
  {
    pattern: /no such host|server misbehaving|name resolution/i,
    explain: ({ registry }) =>
      new EngineError(
        'unreachable',
        message('{0} was not found on the network. Check its name, your network and your proxy.', registry),
      ),
  },
  {
    pattern:
      /i\/o timeout|Client\.Timeout|deadline exceeded|TLS handshake timeout|no route to host|network is unreachable/i,
    explain: ({ registry }) =>
      new EngineError(
        'unreachable',
        message('{0} did not answer in time. Check your network and your proxy, then push again.', registry),
      ),
  },
  {
    pattern: /unauthorized|authentication required|no basic auth credentials|401 Unauthorized/i,
    explain: ({ engine, registry }) =>
      new EngineError(
        'unauthorized',
        message('{0} wants a login. Run "{1} login {0}", then push again.', registry, engine),
      ),
  },
  {
    pattern: /immutable/i,
    explain: ({ registry, tag }) =>
      new EngineError(
        'pushRefused',
        message('{0} does not let the tag {1} be written again. Build and push another tag.', registry, tag),
      ),
  },
  {
    pattern: /denied|403 Forbidden|insufficient_scope/i,
    explain: ({ engine, registry, repository }) =>
      new EngineError(
        'denied',
        message(
          '{0} does not let you push to {1}. Log in as somebody who may ({2} login {0}), or correct the name.',
          registry,
          repository,
          engine,
        ),
      ),
  },
  {
    pattern: /name unknown|NAME_UNKNOWN|repository name not known|repository .*does not exist/i,
    explain: ({ registry, repository }) =>
      new EngineError(
        'pushRefused',
        message('{0} has no repository {1}. Create it there, or correct the name.', registry, repository),
      ),
  },
  {
    pattern: /name invalid|NAME_INVALID|invalid repository name|invalid reference format/i,
    explain: ({ registry, repository }) =>
      new EngineError(
        'pushRefused',
        message(
          '{0} does not accept the name {1}. Correct it, then build and push again.',
          registry,
          repository,
        ),
      ),
  },
  {
    pattern: /\b413\b|blob size exceeds|quota/i,
    explain: ({ registry }) =>
      new EngineError(
        'pushRefused',
        message(
          '{0} has no room for a layer this large. Raise its limit, or make the image smaller.',
          registry,
        ),
      ),
  },
  {
    pattern: /toomanyrequests|429 Too Many Requests|rate limit/i,
    explain: ({ engine, registry }) =>
      new EngineError(
        'pushRefused',
        message(
          '{0} takes no more requests for now. Wait a while, or log in ({1} login {0}), then push again.',
          registry,
          engine,
        ),
      ),
  },
  {
    pattern: /(5\d\d (?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout))/i,
    explain: ({ registry }, [, status]) =>
      new EngineError(
        'pushRefused',
        message(
          '{0} failed with {1}. Try again in a while, or look into its log.',
          registry,
          status ?? '5xx',
        ),
      ),
  },
];

/** Why a push ended badly, from what the engine printed last. */
export function pushFailure(engine: EngineName, target: PushTarget, output: string): EngineError {
  const { reference, registry, repository } = target;
  const text = outputLines(output).slice(-5).join('\n');
  if (
    /does not exist locally|No such image|tag does not exist|image not known|unable to find a manifest/i.test(
      text,
    )
  ) {
    return new EngineError(
      'notFound',
      message('There is no image {0} on this machine. Build it, then push.', reference),
      { output },
    );
  }
  for (const { pattern, explain } of refusals) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const { code, explanation } = explain({ ...target, engine }, found);
    return new EngineError(code, explanation, { output });
  }
  return new EngineError(
    'pushRefused',
    message(
      '{0} did not take {1}: {2}. Show the log for all of it.',
      registry,
      repository,
      lastReason(output),
    ),
    { output },
  );
}
