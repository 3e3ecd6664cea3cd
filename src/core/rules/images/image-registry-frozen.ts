import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { changeTo } from '../values.ts';

const frozen = /^(?:k8s\.gcr\.io|gcr\.io\/google[-_]containers)\//;

export const imageRegistryFrozen: Rule = {
  code: 'image-registry-frozen',
  title: 'Image from the frozen registry of Kubernetes',
  origin: 'advice',
  severity: 'warning',
  docs: `
\`k8s.gcr.io\` gets no new images since April 2023, and may stop handing out those that it has. The same images, and all
newer ones, are in \`registry.k8s.io\`.

\`\`\`yaml
# bad
image: k8s.gcr.io/pause:3.9
# good
image: registry.k8s.io/pause:3.9
\`\`\`

Source: [k8s.gcr.io Image Registry Will Be Frozen](https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/),
Kubernetes blog.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const image = container.get('image');
      const text = image.text();
      if (text === null || !frozen.test(text)) return;
      const newText = text.replace(frozen, 'registry.k8s.io/');
      visit.report(image, message('This registry gets no new images since 2023; use {0}', newText), {
        fixes: changeTo(image, newText),
      });
    },
  },
};
