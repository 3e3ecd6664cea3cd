import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { imageOf, isLatest } from './image.ts';

export const imageDigestMissing: Rule = {
  code: 'image-digest-missing',
  title: 'Image without a digest',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
A tag can be moved to another image; a digest cannot. Who must know that what was tested is what runs, even when
somebody takes over the registry, names the digest, and may keep the tag before it for people to read.

An image without a tag is reported by \`image-latest\`.

\`\`\`yaml
# bad
image: nginx:1.29.3
# good
image: nginx:1.29.3@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a
\`\`\`

Source: [Images](https://kubernetes.io/docs/concepts/containers/images/#image-names) in the Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const image = imageOf(container, visit);
      if (image === null || image.digest !== null || isLatest(image)) return;
      if (container.get('imagePullPolicy').text() === 'Never') return;
      visit.report(
        container.get('image'),
        message('Tag {0} can be moved to another image; add the digest', image.tag ?? ''),
      );
    },
  },
};
