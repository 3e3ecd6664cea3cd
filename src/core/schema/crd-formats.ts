/** The formats of texts that the API server holds custom resources to. It passes over all others, and so do we. */

const shortName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const date = /^(\d{4})-(\d{2})-(\d{2})$/;
const clock = /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/;
const durationPart = /(\d+)\s*([A-Za-zµ]+)/g;
const durationUnit =
  /^(?:ns|nano.*|us|µs|micro.*|ms|milli.*|s|sec.*|m|min.*|h|hr|hour.*|d|day.*|w|wk|week.*)$/i;
const goDuration = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const ipv6Part = /^[0-9a-f]{1,4}$/i;

/** By name without dashes, as the server looks them up. Each is lenient where Go's own reading is hard to follow. */
const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['byte', isBase64],
  ['cidr', isCidr],
  ['date', isDate],
  ['datetime', isDateTime],
  ['duration', isDuration],
  ['email', (text) => /.@./.test(text)],
  ['hexcolor', (text) => /^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text)],
  ['hostname', (text) => text !== '' && text.length <= 255 && !/[\s/:@_]/.test(text)],
  ['ipv4', isIpv4],
  ['ipv6', isIpv6],
  ['k8slongname', (text) => text.length <= 253 && text.split('.').every((part) => shortName.test(part))],
  ['k8sshortname', (text) => text.length <= 63 && shortName.test(text)],
  ['mac', isMac],
  ['uri', isUri],
  ...(['uuid', 'uuid3', 'uuid4', 'uuid5'] as const).map((name) => [name, uuid(name.slice(4))] as const),
]);

/** Whether a text is of a format; any text is of one that the server does not know. */
export function hasFormat(text: string, format: string): boolean {
  return formats.get(format.replaceAll('-', ''))?.(text) ?? true;
}

function uuid(version: string): (text: string) => boolean {
  const variant = version === '4' || version === '5' ? '[89ab]' : '[0-9a-f]';
  const third = version === '' ? '[0-9a-f]' : version;
  const form = new RegExp(
    `^[0-9a-f]{8}-?[0-9a-f]{4}-?${third}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`,
    'i',
  );
  return (text) => form.test(text);
}

function isBase64(text: string): boolean {
  const compact = text.replaceAll(/[\r\n]/g, '');
  return compact.length % 4 === 0 && /^[A-Za-z0-9+/_-]*={0,2}$/.test(compact);
}

function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = date.exec(text) ?? [];
  if (year === '') return false;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}

function isDateTime(text: string): boolean {
  const [day = '', time = ''] = text.toLowerCase().split('t');
  const [, hour = '99', minute = '99', second = '99'] = clock.exec(time) ?? [];
  return isDate(day) && hour <= '23' && minute <= '59' && second <= '59';
}

function isDuration(text: string): boolean {
  if (goDuration.test(text)) return true;
  return [...text.matchAll(durationPart)].some(([, , unit = '']) => durationUnit.test(unit));
}

function isIpv4(text: string): boolean {
  return ipv4.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  if (!text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const parts = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = parts.at(-1) ?? '';
  const mixed = isIpv4(last);
  const words = mixed ? parts.slice(0, -1) : parts;
  const count = words.length + (mixed ? 2 : 0);
  return words.every((part) => ipv6Part.test(part)) && (halves.length === 2 ? count <= 7 : count === 8);
}

function isCidr(text: string): boolean {
  const [, address = '', bits = ''] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
  if (isIpv4(address)) return Number(bits) <= 32;
  return isIpv6(address) && Number(bits) <= 128;
}

function isMac(text: string): boolean {
  const bytes = /^(?:[0-9a-f]{2}[:-])+[0-9a-f]{2}$/i.test(text) ? (text.length + 1) / 3 : 0;
  const words = /^(?:[0-9a-f]{4}\.)+[0-9a-f]{4}$/i.test(text) ? ((text.length + 1) / 5) * 2 : 0;
  return [6, 8, 20].includes(bytes + words);
}

/** An absolute address or an absolute path. */
function isUri(text: string): boolean {
  if (text === '' || /[\x00-\x1f\x7f]/.test(text)) return false;
  return text.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:./.test(text);
}
