import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

/** Kinds that whoever runs the cluster keeps, and the names of theirs that every cluster has. */
const classes: ReadonlyMap<string, RegExp> = new Map([
  ['StorageClass', /^(?:standard|default|gp2|gp3|hostpath|local-path)$/],
  ['PriorityClass', /^system-/],
  ['RuntimeClass', /^$/],
  ['IngressClass', /^$/],
]);

export const classMissing: Rule = {
  code: 'class-missing',
  title: 'Class that is not there',
  origin: 'advice',
  severity: 'hint',
  docs: `
A StorageClass, PriorityClass, RuntimeClass or IngressClass is named that is not in the workspace, although others of
its kind are: where a workspace keeps the classes of its cluster, a name that is missing there is likely a mistake.

\`\`\`yaml
# bad: the class is called fast-ssd
storageClassName: fast-sdd
# good
storageClassName: fast-ssd
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      const given = classes.get(reference.kind);
      if (given === undefined || given.test(reference.name)) continue;
      reportMissing(object, relation, reference, { amongOthers: 'hint', alone: null });
    }
  },
};
