import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { changeTo } from '../values.ts';
import { imageOf } from './image.ts';

export const imagePulledAlways: Rule = {
  code: 'image-pulled-always',
  title: 'Image of a digest that is pulled each time',
  origin: 'advice',
  severity: 'hint',
  docs: `
A digest names one image for ever, so there is never a newer one to pull. \`imagePullPolicy: Always\` only makes each
start wait for the registry, and fail when that cannot be reached.

Where pods of several owners share nodes, some pull each time on purpose: the registry then checks whether the pod may
have the image. Switch the rule off there.

\`\`\`yaml
# bad
image: nginx@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a
imagePullPolicy: Always
# good
image: nginx@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a
imagePullPolicy: IfNotPresent
\`\`\`

Source: [Image pull policy](https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const policy = container.get('imagePullPolicy');
      if (policy.text() !== 'Always' || imageOf(container, visit)?.digest == null) return;
      visit.report(
        policy,
        message('A digest never changes; use IfNotPresent to start without the registry'),
        {
          fixes: changeTo(policy, 'IfNotPresent'),
        },
      );
    },
  },
};
