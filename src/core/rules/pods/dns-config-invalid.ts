import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkItems, ip } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, isEmptyList, isEmpty } from '../values.ts';

const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;
const LONGEST_SEARCH_LIST = 2048;
const LONGEST_SEARCH = 253;
const searchDomain = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;

export const dnsConfigInvalid: Rule = {
  code: 'dns-config-invalid',
  title: 'DNS settings of a pod that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
\`dnsConfig\` becomes the resolver settings of the pod: at most 3 name servers, each an IP address; at most 32 search
domains of 2048 characters in all; options that have a name. With \`dnsPolicy: None\` nothing else gives the pod a name
server, so at least one must be written.

\`\`\`yaml
# bad
dnsPolicy: None
dnsConfig:
  nameservers: [dns.example.com]
# good
dnsPolicy: None
dnsConfig:
  nameservers: [10.0.0.53]
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('dnsPolicy') || spec.get('dnsPolicy').text() !== 'None') return;
      const config = spec.get('dnsConfig');
      const text = message('dnsPolicy None leaves the pod without a name server; add dnsConfig.nameservers');
      if (!config.written) visit.missing(spec, 'dnsConfig', text);
      else if (config.node?.type === 'mapping' && isEmptyList(config.get('nameservers')))
        visit.missing(config, 'nameservers', text);
    },
    'core/v1.PodDNSConfig'(config, visit) {
      checkNameservers(config.get('nameservers'), visit);
      checkSearches(config.get('searches'), visit);
      for (const option of config.get('options').items()) {
        if (isEmpty(option.get('name')))
          visit.report(option, message('A DNS option needs a name; add it or remove the option'));
      }
    },
  },
};

function checkNameservers(nameservers: Field, visit: Visit): void {
  if (nameservers.items().length > MOST_NAMESERVERS)
    visit.report(nameservers, message('A pod has at most {0} name servers; remove some', MOST_NAMESERVERS));
  checkItems(nameservers, ip, visit);
}

function checkSearches(searches: Field, visit: Visit): void {
  const items = searches.items();
  if (items.length > MOST_SEARCHES)
    visit.report(searches, message('A pod has at most {0} search domains; remove some', MOST_SEARCHES));
  let length = items.length - 1;
  for (const search of items) {
    const domain = goText(search);
    if (domain === null) continue;
    length += domain.length;
    if (!isSearchDomain(domain))
      visit.report(search, message('"{0}" is no domain; use small letters, digits, "-" and "."', domain));
  }
  if (length > LONGEST_SEARCH_LIST)
    visit.report(
      searches,
      message('The search domains have over {0} characters in all; remove some', LONGEST_SEARCH_LIST),
    );
}

function isSearchDomain(text: string): boolean {
  if (text === '.') return true;
  const domain = text.endsWith('.') ? text.slice(0, -1) : text;
  return domain.length <= LONGEST_SEARCH && searchDomain.test(domain);
}
