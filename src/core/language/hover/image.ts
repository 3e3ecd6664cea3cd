import { message } from '../../finding.ts';
import { parseImageReference } from '../../images/reference.ts';
import type { Say } from './say.ts';
import { code } from './say.ts';

/** The parts of an image's name, those filled in that a runtime fills in; null for what is none. */
export function imageText(reference: string, say: Say): string | null {
  const image = parseImageReference(reference.trim());
  if (image === null) return null;
  const { registry, repository, tag, digest } = image;
  const official = registry === null && !repository.includes('/') ? `library/${repository}` : repository;
  const rows = [
    registry === null
      ? say(message('Registry: {0} (none is written)', code('docker.io')))
      : say(message('Registry: {0}', code(registry))),
    say(message('Repository: {0}', code(official))),
    ...(tag === null ? [] : [say(message('Tag: {0}', code(tag)))]),
    ...(digest === null ? [] : [say(message('Digest: {0}', code(digest)))]),
    ...(tag === null && digest === null ? [say(message('Tag: {0} (none is written)', code('latest')))] : []),
  ];
  const fixed =
    digest === null
      ? []
      : [say(message('The digest decides what runs; a tag beside it is only read by people.'))];
  return [rows.map((row) => `- ${row}`).join('\n'), ...fixed].join('\n\n');
}
