/** What the Kubernetes API says about a field, made short enough to be read while one works. */
import type { Type } from '../../schema/type.ts';

export interface FieldSummary {
  /** Markdown; `''` where nothing is said. */
  readonly text: string;
  /** What the server takes where nothing is written; null where that is not said. */
  readonly preset: string | null;
  readonly deprecated: boolean;
  /** The page the text points to. */
  readonly link: string | null;
  /** What each listed value means. */
  readonly values: readonly { readonly value: string; readonly meaning: string }[];
}

/** `Defaults to 1`, with no condition behind it. */
const presetNote =
  /\b[Dd]efaults? (?:value )?(?:is|to) "?((?!(?:the|be|this|an?|nil|if|whatever)\b)[\w./:%-]+)"?(?![\w%"])(?! (?:if|when|unless|otherwise)\b)/;

/** A paragraph of more than this ends with its last whole sentence. */
const LONGEST = 420;
const LONGEST_MEANING = 140;

export function summaryOf(docs: string): FieldSummary {
  const [about = '', listed = ''] = docs.split(/\n+\s*Possible enum values:\s*\n/, 2);
  const deprecated = /\b(?:Deprecated:|DEPRECATED|[Tt]his field is deprecated|is a deprecated alias)/.test(
    about,
  );
  const link =
    /https:\/\/(?:git\.k8s\.io|kubernetes\.io)\/[^\s)>\]"']+/.exec(about)?.[0].replace(/[.,]$/, '') ?? null;
  const preset = presetNote.exec(about)?.[1]?.replace(/[.]$/, '') ?? null;
  return { text: paragraph(about), preset, deprecated, link, values: [...meanings(listed)] };
}

/** What a text says of a default is believed where it is a value the field can have. */
export function presetOf(type: Type | null, preset: string | null): string | null {
  if (type === null || preset === null) return null;
  switch (type.kind) {
    case 'integer':
      return /^\d+s?$/.test(preset) ? preset.replace('s', '') : null;
    case 'boolean':
      return /^(?:true|false)$/.test(preset) ? preset : null;
    case 'intOrString':
      return /^\d+%?$/.test(preset) ? preset : null;
    case 'string':
      return type.values?.includes(preset) === true || /^(?:\/|[A-Z]{2,}$)/.test(preset) ? preset : null;
    default:
      return null;
  }
}

function paragraph(about: string): string {
  const first = about
    .replace(/\s*More info[^:.]{0,80}:\s*\S+/g, '')
    .replace(/(?:This is a|It is a) pointer to (?:allow )?distinguish[^.]{0,80}\.\s*/g, '')
    .split(/\n\s*\n/)
    .find((part) => part.trim() !== '');
  const line = (first ?? '')
    .replace(/\\([*_])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return escapeText(shortened(line, LONGEST));
}

function shortened(line: string, longest: number): string {
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  const sentence = /^.*[.!?](?=\s)/.exec(cut)?.[0];
  return sentence !== undefined && sentence.length > longest / 3
    ? sentence
    : `${cut.replace(/\s+\S*$/, '')} …`;
}

function* meanings(listed: string): Iterable<FieldSummary['values'][number]> {
  for (const match of listed.matchAll(/^ ?- `"?([^`"]*)"?`\s*([^\n]*)/gm)) {
    const [, value = '', meaning = ''] = match;
    if (value !== '') yield { value, meaning: escapeText(shortened(meaning.trim(), LONGEST_MEANING)) };
  }
}

/** What Markdown would take for markup, outside of code. */
function escapeText(text: string): string {
  const parts = text.split('`');
  const isText = (index: number): boolean => index % 2 === 0 || index === parts.length - 1;
  return parts.map((part, index) => (isText(index) ? part.replace(/[<*_[\]#|]/g, '\\$&') : part)).join('`');
}

/** Groups whose name in a type is the first word of a longer one. */
const groups: Readonly<Record<string, string>> = {
  flowcontrol: 'flowcontrol-apiserver-k8s-io',
  rbac: 'rbac-authorization-k8s-io',
};
const whole = new Set(['apps', 'autoscaling', 'batch', 'core', 'meta', 'policy']);

/** The type in the API reference of a Kubernetes version; null for what is no part of it. */
export function referenceOf(type: string, version: string | null): string | null {
  const [, group = '', apiVersion = '', kind = ''] = /^([a-z]+)\/(v\w+)\.(\w+)$/.exec(type) ?? [];
  if (kind === '' || version === null) return null;
  const name = groups[group] ?? (whole.has(group) ? group : `${group}-k8s-io`);
  return `https://kubernetes.io/docs/reference/generated/kubernetes-api/v${version}/#${kind.toLowerCase()}-${apiVersion}-${name}`;
}
