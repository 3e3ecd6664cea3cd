import { message } from '../../finding.ts';
import { addition } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { changeTo } from '../values.ts';
import { imageOf, isLatest } from './image.ts';

/** Tags that are moved from one build to the next; a number with a part or two is moved as well, but seldom harms. */
const moving =
  /^(?:latest|stable|edge|nightly|main|master|develop|dev|devel|head|canary|snapshot|testing|unstable|rolling)$/i;

export const imageStale: Rule = {
  code: 'image-stale',
  title: 'Moving tag that is not pulled again',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
The tag (\`stable\`, \`edge\`, \`main\` …) is moved to another image with each build, but a node that has an image of
that tag does not look for a newer one: only the tag \`latest\` is pulled each time by default. Old and new nodes then
run different programs. Name a version, or pull each time.

\`\`\`yaml
# bad
image: ghcr.io/shop/web:main
# good
image: ghcr.io/shop/web:1.4.2
# good: at least the same on all nodes
image: ghcr.io/shop/web:main
imagePullPolicy: Always
\`\`\`

Source: [Image pull policy](https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const image = imageOf(container, visit);
      if (image === null || image.digest !== null || !moving.test(image.tag ?? 'latest')) return;
      const policy = container.get('imagePullPolicy');
      // Without a policy the server fills in Always for latest, and IfNotPresent for all others.
      const set = policy.written ? policy.text() : isLatest(image) ? 'Always' : 'IfNotPresent';
      if (set !== 'IfNotPresent') return;
      visit.report(
        policy.written ? policy : container.get('image'),
        message(
          'Tag {0} moves, and a node that has it pulls no newer image; name a version',
          image.tag ?? 'latest',
        ),
        {
          fixes: policy.written
            ? changeTo(policy, 'Always', false)
            : addition(container, 'imagePullPolicy: Always', visit),
        },
      );
    },
  },
};
