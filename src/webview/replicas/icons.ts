/** Shapes of our own, drawn on a 16×16 field in the colour of the text around them. Each health has its own outline. */
import { svg, type SVGTemplateResult } from 'lit';
import { html, type TemplateResult } from 'lit';
import type { Health } from '../../core/index.ts';

const shapes: Readonly<Record<Health, SVGTemplateResult>> = {
  healthy: svg`<path fill-rule="evenodd" d="M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Zm3.3 4.2l-4.2 4.2l-2-2l-.9.9l2.9 2.9l5.1-5.1Z"/>`,
  progressing: svg`<path fill-rule="evenodd" d="M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Zm0 1.3a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 0 0 0-10.4Z"/><path d="M8 4.4a3.6 3.6 0 0 1 0 7.2Z"/>`,
  warning: svg`<path fill-rule="evenodd" d="M8 1.6l6.9 12.4H1.1Zm-.7 4.6v4h1.4v-4Zm0 5v1.4h1.4v-1.4Z"/>`,
  failed: svg`<path d="M3.7 2.6L8 6.9l4.3-4.3l1.1 1.1L9.1 8l4.3 4.3l-1.1 1.1L8 9.1l-4.3 4.3l-1.1-1.1L6.9 8L2.6 3.7Z"/>`,
  idle: svg`<path fill-rule="evenodd" d="M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Zm0 1.3a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 0 0 0-10.4ZM5 7.4h6v1.2H5Z"/>`,
  unknown: svg`<path fill-rule="evenodd" d="M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Zm0 1.3a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 0 0 0-10.4Z"/><path d="M7.3 10.6h1.4V12H7.3Zm-1.9-4A2.6 2.6 0 0 1 8 4.1a2.5 2.5 0 0 1 2.6 2.4c0 1.1-.6 1.6-1.2 2c-.5.4-.7.6-.7 1.3H7.3c0-1.4.7-1.9 1.2-2.3c.5-.4.7-.5.7-1c0-.6-.5-1.1-1.2-1.1c-.8 0-1.2.5-1.2 1.2Z"/>`,
};

/** The health's shape and colour. Decorative: the word beside it says the same. */
export function healthIcon(health: Health): TemplateResult {
  return html`<svg class="icon ${health}" viewBox="0 0 16 16" aria-hidden="true">${shapes[health]}</svg>`;
}

/** Twistie of an expandable row; the stylesheet turns it when its button is expanded. */
export const chevron = html`<svg class="chevron" viewBox="0 0 16 16" aria-hidden="true">
  <path d="M6.1 3.4L10.7 8l-4.6 4.6l-.9-.9L8.9 8L5.2 4.3Z" />
</svg>`;
