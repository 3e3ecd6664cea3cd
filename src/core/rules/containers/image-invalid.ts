import { message } from '../../finding.ts';
import { isOfPod } from '../pods/pod.ts';
import type { Rule } from '../rule.ts';
import { changeTo, requireText } from '../values.ts';
import { podOf } from './container.ts';

export const imageInvalid: Rule = {
  code: 'image-invalid',
  title: 'Container image missing or padded',
  origin: 'server',
  severity: 'error',
  docs: `
A container needs an image. In a Pod the server refuses spaces around its name as well; in the template of a workload it
takes them, and refuses every pod that is made of it.

\`\`\`yaml
# bad
containers:
  - name: web
# good
containers:
  - name: web
    image: registry.example.com/web:1.4
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!requireText(container, 'image', visit)) return;
      const image = container.get('image');
      const text = image.text();
      if (text === null || text === text.trim()) return;
      const pod = podOf(container);
      if (pod === null || !isOfPod(pod)) return;
      visit.report(image, message('The name of an image has no spaces around it; remove them'), {
        fixes: text.trim() === '' ? [] : changeTo(image, text.trim()),
      });
    },
  },
};
