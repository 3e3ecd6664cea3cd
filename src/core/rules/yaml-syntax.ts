import type { Rule } from './rule.ts';

export const yamlSyntax: Rule = {
  code: 'yaml-syntax',
  title: 'Not valid YAML',
  origin: 'server',
  severity: 'error',
  docs: `
The text cannot be read as YAML, or holds something the API server's YAML reader refuses: tabs as
indentation, a missing closing quote, an alias without an anchor, an unresolved merge conflict.

Until it is corrected nothing after this place can be trusted, so checks for what is missing stay
silent there. Everything that can still be read is still checked.

\`\`\`yaml
# bad: the second line begins with a tab
metadata:
	name: web
# good
metadata:
  name: web
\`\`\`
`,
  *check({ document }) {
    yield* document.reading.problems;
  },
};
