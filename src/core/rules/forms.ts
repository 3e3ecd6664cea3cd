/** The forms of text that many places ask for, each with the sentence that says which one it is. */
import { message } from '../finding.ts';
import type { Field } from '../schema/field.ts';
import { isCanonicalIp, isCidr, isIp } from './addresses.ts';
import {
  isConfigMapKey,
  isDns1035Label,
  isDnsLabel,
  isDnsSubdomain,
  isDomainPrefixedPath,
  isFullyQualifiedDomainName,
  isFullyQualifiedName,
  isLabelValue,
  isPathSegment,
  isPortName,
  isQualifiedName,
  isWildcardDnsSubdomain,
} from './names.ts';
import type { ReportOptions, Visit } from './rule.ts';
import { goText, isEmpty, nameOf } from './values.ts';

export interface Form {
  readonly fits: (text: string) => boolean;
  /** `{0}` is what the place is called, `{1}` what stands there. */
  readonly template: string;
}

export const dnsLabel: Form = {
  fits: isDnsLabel,
  template: '{0} cannot be "{1}"; use at most 63 small letters, digits and "-"',
};

export const dns1035Label: Form = {
  fits: isDns1035Label,
  template: '{0} cannot be "{1}"; use at most 63 small letters, digits and "-", a letter first',
};

export const dnsSubdomain: Form = {
  fits: isDnsSubdomain,
  template: '{0} cannot be "{1}"; use small letters, digits, "-" and "."',
};

/** Of a host: a DNS name, or `*.` and one. */
export const hostName: Form = {
  fits: (text) => (text.includes('*') ? isWildcardDnsSubdomain(text) : isDnsSubdomain(text)),
  template: '{0} cannot be "{1}"; write a host name such as web.example.com or *.example.com',
};

export const qualifiedName: Form = {
  fits: isQualifiedName,
  template: '{0} cannot be "{1}"; write a name such as web or example.com/web',
};

export const labelValue: Form = {
  fits: isLabelValue,
  template: '{0} cannot be "{1}"; use at most 63 letters, digits, "-", "_" and "."',
};

export const domainName: Form = {
  fits: isFullyQualifiedDomainName,
  template: '{0} cannot be "{1}"; write a whole domain name such as web.example.com',
};

/** A domain name of three parts or more. */
export const longDomainName: Form = {
  fits: isFullyQualifiedName,
  template: '{0} cannot be "{1}"; write a name with two dots or more, such as web.example.com',
};

export const domainPath: Form = {
  fits: isDomainPrefixedPath,
  template: '{0} cannot be "{1}"; write a domain and a path, such as example.com/name',
};

export const pathSegment: Form = {
  fits: isPathSegment,
  template: '{0} cannot be "{1}"; use no "/" and no "%"',
};

export const portName: Form = {
  fits: isPortName,
  template: '{0} cannot be "{1}"; use at most 15 small letters, digits and single "-", a letter among them',
};

export const dataKey: Form = {
  fits: isConfigMapKey,
  template: '"{1}" cannot be a key; use letters, digits, "-", "_" and ".", no ".." at its start',
};

export const ip: Form = {
  fits: isIp,
  template: '{0} cannot be "{1}"; write an IP address such as 10.0.0.53',
};

export const cidr: Form = {
  fits: isCidr,
  template: '{0} cannot be "{1}"; write a range such as 10.0.0.0/24, only zeros behind its prefix',
};

/** As Go prints it. */
export const canonicalIp: Form = {
  fits: isCanonicalIp,
  template: '{0} cannot be "{1}"; write an IP address in its usual form, such as 10.0.0.53 or 2001:db8::1',
};

export const canonicalCidr: Form = {
  fits: (text) => isCidr(text) && isCanonicalIp(text.slice(0, text.indexOf('/'))),
  template: '{0} cannot be "{1}"; write a range in its usual form, such as 10.0.0.0/24 or 2001:db8::/64',
};

/** Says that a text has another form; an empty one has, an absent one has none. Whether it was said. */
export function checkForm(field: Field, form: Form, visit: Visit, options?: ReportOptions): boolean {
  return field.written && misfits(field, form, visit, options);
}

/** As `checkForm`, where an empty text is as good as an absent one. */
export function checkFilled(field: Field, form: Form, visit: Visit, options?: ReportOptions): boolean {
  return !isEmpty(field) && misfits(field, form, visit, options);
}

/** Each item of a list; a null among them is an empty text. */
export function checkItems(list: Field, form: Form, visit: Visit): void {
  for (const item of list.items()) misfits(item, form, visit);
}

/** Says that a text is missing or has another form. */
export function requireForm(parent: Field, key: string, form: Form, visit: Visit): void {
  const field = parent.get(key);
  if (isEmpty(field)) visit.missing(parent, key, message('{0} is required; add it', key));
  else misfits(field, form, visit);
}

function misfits(field: Field, { fits, template }: Form, visit: Visit, options?: ReportOptions): boolean {
  const text = goText(field);
  if (text === null || fits(text)) return false;
  visit.report(field, message(template, nameOf(field), text), options);
  return true;
}
