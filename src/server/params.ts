/** The parameters of our own methods, made sure of: any editor may send anything. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { LocateParams, ObjectsParams, TargetParams } from '../core/protocol.ts';

type Fields = Readonly<Record<string, unknown>>;

function fields(given: unknown): Fields {
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

export function locateParams(given: unknown): LocateParams {
  const from = fields(given);
  const { document } = from;
  if (typeof document !== 'number') {
    throw new ResponseError(ErrorCodes.InvalidParams, 'The parameter "document" must be a number.');
  }
  return { uri: text(from, 'uri'), document, object: text(from, 'object'), field: text(from, 'field') };
}

export function targetParams(given: unknown): TargetParams {
  const { target } = fields(given);
  if (target === null || target === undefined) return { target: null };
  const from = fields(target);
  return { target: { context: text(from, 'context'), namespace: text(from, 'namespace') } };
}
