import type { ContextInfo } from '../../../cluster/index.ts';
import type { ContextColor } from '../../../contributions.ts';
import { type Fact, formatDuration, message, type Message, verbatim } from '../../../core/index.ts';
import type { StoreState } from '../../../cluster/index.ts';
import { contextColors } from '../../../platform/context-colors.ts';
import { isLocalContext } from '../../../platform/context-patterns.ts';
import { type Face, type Icon, noTooltip } from './face.ts';
import type { ContextPhase } from '../live/context.ts';

export interface ContextSetting {
  readonly state: ContextPhase;
  /** State of its list of namespaces. */
  readonly listing: StoreState;
  readonly protection: 'none' | 'protected' | 'readOnly';
  /** The colour a person gave the context. */
  readonly color: ContextColor | null;
  readonly now: number;
  /** What is known of the cluster as a whole: `5 nodes`, `cpu 62 % requested`. */
  readonly figures: readonly Message[];
  /** Nodes that are not well. */
  readonly unhealthy: number;
}

interface Condition {
  readonly icon: Icon;
  readonly words: Message;
  /** For menus: `connected`, `disconnected`, `failed`. */
  readonly flags: string;
}

const grey = 'disabledForeground';

export function contextFace(context: ContextInfo, setting: ContextSetting): Face {
  const { icon, words, flags } = conditionOf(setting);
  const color = setting.color === null ? null : contextColors[setting.color];
  const protection = {
    none: [],
    protected: [message('protected')],
    readOnly: [message('read-only')],
  }[setting.protection];
  const fact = (name: Message, value: string): Fact => ({ name, value: verbatim(value) });
  return {
    label: verbatim(context.name),
    description: [
      // What matters most stands where a narrow side bar still shows it.
      ...(setting.unhealthy === 0 ? [] : [message('{0} unhealthy', setting.unhealthy)]),
      words,
      ...protection,
      ...setting.figures,
    ],
    icon: color === null || isAlarming(icon) ? icon : { id: icon.id, color: color.theme },
    spoken: [message('context'), ...(color === null ? [] : [color.word])],
    tooltip: () => ({
      title: verbatim(context.name),
      facts: [
        { name: message('State'), value: words },
        fact(message('Cluster'), context.cluster),
        fact(message('Server'), context.server),
        fact(message('User'), context.user),
        fact(message('Namespace'), context.namespace),
        fact(message('Kubeconfig'), context.file),
        ...(color === null ? [] : [{ name: message('Colour'), value: color.word }]),
      ],
      story: [],
    }),
    contextValue: [
      `context named ${flags}`,
      ...(setting.protection === 'none' ? [] : [setting.protection]),
      ...(isLocalContext(context.name) ? ['local'] : []),
    ].join(' '),
  };
}

/** What needs attention keeps its own colour, whatever colour the context has. */
function isAlarming({ color }: Icon): boolean {
  return color?.startsWith('list.') === true;
}

function conditionOf({ state, listing, now }: ContextSetting): Condition {
  switch (state.phase) {
    case 'disconnected':
      return {
        icon: { id: 'circle-outline', color: grey },
        words: message('not connected'),
        flags: 'disconnected',
      };
    case 'connecting':
      return { icon: { id: 'sync~spin', color: null }, words: message('connecting…'), flags: 'connected' };
    case 'failed':
      return {
        icon: { id: 'error', color: 'list.errorForeground' },
        words: message('cannot connect'),
        flags: 'failed',
      };
    case 'connected':
      return listingCondition(listing, state.version, now);
  }
}

