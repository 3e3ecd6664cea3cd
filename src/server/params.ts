/** The parameters of our own methods, made sure of: any editor may send anything. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type {
  FactsParams,
  LocateParams,
  ManifestsParams,
  ObjectsParams,
  RenderedParams,
  TargetParams,
} from '../core/protocol.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What was sent by name; nothing of what has no names. */
export function fields(given: unknown): Fields {
  return typeof given === 'object' && given !== null ? (given as Fields) : {};
}

function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value === 'string') return value;
  throw new ResponseError(ErrorCodes.InvalidParams, `The parameter "${name}" must be a string.`);
}

export function objectsParams(given: unknown): ObjectsParams {
  return { uri: text(fields(given), 'uri') };
}

export function factsParams(given: unknown): FactsParams {
  const { position } = fields(given);
  const { line, character } = fields(position);
  if (typeof line !== 'number' || typeof character !== 'number') {
    throw new ResponseError(ErrorCodes.InvalidParams, 'The parameter "position" must be a position.');
  }
  return { uri: text(fields(given), 'uri'), position: { line, character } };
}

export function locateParams(given: unknown): LocateParams {
  const from = fields(given);
  const { document } = from;
  if (typeof document !== 'number') {
    throw new ResponseError(ErrorCodes.InvalidParams, 'The parameter "document" must be a number.');
  }
  return { uri: text(from, 'uri'), document, object: text(from, 'object'), field: text(from, 'field') };
}

export function manifestsParams(given: unknown): ManifestsParams {
  const from = fields(given);
  return {
    apiVersion: text(from, 'apiVersion'),
    kind: text(from, 'kind'),
    name: text(from, 'name'),
    namespace: from['namespace'] === null ? null : text(from, 'namespace'),
    schemes: list(from, 'schemes').map(String),
  };
}

export function renderedParams(given: unknown): RenderedParams {
  const from = fields(given);
  const origins = from['origins'];
  return {
    output: text(from, 'output'),
    by: text(from, 'by') === 'helm' ? 'helm' : 'kustomize',
    root: text(from, 'root'),
    files: pairs(from, 'files'),
    values: list(from, 'values').map(String),
    origins:
      origins === null || origins === undefined
        ? null
        : { folder: text(fields(origins), 'folder'), files: pairs(fields(origins), 'files') },
  };
}

function pairs(from: Fields, name: string): readonly (readonly [string, string])[] {
  return list(from, name).map((pair): readonly [string, string] => {
    const [first, second] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    if (typeof first === 'string' && typeof second === 'string') return [first, second];
    throw new ResponseError(ErrorCodes.InvalidParams, `The parameter "${name}" must hold pairs of strings.`);
  });
}

function list(from: Fields, name: string): readonly unknown[] {
  const value = from[name];
  if (Array.isArray(value)) return value;
  throw new ResponseError(ErrorCodes.InvalidParams, `The parameter "${name}" must be a list.`);
}

export function targetParams(given: unknown): TargetParams {
  const { target } = fields(given);
  if (target === null || target === undefined) return { target: null };
  const from = fields(target);
  return { target: { context: text(from, 'context'), namespace: text(from, 'namespace') } };
}
