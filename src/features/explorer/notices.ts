/** States that stand in the tree as rows of their own: an empty tree never stands for an error. */
import type { ClusterError, StoreState } from '../../cluster/index.ts';
import { formatDuration, message, type Message } from '../../core/index.ts';
import type { Face, Icon } from './faces.ts';

export interface Notice {
  readonly icon: Icon;
  readonly label: Message;
  /** The rest of the sentence, in grey; the tooltip shows both whole. */
  readonly detail: Message | null;
  /** Offers Retry. */
  readonly failed: boolean;
}

const warning = 'list.warningForeground';
const error = 'list.errorForeground';

function notice(icon: Icon, label: Message, detail: Message | null = null, failed = false): Notice {
  return { icon, label, detail, failed };
}

export function connecting(context: string): Notice {
  return notice({ id: 'sync~spin', color: null }, message('Connecting to {0}…', context));
}

export function loading(): Notice {
  return notice({ id: 'sync~spin', color: null }, message('Loading…'));
}

/** `template` has `{0}` for the namespace: `No deployments in {0}`. */
export function nothing(template: string, namespace: string): Notice {
  return notice({ id: 'info', color: null }, message(template, namespace));
}

export function noNamespaces(context: string): Notice {
  return notice({ id: 'info', color: null }, message('No namespaces in {0}', context));
}

/** A file of the kubeconfig that could not be read; the others still work. */
export function kubeconfigProblem(file: string, problem: Message): Notice {
  return notice({ id: 'warning', color: warning }, message('Kubeconfig {0}', file), problem);
}

/** The context itself could not be used: no session could be made. */
export function noSession(context: string, reason: Message): Notice {
  return notice({ id: 'error', color: error }, message('Cannot connect to {0}', context), reason, true);
}

/** Namespaces may not be listed; those known from elsewhere are shown below. */
export function namespacesForbidden(failure: ClusterError): Notice {
  return notice(
    { id: 'lock', color: warning },
    message('Not allowed to list namespaces: these are the ones your configuration names'),
    failure.explanation,
  );
}

/** What a store's state has to say beside its rows; null while there is nothing to say. `what` is the plural: `deployments`. */
export function stateNotice(state: StoreState, what: string, context: string, now: number): Notice | null {
  switch (state.phase) {
    case 'live':
      return null;
    case 'connecting':
      return loading();
    case 'stale':
      return notice(
        { id: 'history', color: warning },
        message('Last seen {0} ago', formatDuration(now - state.since)),
        state.error.explanation,
        true,
      );
    case 'forbidden':
      return notice(
        { id: 'lock', color: warning },
        message('Not allowed to list {0}', what),
        state.error.explanation,
        true,
      );
    case 'signedOut':
      return notice(
        { id: 'key', color: warning },
        message('Signed out of {0}', context),
        state.error.explanation,
        true,
      );
    case 'failed':
      return notice(
        { id: 'error', color: error },
        failureLabel(state.error, what, context),
        state.error.explanation,
        true,
      );
  }
}

function failureLabel(failure: ClusterError, what: string, context: string): Message {
  return failure.code === 'unreachable' || failure.code === 'certificate' || failure.code === 'timeout'
    ? message('Cannot reach {0}', context)
    : message('Cannot list {0}', what);
}

export function noticeFace({ icon, label, detail, failed }: Notice): Face {
  return {
    label,
    description: detail === null ? [] : [detail],
    icon,
    spoken: [],
    tooltip: { title: label, facts: [], story: detail === null ? [] : [detail] },
    contextValue: failed ? 'failed' : 'notice',
  };
}
