import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { decodeBase64 } from '../../bytes.ts';
import { isDnsLabel, isDnsSubdomain } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmpty, isEmptyList } from '../values.ts';

const SHORTEST_SECONDS = 600;
const LONGEST_DOMAIN = 253;
const LONGEST_SIGNER = 571;
const legacySigner = 'kubernetes.io/legacy-unknown';
const usages: readonly string[] = [
  'signing',
  'digital signature',
  'content commitment',
  'key encipherment',
  'key agreement',
  'data encipherment',
  'cert sign',
  'crl sign',
  'encipher only',
  'decipher only',
  'any',
  'server auth',
  'client auth',
  'code signing',
  'email protection',
  's/mime',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'timestamping',
  'ocsp signing',
  'microsoft sgc',
  'netscape sgc',
];

export const certificateRequestInvalid: Rule = {
  code: 'certificate-request-invalid',
  title: 'Certificate request that nobody can sign',
  origin: 'server',
  severity: 'error',
  docs: `
The \`request\` of a CertificateSigningRequest is a PEM block \`CERTIFICATE REQUEST\`, in base64 once more. \`signerName\` is
a domain and a name, \`usages\` names at least one use, each once, and \`expirationSeconds\` is 600 or more. Whether the
request itself is in order, only the API server can tell.

\`\`\`yaml
# bad
signerName: my-signer
usages: [client]
# good
signerName: kubernetes.io/kube-apiserver-client
usages: [client auth]
\`\`\`
`,
  visit: {
    'certificates/v1.CertificateSigningRequest'(request, visit) {
      const spec = request.get('spec');
      checkRequest(spec, visit);
      checkSigner(spec, visit);
      checkUsages(spec, visit);
      const seconds = spec.get('expirationSeconds');
      if ((seconds.number() ?? SHORTEST_SECONDS) < SHORTEST_SECONDS)
        visit.report(seconds, message('expirationSeconds must be {0} or more; raise it', SHORTEST_SECONDS));
    },
  },
};

function checkRequest(spec: Field, visit: Visit): void {
  const request = spec.get('request');
  const text = goText(request);
  if (isEmpty(request))
    visit.missing(spec, 'request', message('A certificate request needs request; add it'));
  else if (text !== null && !decodeBase64(text).includes('-----BEGIN CERTIFICATE REQUEST-----'))
    visit.report(request, message('request must be a CERTIFICATE REQUEST in PEM, in base64 once more'));
}

function checkSigner(spec: Field, visit: Visit): void {
  const signer = spec.get('signerName');
  const name = goText(signer);
  if (name === '') visit.missing(spec, 'signerName', message('{0} is required; add it', 'signerName'));
  else if (name === legacySigner)
    visit.report(signer, message('{0} signs nothing any more; use another signer', name));
  else if (name !== null && !isSignerName(name))
    visit.report(signer, message('signerName cannot be "{0}"; write one such as example.com/signer', name));
}

/** `example.com/signer`, each part of the domain a DNS label. */
function isSignerName(name: string): boolean {
  const [domain = '', path, more] = name.split('/', 3);
  if (path === undefined || more !== undefined || domain.length > LONGEST_DOMAIN) return false;
  const labels = domain.split('.');
  const whole = labels.length > 1 && labels.every(isDnsLabel);
  return whole && name.length <= LONGEST_SIGNER && path.split('.').every(isDnsSubdomain);
}

function checkUsages(spec: Field, visit: Visit): void {
  const list = spec.get('usages');
  if (isEmptyList(list))
    visit.missing(spec, 'usages', message('A certificate needs a use; add one such as client auth'));
  const seen = new Map<string, Field>();
  for (const usage of list.items()) {
    checkChoice(usage, usages, visit);
    checkUnique(usage, seen, visit);
  }
}
