import { message, parseImageReference } from '../core/index.ts';
import { EngineError } from './errors.ts';

/** Where a push of a reference goes. */
export interface PushTarget {
  /** As the person wrote it, with the tag `latest` where none is written. */
  readonly reference: string;
  /** `127.0.0.1:5000`, `ghcr.io`; `docker.io` when none is written. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** Throws EngineError `invalidReference` unless `reference` names an image that exists or could. */
export function checkReference(reference: string): NonNullable<ReturnType<typeof parseImageReference>> {
  const parsed = parseImageReference(reference);
  if (parsed !== null) return parsed;
  throw new EngineError(
    'invalidReference',
    message('{0} is no image name. Write it as in registry.example.com/app:1.4.', reference),
  );
}

/** Throws EngineError `invalidReference` unless an image can be built under this name. */
export function checkTag(reference: string): void {
  if (checkReference(reference).digest === null) return;
  throw new EngineError(
    'invalidReference',
    message('{0} is fixed to a digest, which no build can promise. Name a tag instead.', reference),
  );
}

/** Throws EngineError `invalidReference` unless the name says where to push to. */
export function checkPushable(reference: string): PushTarget {
  checkTag(reference);
  const { registry: written, repository, tag } = checkReference(reference);
  const registry = written ?? 'docker.io';
  // Docker Hub keeps names without an account for its own images.
  if (registry === 'docker.io' && (!repository.includes('/') || repository.startsWith('library/'))) {
    throw new EngineError(
      'invalidReference',
      message(
        '{0} names no registry to push to. Put one before the name, as in registry.example.com/app:1.4.',
        reference,
      ),
    );
  }
  return tag === null
    ? { reference: `${reference}:latest`, registry, repository, tag: 'latest' }
    : { reference, registry, repository, tag };
}
