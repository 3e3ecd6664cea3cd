import type { Rule } from './rule.ts';

export const suppressionInvalid: Rule = {
  code: 'suppression-invalid',
  title: 'Comment that ignores nothing',
  origin: 'advice',
  severity: 'warning',
  docs: `
A comment lets findings of the rules it names pass: after a value or on the line before it, with \`-object\`
anywhere in an object, with \`-file\` anywhere in a file. It needs a reason behind a colon, for whoever reads it
later; without one, or with a name that no rule has, it lets nothing pass.

\`\`\`yaml
# bad
image: web:latest # elastic-ignore image-latest
# good
image: web:latest # elastic-ignore image-latest: only used on developers' machines
\`\`\`
`,
};
