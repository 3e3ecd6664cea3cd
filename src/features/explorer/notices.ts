/** States that stand in the tree as rows of their own: an empty tree never stands for an error. */
import type { ClusterError, StoreState } from '../../cluster/index.ts';
import { formatDuration, message, type Message, verbatim } from '../../core/index.ts';
import { type Face, type Icon } from './faces/face.ts';

export interface Notice {
  readonly icon: Icon;
  readonly label: Message;
  /** What happened and what to do, in grey as far as there is room; the tooltip shows it whole. */
  readonly details: readonly Message[];
  /** File that a click opens; null: none. */
  readonly opens: string | null;
  /** Offers Retry. */
  readonly failed: boolean;
}

const warning = 'list.warningForeground';
const error = 'list.errorForeground';

function notice(icon: Icon, label: Message, details: readonly Message[] = [], failed = false): Notice {
  return { icon, label, details, failed, opens: null };
}

export function connecting(context: string): Notice {
  return notice({ id: 'sync~spin', color: null }, message('Connecting to {0}…', context));
}

function loading(): Notice {
  return notice({ id: 'sync~spin', color: null }, message('Loading…'));
}

/** `template` has `{0}` for the namespace: `No deployments in {0}`. */
export function nothing(template: string, place: string): Notice {
  return notice({ id: 'info', color: null }, message(template, place));
}

/** `what` is the plural as the API has it. */
export function noObjects(what: string, place: string): Notice {
  return notice({ id: 'info', color: null }, message('No {0} in {1}', what, place));
}

/** They are kept as Secrets, of which there may be others. */
export function noReleases(place: string): Notice {
  return notice({ id: 'info', color: null }, message('No Helm releases in {0}', place));
}

/** Nobody answers behind a Service. */
export function noEndpoints(service: string): Notice {
  return notice({ id: 'info', color: null }, message('No endpoints of {0}', service));
}

/** There are objects, but none that the filter lets through. */
export function filteredOut(): Notice {
  return notice({ id: 'filter', color: null }, message('Nothing here matches the filter'));
}

export function noNamespaces(context: string): Notice {
  return notice({ id: 'info', color: null }, message('No namespaces in {0}', context));
}

/** A file of the kubeconfig that could not be read; the others still work. */
export function kubeconfigProblem(file: string, problem: Message): Notice {
  const words = message('has a problem; click to open it');
  const name = verbatim(file.replace(/^.*[\\/]/, ''));
  return { ...notice({ id: 'warning', color: warning }, name, [words, problem]), opens: file };
}

/** The context itself could not be used: no session could be made. */
export function noSession(reason: Message): Notice {
  return notice({ id: 'error', color: error }, message('Cannot connect'), [reason], true);
}

/** Namespaces may not be listed; those known from elsewhere are shown below. */
export function namespacesForbidden(failure: ClusterError): Notice {
  const shown = message('The namespaces below are those your configuration names.');
  return notice(
    { id: 'lock', color: warning },
    message('Not allowed to list {0}', 'namespaces'),
    [failure.explanation, shown],
    true,
  );
}

/**
 * What a store's state has to say beside its rows; null while there is nothing to say. `what` is the plural as the
 * API has it: `deployments`.
 */
export function stateNotice(state: StoreState, what: string, now: number): Notice | null {
  switch (state.phase) {
    case 'live':
      return null;
    case 'connecting':
      return loading();
    case 'stale':
      return troubled(
        'history',
        message('Last seen {0} ago', formatDuration(now - state.since)),
        state.error,
      );
    case 'forbidden':
      return troubled('lock', message('Not allowed to list {0}', what), state.error);
    case 'signedOut':
      return troubled('key', message('Signed out'), state.error);
    case 'failed':
      return troubled('error', failureLabel(state.error, what), state.error);
  }
}

/** What a login program said comes first: it is what a person can act on, and a row has little room. */
function troubled(icon: string, label: Message, { explanation, words }: ClusterError): Notice {
  const details = [...(words === null ? [] : [verbatim(words)]), explanation];
  return notice({ id: icon, color: icon === 'error' ? error : warning }, label, details, true);
}

function failureLabel({ code }: ClusterError, what: string): Message {
  if (code === 'unreachable' || code === 'timeout') return message('Unreachable');
  return code === 'certificate' ? message('Cannot connect') : message('Cannot list {0}', what);
}

export function noticeFace({ icon, label, details, failed, opens }: Notice): Face {
  return {
    label,
    description: details.slice(0, 1),
    icon,
    spoken: [],
    tooltip: () => ({ title: label, facts: [], story: details }),
    contextValue: failed ? 'failed' : 'notice',
    opens,
  };
}
