import { setting } from './settings.ts';

export type Protection = 'none' | 'protected' | 'readOnly';

/** `*` stands for any run of characters; everything else is literal; upper and lower case are the same. */
function matches(pattern: string, name: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i').test(name);
}

/** What the team decided about a context: read-only ones refuse every change, protected ones want their name typed. */
export function protectionOf(context: string): Protection {
  if (setting('clusters.readOnly').some((pattern) => matches(pattern, context))) return 'readOnly';
  return setting('clusters.protected').some((pattern) => matches(pattern, context)) ? 'protected' : 'none';
}
