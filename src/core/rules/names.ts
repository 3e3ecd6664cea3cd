/**
 * The forms of names that Kubernetes knows, each by the name apimachinery 0.36 gives it (`pkg/util/validation`).
 * Lengths are checked first: no text costs more than its form allows.
 */

const DNS_LABEL_LENGTH = 63;
const DNS_SUBDOMAIN_LENGTH = 253;
const LABEL_LENGTH = 63;
const PORT_NAME_LENGTH = 15;

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const dns1035Label = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const labelName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const configMapKey = /^[-._a-zA-Z0-9]+$/;
const envVarName = /^[\x20-\x3c\x3e-\x7e]+$/;
const portName = /^(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;
const httpPath = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const httpHeaderName = /^[-A-Za-z0-9]+$/;
const cIdentifier = /^[A-Za-z_][A-Za-z0-9_]*$/;
const percentage = /^[0-9]+%$/;

/** `web-1`: RFC 1123, up to 63 characters. */
export function isDnsLabel(text: string): boolean {
  return text.length <= DNS_LABEL_LENGTH && dnsLabel.test(text);
}

/** As a DNS label, and begins with a letter: RFC 1035. */
export function isDns1035Label(text: string): boolean {
  return text.length <= DNS_LABEL_LENGTH && dns1035Label.test(text);
}

/** `web.example.com`: DNS labels of any length between dots, up to 253 characters in all. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= DNS_SUBDOMAIN_LENGTH && dnsSubdomain.test(text);
}

/** `*.example.com`. */
export function isWildcardDnsSubdomain(text: string): boolean {
  return text.length <= DNS_SUBDOMAIN_LENGTH && text.startsWith('*.') && dnsSubdomain.test(text.slice(2));
}

/** A DNS subdomain of at least three parts. */
export function isFullyQualifiedName(text: string): boolean {
  return isDnsSubdomain(text) && text.split('.', 3).length === 3;
}

/** A DNS subdomain of at least two parts, each of them a DNS label; it may end with a dot. */
export function isFullyQualifiedDomainName(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  if (!isDnsSubdomain(name)) return false;
  const labels = name.split('.');
  return labels.length >= 2 && labels.every(isDnsLabel);
}

/** Key of a label, name of a finalizer, of a resource …: `app` or `example.com/app`. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  return isLabelName(text.slice(slash + 1)) && (slash < 0 || isDnsSubdomain(text.slice(0, slash)));
}

function isLabelName(text: string): boolean {
  return text.length <= LABEL_LENGTH && labelName.test(text);
}

/** A qualified name whose prefix may have capitals. */
export function isAnnotationKey(text: string): boolean {
  return isQualifiedName(text) || isQualifiedName(text.toLowerCase());
}

/** A qualified name that has its prefix. */
export function isDomainPrefixedKey(text: string): boolean {
  return text.includes('/') && isQualifiedName(text);
}

/** `example.com/path/of/it`. */
export function isDomainPrefixedPath(text: string): boolean {
  const slash = text.indexOf('/');
  return slash >= 0 && isDnsSubdomain(text.slice(0, slash)) && isHttpPath(text.slice(slash + 1));
}

/** Empty, or up to 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends. */
export function isLabelValue(text: string): boolean {
  return text === '' || isLabelName(text);
}

/** Any printable ASCII but `=`, as Kubernetes takes it since 1.34. */
export function isEnvVarName(text: string): boolean {
  return envVarName.test(text);
}

/** Key of a ConfigMap or Secret: also the name of a file, so none that leads out of its folder. */
export function isConfigMapKey(text: string): boolean {
  return (
    text.length <= DNS_SUBDOMAIN_LENGTH && configMapKey.test(text) && text !== '.' && !text.startsWith('..')
  );
}

/** Name of a port, up to 15 characters with a letter among them: RFC 6335, in small letters. */
export function isPortName(text: string): boolean {
  return text.length <= PORT_NAME_LENGTH && portName.test(text);
}

/** From 1 to 65535. */
export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65_535;
}

/** Characters of a path in a URL; none is too few. */
export function isHttpPath(text: string): boolean {
  return httpPath.test(text);
}

export function isHttpHeaderName(text: string): boolean {
  return httpHeaderName.test(text);
}

/** A name in the language C. */
export function isCIdentifier(text: string): boolean {
  return cIdentifier.test(text);
}

/** Can stand between the slashes of a URL: no `/` or `%`, and neither `.` nor `..`. Any length, also none. */
export function isPathSegment(text: string): boolean {
  return text !== '.' && text !== '..' && !text.includes('/') && !text.includes('%');
}

/** `25%`; `12.5%`, `-5%` and `25 %` are none. */
export function isPercentage(text: string): boolean {
  return percentage.test(text);
}
