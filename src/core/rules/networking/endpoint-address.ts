import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { parseIp } from '../addresses.ts';
import { ip } from '../forms.ts';
import type { Visit } from '../rule.ts';
import { goText, nameOf } from '../values.ts';

/** Addresses that lead nowhere else: unspecified, of the machine itself, of one link (`ValidateEndpointIP`). */
function isLocalAddress(bytes: readonly number[]): boolean {
  const [first = 0, second = 0] = bytes;
  if (bytes.length === 4) {
    const group = first === 224 && second === 0 && bytes[2] === 0;
    return first === 127 || group || (first === 169 && second === 254) || bytes.every((byte) => byte === 0);
  }
  const linkLocal = first === 0xfe && (second & 0xc0) === 0x80;
  const linkGroup = first === 0xff && (second & 0x0f) === 0x02;
  const last = bytes[15] ?? 0;
  return linkLocal || linkGroup || (last <= 1 && bytes.every((byte, index) => index === 15 || byte === 0));
}

/** Says that a text is no address which the whole cluster can reach. */
export function checkEndpointIp(field: Field, visit: Visit): void {
  const text = goText(field);
  if (text === null) return;
  const bytes = parseIp(text);
  if (bytes === null) visit.report(field, message(ip.template, nameOf(field), text));
  else if (isLocalAddress(bytes))
    visit.report(
      field,
      message('{0} is of one machine or link only; use one that the cluster can reach', text),
    );
}
