/** What the tree is limited to: `web app=shop status:pending namespace:dev-*`, all of which must hold. */
import { formatMessage, type Health } from '../../core/index.ts';
import type { ObjectRow } from './rows/rows.ts';

interface Term {
  readonly kind: 'name' | 'label' | 'status' | 'namespace';
  matches(row: ObjectRow, health: Health): boolean;
}

const words: Readonly<Record<string, readonly Health[]>> = {
  unhealthy: ['failed', 'warning'],
  healthy: ['healthy'],
  failed: ['failed'],
  warning: ['warning'],
  progressing: ['progressing'],
  idle: ['idle'],
};

function termOf(text: string): Term {
  const [, key = '', value = ''] = /^(status|namespace|ns):(.*)$/i.exec(text) ?? [];
  if (key.toLowerCase() === 'status') return statusTerm(value.toLowerCase());
  if (key !== '') {
    const named = matcherOf(value);
    return { kind: 'namespace', matches: (row) => named(row.namespace) };
  }
  const [, label = '', not = '', wanted = ''] = /^([^=!]+)(!?)==?(.*)$/.exec(text) ?? [];
  if (label !== '') {
    const is = matcherOf(wanted, true);
    const holds = ({ labels }: ObjectRow): boolean => {
      const value = labels[label];
      return typeof value === 'string' && is(value);
    };
    return {
      kind: 'label',
      matches: (row) => holds(row) === (not === ''),
    };
  }
  const named = matcherOf(text);
  return { kind: 'name', matches: (row) => named(row.name) };
}

function statusTerm(wanted: string): Term {
  const healths = Object.hasOwn(words, wanted) ? words[wanted] : undefined;
  if (healths !== undefined) return { kind: 'status', matches: (_, health) => healths.includes(health) };
  return {
    kind: 'status',
    matches: ({ pod, summary, status }) => {
      const said = pod?.status.text ?? summary?.words[0] ?? status.summary;
      const text = typeof said === 'string' ? said : formatMessage(said);
      return text.toLowerCase().includes(wanted);
    },
  };
}

/** A pattern with `*`, or a part of the text (`whole`: all of it). */
function matcherOf(pattern: string, whole = false): (text: string) => boolean {
  const lower = pattern.toLowerCase();
  if (!lower.includes('*')) {
    return (text) => (whole ? text.toLowerCase() === lower : text.toLowerCase().includes(lower));
  }
  const parts = lower.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  return (text) => expression.test(text.toLowerCase());
}

export class Filter {
  readonly text: string;
  readonly #selecting: readonly Term[];
  readonly #telling: readonly Term[];
  readonly #places: readonly Term[];

  private constructor(text: string, terms: readonly Term[]) {
    this.text = text;
    this.#selecting = terms.filter(({ kind }) => kind === 'name' || kind === 'label');
    this.#telling = terms.filter(({ kind }) => kind === 'status');
    this.#places = terms.filter(({ kind }) => kind === 'namespace');
  }

  /** null: there is nothing in it to filter by. */
  static of(text: string): Filter | null {
    const terms = text.split(/\s+/).filter((part) => part !== '' && !/^(status|namespace|ns):$/i.test(part));
    return terms.length === 0 ? null : new Filter(terms.join(' '), terms.map(termOf));
  }

  /** Whether name and labels are those that are looked for: what stands below such an object is meant as well. */
  selects(row: ObjectRow, health: Health): boolean {
    return this.#selecting.every((term) => term.matches(row, health));
  }

  /** Whether it is in the state that is looked for. */
  tells(row: ObjectRow, health: Health): boolean {
    return this.#telling.every((term) => term.matches(row, health));
  }

  /** Whether the namespace is among those looked into; what belongs to none always is. */
  allows(row: ObjectRow, namespace: string): boolean {
    if (namespace === '') return true;
    return this.#places.every((term) => term.matches({ ...row, namespace }, 'unknown'));
  }

  allowsNamespace(namespace: ObjectRow): boolean {
    return this.allows(namespace, namespace.name);
  }
}
