import type { Locator } from 'playwright-core';

/** One underlined stretch of one line. */
export interface Squiggle {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** Counts from 1. */
  readonly line: number;
  /** The characters above the wave. */
  readonly text: string;
}

/** Reads from the page which characters stand above each wave: what a person sees, not what the model says. */
export function squigglesIn(editor: Locator): Promise<readonly Squiggle[]> {
  return editor.evaluate((root) => {
    const middle = (box: DOMRect): number => box.top + box.height / 2;
    const lineNumbers = [...root.querySelectorAll('.margin .line-numbers')].map((element) => ({
      y: middle(element.getBoundingClientRect()),
      line: Number(element.textContent),
    }));
    const viewLines = [...root.querySelectorAll('.view-lines .view-line')];
    const charactersAbove = (wave: DOMRect): string => {
      const line = viewLines.find((one) => {
        const box = one.getBoundingClientRect();
        return box.top <= middle(wave) && middle(wave) <= box.bottom;
      });
      if (line === undefined) return '';
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let text = '';
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const value = node.nodeValue ?? '';
        for (let index = 0; index < value.length; index++) {
          range.setStart(node, index);
          range.setEnd(node, index + 1);
          const box = range.getBoundingClientRect();
          const centre = box.left + box.width / 2;
          if (centre > wave.left && centre < wave.right) text += value[index] ?? '';
        }
      }
      return text.replaceAll('\u00a0', ' ');
    };
    const waves = [...root.querySelectorAll('.view-overlays [class*="squiggly-"]')].map((element) => {
      const box = element.getBoundingClientRect();
      const severity = /squiggly-(error|warning|info|hint)/.exec(element.className)?.[1] ?? 'hint';
      const line = lineNumbers.find(({ y }) => Math.abs(y - middle(box)) < box.height / 2)?.line ?? 0;
      return { severity: severity as 'error', line, text: charactersAbove(box), x: box.left };
    });
    waves.sort((a, b) => a.line - b.line || a.x - b.x);
    return waves.map(({ severity, line, text }) => ({ severity, line, text }));
  });
}
