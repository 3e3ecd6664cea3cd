/** The one place where what the network and the API server say becomes a ClusterError. */
import { message, type Message } from '../core/finding.ts';
import { isExplained } from '../platform/failure.ts';
import { type Fields, fieldsIn, isFields, listIn } from './apply/json.ts';
import {
  cancelledError,
  changedSince,
  ClusterError,
  type ClusterErrorCode,
  type ErrorOrigin,
  type FieldCause,
  sentence,
} from './errors.ts';

/** What the API server sends instead of an object when it refuses (`kind: Status`); every field may be missing. */
interface StatusBody {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly kind?: string;
    readonly causes?: readonly {
      readonly field?: string;
      readonly message?: string;
      readonly reason?: string;
    }[];
    readonly retryAfterSeconds?: number;
  };
}

/** From an error of Node's network, TLS or HTTP layers. */
export function fromNetwork(error: unknown, origin: ErrorOrigin): ClusterError {
  if (error instanceof ClusterError) return error;
  const { context, server } = origin;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const words = error instanceof Error ? error.message : String(error);
  const unreachable = (text: Message): ClusterError =>
    new ClusterError('unreachable', text, { context, retryable: true, cause: error });
  const certificate = certificateProblem(code, words);
  if (certificate !== null) {
    return new ClusterError(
      'certificate',
      message(
        '{0} cannot be trusted: {1}. Correct the certificates in the kubeconfig, then Retry.',
        context,
        certificate,
      ),
      { context, cause: error },
    );
  }
  switch (code) {
    case 'ABORT_ERR':
      return cancelledError(context);
    case 'ECONNREFUSED':
      return unreachable(
        message('{0} does not run: nothing answers at {1}. Start the cluster, then Retry.', context, server),
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(
        message(
          '{0} cannot be found: there is no address for {1}. Check the network or VPN, then Retry.',
          context,
          server,
        ),
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
      return unreachable(
        message(
          '{0} cannot be reached: there is no route to {1}. Check the network or VPN, then Retry.',
          context,
          server,
        ),
      );
    case 'ETIMEDOUT':
      return unreachable(
        message(
          '{0} cannot be reached: {1} stays silent. Check the network or VPN, then Retry.',
          context,
          server,
        ),
      );
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'UND_ERR_SOCKET':
      return unreachable(
        message('The connection to {0} was cut. Check the network or VPN, then Retry.', context),
      );
    default:
      return unreachable(
        message(
          '{0} cannot be reached: {1}. Check the network or VPN, then Retry.',
          context,
          isExplained(error) ? error.explanation : sentence(words),
        ),
      );
  }
}

function certificateProblem(code: string, words: string): string | Message | null {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return message('its certificate has expired');
    case 'CERT_NOT_YET_VALID':
      return message('its certificate is not valid yet (check this machine’s clock)');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return message('its certificate was made for another address');
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'CERT_SIGNATURE_FAILURE':
    case 'CERT_UNTRUSTED':
      return message('its certificate was signed by an authority the kubeconfig does not name');
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return message('it does not speak TLS (is its address http, not https?)');
    default:
      // OpenSSL's own, such as a key that cannot be read.
      return /^(ERR_SSL_|ERR_OSSL_|ERR_TLS_|EPROTO)/.test(code) ? sentence(words) : null;
  }
}

/** From an answer of the API server, or of a proxy before it, with a status of 400 or more. `body` is its text. */
export function fromStatus(
  status: number,
  body: string,
  retryAfter: string | undefined,
  origin: ErrorOrigin,
): ClusterError {
  const { context } = origin;
  const answer = statusBody(body);
  const words = sentence(answer.message ?? '');
  const details = fieldCauses(answer);
  const wait = retryAfterMs(retryAfter, answer);
  const make = (code: ClusterErrorCode, text: Message, retryable = false): ClusterError =>
    new ClusterError(code, text, { status, context, details, retryable, retryAfterMs: wait });
  const object = objectName(answer);
  switch (status) {
    case 401:
      return make(
        'unauthorized',
        message(
          '{0} refused the login: the credential is wrong or has expired. Run the login command of your cloud, then Retry.',
          context,
        ),
      );
    case 403:
      return forbidden(answer, words, make, context);
    case 404:
      if (answer.details?.kind === 'namespaces' && answer.details.name !== undefined) {
        return make(
          'notFound',
          message(
            '{0} has no namespace {1}. Create it, or choose another one.',
            context,
            answer.details.name,
          ),
        );
      }
      return object === ''
        ? make(
            'notFound',
            message(
              '{0} does not serve what was asked for: {1}. Check apiVersion and kind.',
              context,
              words || message('not found'),
            ),
          )
        : make(
            'notFound',
            message('{0} has no {1}. It may have been deleted: refresh, then choose again.', context, object),
          );
    case 409:
      return conflict(answer, details, object, make, context);
    case 408:
    case 504:
      return make(
        'timeout',
        message('{0} took too long: {1}. Retry in a moment.', context, words || message('no answer in time')),
        true,
      );
    case 429:
      return make('throttled', message('{0} is busy and asks to wait. Retry in a moment.', context), true);
    case 413:
      return make(
        'rejected',
        message(
          '{0} refuses a request this large. Make the object smaller (Secrets and ConfigMaps hold 1 MiB).',
          context,
        ),
      );
    case 422:
      return make('invalid', refusal(context, object, details, words));
    default:
      break;
  }
  if (details.some((detail) => detail.reason === unknownField) || isUnreadableObject(words)) {
    return make('invalid', refusal(context, object, details, words));
  }
  if (status >= 500) {
    return make(
      'serverError',
      message(
        '{0} failed (status {1}): {2}. Retry in a moment.',
        context,
        status,
        words || message('no reason given'),
      ),
      true,
    );
  }
  return make(
    'rejected',
    message(
      '{0} rejected the request: {1}. Correct it, then try again.',
      context,
      words || message('status {0}', status),
    ),
  );
}

type MakeError = (code: ClusterErrorCode, text: Message, retryable?: boolean) => ClusterError;

/** 403 is RBAC's answer, but also how admission (quotas, pod security, webhooks) says no to an object. */
function forbidden(answer: StatusBody, words: string, make: MakeError, context: string): ClusterError {
  const right = /User "[^"]*" cannot .*/.exec(words)?.[0];
  if (right !== undefined || answer.message === undefined) {
    return make(
      'forbidden',
      message(
        '{0} does not allow this: {1}. Ask an administrator of the cluster for the right.',
        context,
        right ?? message('access denied'),
      ),
    );
  }
  const reason = words.replace(/^.*? is forbidden: /, '');
  return make(
    'rejected',
    message(
      '{0} rejected {1}: {2}. Change the object or the rule.',
      context,
      objectName(answer) || message('the object'),
      reason,
    ),
  );
}

