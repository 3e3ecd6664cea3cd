import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText, isEmpty, isEmptyList, isPending, listOf } from '../values.ts';
import { dns1035Label } from '../forms.ts';
import { partsOf, tellAt } from './crd.ts';
import { checkClientConfigAt } from './webhook-client.ts';

const MOST_SELECTABLE = 8;
const selectableTypes: readonly string[] = ['boolean', 'integer', 'string'];
const identifier = /^[A-Za-z_]\w*$/;
const strategies: readonly string[] = ['None', 'Webhook'];
const reviewVersions: readonly string[] = ['v1', 'v1beta1'];
const columnTypes: readonly string[] = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats: readonly string[] = [
  'byte',
  'date',
  'date-time',
  'double',
  'float',
  'int32',
  'int64',
  'password',
];

export const crdPartsInvalid: Rule = {
  code: 'crd-parts-invalid',
  title: 'Columns, subresources or conversion of a CustomResourceDefinition that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
A printer column has a name, a type (\`string\`, \`integer\`, \`number\`, \`boolean\`, \`date\`) and a \`jsonPath\` that begins
with a dot. The paths of the scale subresource lie under \`.spec\` and \`.status\`. A conversion of the strategy \`Webhook\`
needs a \`webhook\` with a client configuration and \`conversionReviewVersions\`; \`None\` has none.

\`\`\`yaml
# bad
additionalPrinterColumns:
  - { name: Age, type: time, jsonPath: metadata.creationTimestamp }
# good
additionalPrinterColumns:
  - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
\`\`\`
`,
  visit: {
    'apiextensions/v1.CustomResourceDefinition'(definition, visit) {
      const spec = definition.get('spec');
      for (const { field, path } of partsOf(spec, 'additionalPrinterColumns'))
        field.items().forEach((column, index) => checkColumn(column, `${path}[${index}]`, visit));
      for (const { field, path } of partsOf(spec, 'subresources'))
        checkScale(field.get('scale'), `${path}.scale`, visit);
      for (const { field, path } of partsOf(spec, 'selectableFields')) checkSelectable(field, path, visit);
      checkConversion(spec.get('conversion'), visit);
    },
  },
};

function checkColumn(column: Field, path: string, visit: Visit): void {
  if (isPending(column)) return;
  const [name, type, format, json] = ['name', 'type', 'format', 'jsonPath'].map((key) => column.get(key));
  if (name === undefined || type === undefined || format === undefined || json === undefined) return;
  if (isEmpty(name)) tellAt(name, `${path}.name`, message('{0} is required; add it', 'name'), visit);
  const kind = goText(type);
  if (kind !== null && !columnTypes.includes(kind))
    tellAt(type, `${path}.type`, message('The type of a column is {0}; use one', listOf(columnTypes)), visit);
  const shape = goText(format);
  if (shape !== null && shape !== '' && !columnFormats.includes(shape))
    tellAt(
      format,
      `${path}.format`,
      message('There is no format "{0}"; use one such as date-time', shape),
      visit,
    );
  const place = goText(json);
  if (place !== null && !place.startsWith('.'))
    tellAt(
      json,
      `${path}.JSONPath`,
      message('jsonPath begins with a dot; write one such as .spec.replicas'),
      visit,
    );
}

function checkScale(scale: Field, path: string, visit: Visit): void {
  if (scale.node?.type !== 'mapping') return;
  checkReplicas(scale.get('specReplicasPath'), path, ['.spec.'], visit);
  checkReplicas(scale.get('statusReplicasPath'), path, ['.status.'], visit);
  if (!isEmpty(scale.get('labelSelectorPath')))
    checkReplicas(scale.get('labelSelectorPath'), path, ['.spec.', '.status.'], visit);
}

function checkReplicas(field: Field, path: string, starts: readonly string[], visit: Visit): void {
  const text = goText(field);
  if (text === null || starts.some((start) => text.startsWith(start))) return;
  tellAt(
    field,
    `${path}.${field.key}`,
    message('{0} begins with {1}; change it', field.key, listOf(starts)),
    visit,
  );
}

function checkSelectable(list: Field, path: string, visit: Visit): void {
  const items = list.items();
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const field = item.get('jsonPath');
    const text = goText(field);
    const at = `${path}[${index}].jsonPath`;
    if (text === null || isPending(item)) continue;
    if (text === '') tellAt(field, at, message('{0} is required; add it', 'jsonPath'), visit);
    else if (!text.startsWith('.') || text.startsWith('.metadata.'))
      tellAt(
        field,
        at,
        message('jsonPath leads to a field of the object itself; write one such as .spec.host'),
        visit,
      );
    else if (!isSelectable(list.parent ?? list, text))
      tellAt(field, at, message('The schema has no single value at {0}; use another field', text), visit);
    else if (seen.has(text))
      tellAt(field, at, message('{0} is written twice; use another one here', text), visit);
    seen.add(text);
  }
  if (seen.size > MOST_SELECTABLE)
    tellAt(list, path, message('{0} has at most {1} items; remove some', list.key, MOST_SELECTABLE), visit);
}

/** Whether a path leads to a single value of the version's schema; what cannot be followed is taken for one. */
function isSelectable(version: Field, path: string): boolean {
  let schema = version.at('schema.openAPIV3Schema');
  for (const key of path.slice(1).split('.')) {
    if (!identifier.test(key) || schema.node?.type !== 'mapping') return true;
    schema = schema.get('properties').get(key);
    if (!schema.written) return false;
  }
  const type = goText(schema.get('type'));
  return type === null || selectableTypes.includes(type);
}

function checkConversion(conversion: Field, visit: Visit): void {
  if (conversion.node?.type !== 'mapping') return;
  const [strategy, webhook] = [conversion.get('strategy'), conversion.get('webhook')];
  const name = goText(strategy);
  if (name === '')
    visit.missing(conversion, 'strategy', message('A conversion needs a strategy; add None or Webhook'));
  else checkChoice(strategy, strategies, visit);
  if (name === null) return;
  const [config, versions] = [webhook.get('clientConfig'), webhook.get('conversionReviewVersions')];
  if (name === 'Webhook') {
    checkClientConfigAt(config, `${conversion.path}.webhookClientConfig`, visit);
    checkReviewVersions(versions, `${conversion.path}.conversionReviewVersions`, visit);
    return;
  }
  const text = message('Only the strategy Webhook has a webhook; remove it or change the strategy');
  if (config.written) tellAt(config, `${conversion.path}.webhookClientConfig`, text, visit);
  if (!isEmptyList(versions)) tellAt(versions, `${conversion.path}.conversionReviewVersions`, text, visit);
}

function checkReviewVersions(list: Field, path: string, visit: Visit): void {
  if (isEmptyList(list)) {
    tellAt(list, path, message('A conversion needs conversionReviewVersions; add [v1]'), visit);
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of list.items().entries()) {
    const text = goText(item);
    if (text === null) return;
    if (seen.has(text) || !dns1035Label.fits(text))
      tellAt(
        item,
        `${path}[${index}]`,
        message('"{0}" is no version, or written twice; use v1', text),
        visit,
      );
    seen.add(text);
  }
  if (list.items().length > 0 && !reviewVersions.some((version) => seen.has(version)))
    tellAt(list, path, message('conversionReviewVersions needs a version the server knows; add v1'), visit);
}
