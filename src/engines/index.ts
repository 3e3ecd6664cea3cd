export type {
  BuildRequest,
  BuildResult,
  Engine,
  EngineName,
  EnginePreference,
  ImageInfo,
  PushResult,
  RunOptions,
} from './engine.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export { findEngine, type FindOptions } from './find.ts';
export { checkPushable, checkTag } from './references.ts';