function conflict(
  answer: StatusBody,
  details: readonly FieldCause[],
  object: string,
  make: MakeError,
  context: string,
): ClusterError {
  const owned = details.filter((detail) => detail.reason === 'FieldManagerConflict');
  if (owned.length > 0) {
    const managers = [
      ...new Set(owned.map((detail) => /with "([^"]*)"/.exec(detail.message)?.[1] ?? detail.message)),
    ];
    const fields = owned.map((detail) => detail.field);
    return make(
      'conflict',
      message(
        '{0} belongs to {1} in {2}. Take the fields over, or leave them out of the manifest.',
        fields.length > 3 ? `${fields.slice(0, 3).join(', ')} … (${fields.length})` : fields.join(', '),
        managers.join(', '),
        context,
      ),
    );
  }
  if (answer.reason === 'AlreadyExists') {
    return make(
      'conflict',
      message(
        '{0} already exists in {1}. Choose another name, or update it.',
        object || message('The object'),
        context,
      ),
    );
  }
  return changedSince(context, object || message('The object'));
}

function refusal(context: string, object: string, details: readonly FieldCause[], words: string): Message {
  const shown = details
    .slice(0, 3)
    .map(({ field, message: text }) => (field === '' ? text : `${field}: ${text}`));
  const more = details.length > shown.length ? ` (+${details.length - shown.length})` : '';
  return message(
    '{0} refuses {1}: {2}. Correct the manifest, then deploy again.',
    context,
    object || message('the object'),
    shown.length === 0 ? words : sentence(shown.join('; ')) + more,
  );
}

