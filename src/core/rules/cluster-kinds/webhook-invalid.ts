import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkItems, dns1035Label, longDomainName, requireForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange, checkUnique, isEmptyList, isPending } from '../values.ts';
import { checkMatchConditions, failurePolicies, matchPolicies, reinvocationPolicies } from './admission.ts';
import { checkClientConfig } from './webhook-client.ts';

const LONGEST_TIMEOUT = 30;
const versions: readonly string[] = ['v1', 'v1beta1'];
const sideEffects: readonly string[] = ['None', 'NoneOnDryRun'];

export const webhookInvalid: Rule = {
  code: 'webhook-invalid',
  title: 'Admission webhook that cannot be called',
  origin: 'server',
  severity: 'error',
  docs: `
Each webhook has a name of its own with at least two dots, a \`clientConfig\` with either a \`url\` (https, without user,
query and fragment) or a \`service\`, \`sideEffects\` \`None\` or \`NoneOnDryRun\`, and \`admissionReviewVersions\` with
\`v1\` among them. \`timeoutSeconds\` is from 1 to 30.

\`\`\`yaml
# bad
webhooks:
  - name: pods
    clientConfig: { url: "http://hook" }
# good
webhooks:
  - name: pods.example.com
    clientConfig: { url: "https://hook.example.com" }
    sideEffects: None
    admissionReviewVersions: [v1]
\`\`\`
`,
  visit: {
    'admissionregistration/v1.ValidatingWebhookConfiguration': checkNames,
    'admissionregistration/v1.MutatingWebhookConfiguration': checkNames,
    'admissionregistration/v1.ValidatingWebhook': checkWebhook,
    'admissionregistration/v1.MutatingWebhook'(webhook, visit) {
      checkWebhook(webhook, visit);
      checkChoice(webhook.get('reinvocationPolicy'), reinvocationPolicies, visit);
    },
  },
};

function checkNames(configuration: Field, visit: Visit): void {
  const names = new Map<string, Field>();
  for (const webhook of configuration.get('webhooks').items()) {
    if (webhook.get('name').text() !== '') checkUnique(webhook.get('name'), names, visit);
  }
}

function checkWebhook(webhook: Field, visit: Visit): void {
  if (isPending(webhook)) return;
  requireForm(webhook, 'name', longDomainName, visit);
  checkChoice(webhook.get('failurePolicy'), failurePolicies, visit);
  checkChoice(webhook.get('matchPolicy'), matchPolicies, visit);
  const effects = webhook.get('sideEffects');
  if (effects.written) checkChoice(effects, sideEffects, visit);
  else
    visit.missing(webhook, 'sideEffects', message('A webhook needs sideEffects; add None or NoneOnDryRun'));
  if (webhook.get('timeoutSeconds').written)
    checkRange(webhook.get('timeoutSeconds'), 1, LONGEST_TIMEOUT, visit);
  checkClientConfig(webhook, 'clientConfig', visit);
  checkMatchConditions(webhook.get('matchConditions'), visit);
  checkVersions(webhook, visit);
}

function checkVersions(webhook: Field, visit: Visit): void {
  const list = webhook.get('admissionReviewVersions');
  if (isEmptyList(list)) {
    visit.missing(webhook, list.key, message('A webhook needs admissionReviewVersions; add [v1]'));
    return;
  }
  const seen = new Map<string, Field>();
  for (const version of list.items()) checkUnique(version, seen, visit);
  checkItems(list, dns1035Label, visit);
  const items = list.items();
  if (
    items.length > 0 &&
    items.every((item) => item.text() !== null && !versions.includes(item.text() ?? ''))
  )
    visit.report(list, message('admissionReviewVersions needs a version the server knows; add v1'));
}
