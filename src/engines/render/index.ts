export { renderChart } from './chart.ts';
export { RenderError, type RenderErrorCode, type RenderFault } from './errors.ts';
export { renderOverlay } from './overlay.ts';