/** The server's reasons field by field; server-side apply puts them into the message instead of `causes`. */
function fieldCauses(answer: StatusBody): FieldCause[] {
  const causes = answer.details?.causes ?? [];
  if (causes.length > 0) {
    const all = causes.map(({ field = '', message: text = '', reason = '' }) => ({
      field: field.replace(/^\./, '').replace(/^<nil>$/, ''),
      message: text,
      reason,
    }));
    // An immutable metadata field is reported twice.
    return all.filter(
      (cause, index) =>
        all.findIndex((other) => other.field === cause.field && other.message === cause.message) === index,
    );
  }
  const decoding = /strict decoding error: ([^]*)$/.exec(answer.message ?? '')?.[1];
  if (decoding !== undefined) return strictCauses(decoding);
  if (!/^failed to create typed patch object/.test(answer.message ?? '')) return [];
  return [...(answer.message ?? '').matchAll(/(?:^|\s)\.((?:[^\s:[]|\[[^\]]*\])+): ([^\n]+)/g)].map(
    ([, field = '', text = '']) => ({
      field,
      message: text === 'field not declared in schema' ? 'Unknown field' : text,
      reason: unknownField,
    }),
  );
}

/** `unknown field "spec.replica", duplicate field "spec.paused"`: how strict reading of a whole object answers. */
function strictCauses(words: string): FieldCause[] {
  return [...words.matchAll(/(unknown|duplicate) field "([^"]+)"/g)].map(([, what = '', field = '']) => ({
    field,
    message: what === 'unknown' ? 'Unknown field' : 'Duplicate field',
    reason: unknownField,
  }));
}

/** `reason` of causes read from the words of server-side apply, which gives none. */
const unknownField = 'FieldNotInSchema';

/** Server-side apply answers 500 when a value cannot be read as its type (a quantity): the object's fault, not the server's. */
function isUnreadableObject(words: string): boolean {
  return /^failed to (create typed patch object|convert new object)|strict decoding error|cannot be handled as a/.test(
    words,
  );
}

/** Of an answer what has the form it should have: proxies and gateways have JSON of their own. */
function statusBody(body: string): StatusBody {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // A proxy's page or plain text; short plain text is worth showing.
    return body.length > 0 && body.length < 200 && !body.includes('<') ? { message: body } : {};
  }
  if (!isFields(value)) return {};
  const details = fieldsIn(value, 'details');
  const { retryAfterSeconds } = details;
  return {
    ...textsIn(value, ['message', 'reason']),
    details: {
      ...textsIn(details, ['name', 'kind']),
      causes: listIn(details, 'causes').map((cause) => textsIn(cause, ['field', 'message', 'reason'])),
      ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
    },
  };
}

function textsIn<Key extends string>(fields: Fields, keys: readonly Key[]): Partial<Record<Key, string>> {
  const texts: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'string') texts[key] = value;
  }
  return texts;
}

function objectName({ details }: StatusBody): string {
  return details?.name === undefined || details.kind === undefined ? '' : `${details.kind} ${details.name}`;
}

/** Longer waits are the mistake of a clock, or of something between here and the server. */
const longestWaitMs = 5 * 60_000;

/** `Retry-After` counts seconds or names a date. */
function retryAfterMs(header: string | undefined, answer: StatusBody): number | null {
  const seconds = header === undefined ? answer.details?.retryAfterSeconds : Number(header);
  const date = header === undefined ? NaN : Date.parse(header);
  const wait = seconds !== undefined && Number.isFinite(seconds) ? seconds * 1000 : date - Date.now();
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), longestWaitMs);
}
