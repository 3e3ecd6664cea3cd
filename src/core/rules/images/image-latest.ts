import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { imageOf, isLatest } from './image.ts';

export const imageLatest: Rule = {
  code: 'image-latest',
  title: 'Image without a tag, or with latest',
  origin: 'advice',
  severity: 'warning',
  docs: `
An image without a tag is \`latest\`, and \`latest\` is whatever was pushed last. Two pods of one workload may run
different programs, a node that restarts a pod upgrades it unasked, and a rollback brings nothing back, because the
manifest of before says the same. Name a version, or the digest.

An image that is never pulled (\`imagePullPolicy: Never\`), as in a cluster on one's own machine, is not reported.

\`\`\`yaml
# bad
image: nginx
# good
image: nginx:1.29.3
\`\`\`

Source: [Images](https://kubernetes.io/docs/concepts/containers/images/#image-names) in the Kubernetes documentation.
`,
  visit: {
    'core/v1.Container': check,
  },
};

function check(container: Field, visit: Visit): void {
  const image = imageOf(container, visit);
  if (image === null || !isLatest(image) || container.get('imagePullPolicy').text() === 'Never') return;
  visit.report(
    container.get('image'),
    image.tag === null
      ? message('Image {0} has no tag and runs whatever is latest; name a version', image.repository)
      : message('Image {0} runs whatever is latest; name a version', image.repository),
  );
}
