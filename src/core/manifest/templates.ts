import type { Reading } from './read.ts';

/** Helm's own objects in a template expression. */
const helm = /\{\{[^}\n]{0,200}\.(?:Values|Release|Chart|Capabilities|Files|Template)\b/;
/** A template expression where YAML has structure: alone at the start of a line, a list item or a value. */
const structural = /^[ \t]*(?:- |[\w./"'-]+:[ \t]+)?\{[{%]/m;

/**
 * Whether a document becomes YAML only after a template engine has run (Helm, Jinja and their kin). Nothing
 * can be said about such a text. Expressions inside strings alone do not make one: workflows and alerts
 * carry theirs to the cluster.
 */
export function isTemplate(text: string, reading: Reading): boolean {
  if (reading.templated) return true;
  if (!text.includes('{{') && !text.includes('{%')) return false;
  return helm.test(text) || (reading.problems.length > 0 && structural.test(text));
}

/** Whether a scalar is filled in later: by a template engine, envsubst, kustomize or SOPS. */
export function isPlaceholder(source: string): boolean {
  if (source.startsWith('ENC[')) return true;
  return source.includes('{{') || /\$[({]|^\$[A-Z_][A-Z0-9_]*$/.test(source);
}
