import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';

const MOST_PARAMETERS = 512;
const LARGEST_PARAMETERS = 256 * 1024;

/** Parameters of a class of storage: at most 512 of them, 256 KiB in all, none without a name. */
export function checkParameters(parameters: Field, visit: Visit): void {
  const entries = parameters.entries();
  if (entries.length > MOST_PARAMETERS) {
    visit.report(parameters, message('There are at most {0} parameters; remove some', MOST_PARAMETERS));
    return;
  }
  let size = 0;
  for (const parameter of entries) {
    if (parameter.key === '')
      visit.report(parameters, message('A parameter needs a name; add it'), { range: parameter.head });
    size += byteLength(parameter.key) + byteLength(parameter.text() ?? '');
  }
  if (size > LARGEST_PARAMETERS)
    visit.report(
      parameters,
      message('The parameters are larger than {0} bytes; remove some', LARGEST_PARAMETERS),
    );
}

/** In UTF-8. */
function byteLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Both halves of a pair of surrogates: four bytes together.
    if (code >= 0xd800 && code <= 0xdfff) length++;
    else length += code > 0x7ff ? 2 : code > 0x7f ? 1 : 0;
  }
  return length;
}
