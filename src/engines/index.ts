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
export { type ChartOptions, renderChart } from './render/chart.ts';
export { RenderError, type RenderErrorCode, type RenderFault } from './render/errors.ts';
export { renderOverlay } from './render/overlay.ts';
export { type RenderOptions } from './render/renderer.ts';
