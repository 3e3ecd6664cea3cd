import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';
import { base64Bytes, utf8Bytes } from '../../bytes.ts';

/** 1 MiB. */
const MOST_BYTES = 1_048_576;
/** Of a unit of UTF-16 in UTF-8. */
const MOST_BYTES_PER_UNIT = 3;

export const configTooLarge: Rule = {
  code: 'config-too-large',
  title: 'ConfigMap or Secret above 1 MiB',
  origin: 'server',
  severity: 'error',
  docs: `
The values of a ConfigMap or Secret have at most 1 MiB (1,048,576 bytes) in all: they are kept in the cluster's database
and in the memory of every node that uses them. Put large files into an image or a volume, or split the object.
`,
  visit: {
    'core/v1.ConfigMap'(config, visit) {
      const [data, binary] = [config.get('data'), config.get('binaryData')];
      if (sizeOf(data, utf8Bytes) + sizeOf(binary, base64Bytes) > MOST_BYTES)
        visit.report(
          config,
          message('A ConfigMap has at most 1 MiB; split it or put large files elsewhere'),
          {
            range: (data.written ? data : binary).head,
          },
        );
    },
    'core/v1.Secret'(secret, visit) {
      const [data, texts] = [secret.get('data'), secret.get('stringData')];
      const hidden = data.entries().filter(({ key }) => texts.get(key).node !== null);
      const size = sizeOf(data, base64Bytes) + sizeOf(texts, utf8Bytes) - sum(hidden, base64Bytes);
      if (size > MOST_BYTES)
        visit.report(data, message('A Secret has at most 1 MiB; split it or put large files elsewhere'), {
          range: (data.written ? data : texts).head,
        });
    },
  },
};

/** Nothing where the texts are too short to matter: they are not counted byte by byte then. */
function sizeOf(map: Field, bytesOf: (text: string) => number): number {
  const fields = map.entries();
  return sum(fields, (text) => text.length) * MOST_BYTES_PER_UNIT <= MOST_BYTES / 2
    ? 0
    : sum(fields, bytesOf);
}

function sum(fields: readonly Field[], bytesOf: (text: string) => number): number {
  return fields.reduce((size, field) => size + bytesOf(field.text() ?? ''), 0);
}
