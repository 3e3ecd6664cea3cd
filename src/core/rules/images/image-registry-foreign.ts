import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { fullName, imageOf } from './image.ts';

export const imageRegistryForeign: Rule = {
  code: 'image-registry-foreign',
  title: 'Image from another registry',
  origin: 'advice',
  severity: 'warning',
  docs: `
The workspace names the registries that images may come from (\`registries\` in \`.elastic.yaml\`), and this image comes
from none of them. Without such a list nothing is reported. An entry may be a registry or a part of one; an image
without a registry comes from \`docker.io\`, and one without a slash from \`docker.io/library\`.

\`\`\`yaml
# .elastic.yaml
registries: [ghcr.io/shop, registry.k8s.io]
# bad
image: nginx:1.29.3
# good
image: ghcr.io/shop/nginx:1.29.3
\`\`\`

Source: [Image names](https://kubernetes.io/docs/concepts/containers/images/#image-names) in the Kubernetes
documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const { registries } = visit.context.settings;
      if (registries.length === 0) return;
      const image = imageOf(container, visit);
      if (image === null) return;
      const name = fullName(image);
      if (registries.some((registry) => isIn(name, registry))) return;
      visit.report(
        container.get('image'),
        message('Image {0} is from none of the registries allowed here: {1}', name, registries.join(', ')),
      );
    },
  },
};

function isIn(name: string, registry: string): boolean {
  const prefix = registry.replace(/^https?:\/\//, '').replace(/\/*\*?$/, '');
  return name === prefix || name.startsWith(`${prefix}/`);
}
