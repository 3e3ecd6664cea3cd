import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { contains, isCidr, parseCidr } from '../addresses.ts';
import { checkForm, checkItems, cidr, portName, requireForm } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange, goNumber, isPending } from '../values.ts';

const LAST_PORT = 65_535;
const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'];
const policyTypes: readonly string[] = ['Ingress', 'Egress'];

export const networkPolicyInvalid: Rule = {
  code: 'network-policy-invalid',
  title: 'NetworkPolicy that cannot be enforced',
  origin: 'server',
  severity: 'error',
  docs: `
Each peer of \`from\` and \`to\` is an \`ipBlock\`, or a \`podSelector\` and a \`namespaceSelector\` together or alone; never an
\`ipBlock\` with a selector, never nothing. Ranges have only zeros behind their prefix, and each of \`except\` is a smaller
range inside of \`cidr\`. An \`endPort\` needs a \`port\` that is a number, not a name, and not above it.

\`\`\`yaml
# bad
- ipBlock: { cidr: 10.0.0.5/8 }
# good
- ipBlock: { cidr: 10.0.0.0/8 }
\`\`\`
`,
  visit: {
    'networking/v1.NetworkPolicySpec'(spec, visit) {
      const types = spec.get('policyTypes');
      if (types.items().length > policyTypes.length)
        visit.report(types, message('policyTypes has at most Ingress and Egress; remove the others'));
      else for (const type of types.items()) checkChoice(type, policyTypes, visit);
    },
    'networking/v1.NetworkPolicyPeer'(peer, visit) {
      if (isPending(peer)) return;
      const block = peer.get('ipBlock');
      const selects = peer.get('podSelector').written || peer.get('namespaceSelector').written;
      if (block.written && selects)
        visit.report(peer, message('A peer is an ipBlock or selectors; make two peers of them'), {
          range: block.head,
        });
      else if (!block.written && !selects)
        visit.report(
          peer,
          message('A peer needs an ipBlock or a selector; {} as podSelector selects all pods'),
        );
    },
    'networking/v1.IPBlock': checkBlock,
    'networking/v1.NetworkPolicyPort': checkPort,
  },
};

function checkBlock(block: Field, visit: Visit): void {
  requireForm(block, 'cidr', cidr, visit);
  const outer = parseCidr(block.get('cidr').text() ?? '');
  const except = block.get('except');
  if (outer === null) return;
  checkItems(except, cidr, visit);
  for (const item of except.items()) {
    const text = item.text() ?? '';
    const inner = isCidr(text) ? parseCidr(text) : null;
    if (inner !== null && (outer.prefix >= inner.prefix || !contains(outer, inner)))
      visit.report(item, message('{0} must be a smaller range inside of cidr; change one', text));
  }
}

function checkPort(place: Field, visit: Visit): void {
  checkChoice(place.get('protocol'), protocols, visit);
  const [port, end] = [place.get('port'), place.get('endPort')];
  const number = port.number();
  if (number !== null) checkRange(port, 1, LAST_PORT, visit);
  else checkForm(port, portName, visit);
  if (!end.written) return;
  if (number !== null) {
    checkRange(end, 1, LAST_PORT, visit);
    if ((goNumber(end) ?? number) < number)
      visit.report(end, message('endPort must not be below port; raise it or remove it'));
  } else if (!port.written || port.text() !== null)
    visit.report(end, message('endPort needs a port that is a number; change port or remove endPort'), {
      fixes: removal(end, visit),
    });
}