function listingCondition(listing: StoreState, version: string | null, now: number): Condition {
  switch (listing.phase) {
    case 'connecting':
      return { icon: { id: 'sync~spin', color: null }, words: message('connecting…'), flags: 'connected' };
    case 'stale':
      return {
        icon: { id: 'history', color: 'list.warningForeground' },
        words: message('last seen {0} ago', formatDuration(now - listing.since)),
        flags: 'connected failed',
      };
    case 'signedOut':
      return {
        icon: { id: 'key', color: 'list.warningForeground' },
        words: message('signed out'),
        flags: 'connected failed',
      };
    case 'failed':
      return {
        icon: { id: 'error', color: 'list.errorForeground' },
        words: message('cannot connect'),
        flags: 'connected failed',
      };
    case 'forbidden':
    case 'live':
      return {
        icon: { id: 'circle-filled', color: 'testing.iconPassed' },
        words: version === null ? message('connected') : verbatim(version),
        flags: 'connected',
      };
  }
}

export interface NamespaceSetting {
  /** Number of its workloads in trouble; null while nobody looks into it. */
  readonly unhealthy: number | null;
  readonly terminating: boolean;
  /** What can be done with it as an object. */
  readonly abilities: readonly string[];
  /** Whether deploys of this window go there. */
  readonly target: boolean;
}

export function namespaceFace(
  name: string,
  { unhealthy, terminating, abilities, target }: NamespaceSetting,
): Face {
  const troubled = unhealthy !== null && unhealthy > 0;
  return {
    label: verbatim(name),
    description: [
      ...(terminating ? [message('terminating')] : []),
      ...(troubled ? [message('{0} unhealthy', unhealthy)] : []),
      ...(target ? [message('target')] : []),
    ],
    icon: troubled
      ? { id: 'warning', color: 'list.warningForeground' }
      : { id: 'symbol-namespace', color: null },
    spoken: [message('namespace')],
    tooltip: noTooltip,
    contextValue: ['namespace', 'named', 'object', 'kind-Namespace', ...abilities].join(' '),
  };
}

export interface GroupSetting {
  readonly label: Message;
  /** null: not known (yet). */
  readonly count: number | null;
  /** How many of them the filter lets through; null: there is none. */
  readonly shown: number | null;
  readonly unhealthy: number;
  /** Its objects may not be listed. */
  readonly forbidden: boolean;
  /** Stands after the label where that alone does not say enough. */
  readonly note: Message | null;
}

/** The row above all objects of a kind, or above several kinds. */
export function groupFace({ label, count, shown, unhealthy, forbidden, note }: GroupSetting): Face {
  const counted = (all: number): Message =>
    shown === null ? verbatim(thousands(all)) : message('{0} of {1}', thousands(shown), thousands(all));
  return {
    label,
    description: [
      ...(count === null ? [] : [counted(count)]),
      ...(forbidden ? [message('not allowed')] : []),
      ...(unhealthy === 0 ? [] : [message('{0} unhealthy', unhealthy)]),
      ...(note === null ? [] : [note]),
    ],
    icon: forbidden ? { id: 'lock', color: grey } : null,
    spoken: [],
    tooltip: noTooltip,
    contextValue: 'group',
  };
}

/** `10,000`: the same in every language, as the cluster's own texts are. */
function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1–200 of 10,000 · Show 200 more` */
export function moreFace(shown: number, all: number, step: number): Face {
  return {
    label: message('1–{0} of {1}', thousands(shown), thousands(all)),
    description: [message('Show {0} more', Math.min(step, all - shown))],
    icon: { id: 'ellipsis', color: null },
    spoken: [],
    tooltip: noTooltip,
    contextValue: 'more',
  };
}

export function filterFace(text: string): Face {
  return {
    label: message('Filter: {0}', text),
    description: [],
    icon: { id: 'filter-filled', color: null },
    spoken: [],
    tooltip: noTooltip,
    contextValue: 'filter',
  };
}

export function olderFace(count: number): Face {
  return {
    label: message('Older revisions'),
    description: [verbatim(String(count))],
    icon: { id: 'history', color: grey },
    spoken: [],
    tooltip: noTooltip,
    contextValue: 'group',
  };
}
