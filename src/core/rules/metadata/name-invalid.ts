import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { dnsLabel } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Form } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, isEmpty } from '../values.ts';
import { generatedName } from './generated-name.ts';
import type { ObjectKind } from './object-kinds.ts';
import { objectKind } from './object-kinds.ts';

export const nameInvalid: Rule = {
  code: 'name-invalid',
  title: 'Name that objects of this kind cannot have',
  origin: 'server',
  severity: 'error',
  docs: `
Most objects are called by small letters, digits, \`-\` and \`.\`, up to 253 characters, with a letter or digit at both
ends of each part between dots. Names of Namespaces, Services and StatefulSets become a part of host names, and may
have at most 63 characters and no dots. Names of roles and role bindings, which may be \`system:reader\`, must only be
free of \`/\` and \`%\`. A \`generateName\` obeys the same rules once five characters are added to it.

\`\`\`yaml
# bad
metadata:
  name: Web_Server
# good
metadata:
  name: web-server
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const kind = metadata.parent === null ? null : objectKind(metadata.parent);
      if (kind === null) return;
      const name = metadata.get('name');
      const prefix = metadata.get('generateName');
      // The namespace that a kustomization sets is the name of a Namespace, too.
      const renamed =
        visit.context.completion?.namespace === true && metadata.parent?.get('kind').text() === 'Namespace';
      if (!isEmpty(name) && !renamed) checkName(name, kind.name, visit);
      if (!isEmpty(prefix)) checkPrefix(prefix, kind, isEmpty(name), visit);
    },
  },
};

function checkName(name: Field, form: Form, visit: Visit): void {
  const text = name.text();
  if (text === null || form.fits(text)) return;
  const meant = tidied(text, form);
  visit.report(name, message(form.template, 'name', text), {
    fixes: meant === null ? [] : changeTo(name, meant, false),
  });
}

/** Where the prefix passes and the name made of it does not, the server complains about that name. */
function checkPrefix(prefix: Field, { name, prefix: rule }: ObjectKind, used: boolean, visit: Visit): void {
  const text = prefix.text();
  if (text === null) return;
  // The server judges a prefix that ends with a dash without that dash and the character before it.
  const judged = text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;
  const said = message(name.template, 'generateName', text);
  if (rule === 'forbidden') {
    visit.report(prefix, message('The name follows from the spec; remove generateName'), {
      fixes: removal(prefix, visit),
    });
  } else if (rule === 'checked' && !name.fits(judged)) visit.report(prefix, said);
  else if (used && !name.fits(generatedName(text)) && prefix.parent !== null)
    visit.report(prefix.parent.get('name'), said, { range: prefix.range });
}

/** The nearest name of that form; null where there is none in sight. */
function tidied(text: string, form: Form): string | null {
  const strange = form === dnsLabel ? /[^a-z0-9-]+/g : /[^a-z0-9.-]+/g;
  const tidy = text
    .toLowerCase()
    .replaceAll(strange, '-')
    .split('.')
    .map((part) => part.replaceAll(/^-+|-+$/g, ''))
    .join('.');
  return form.fits(tidy) ? tidy : null;
}
