import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { EventRow, ReplicaTexts } from '../protocol.ts';
import { age, fill, moment } from './fill.ts';
import { healthIcon } from './icons.ts';

/** Newest first, one line an event; the repeated ones carry their count. */
export function eventList(
  events: readonly EventRow[],
  problem: string,
  now: number,
  texts: ReplicaTexts,
): TemplateResult {
  if (problem !== '') return html`<p class="empty">${problem}</p>`;
  if (events.length === 0) return html`<p class="empty">${texts.noEvents}</p>`;
  return html`<ol class="events" aria-label=${texts.events}>
    ${repeat(
      events,
      (event) => event.uid,
      (event) =>
        html`<li>
          <span class="age" title=${moment(event.at)}>${age(event.at, now)}</span>
          <span class="state-word"
            >${healthIcon(event.warning ? 'warning' : 'idle')}<span>${event.reason}</span>${
              event.warning ? html`<span class="hidden">${texts.warning}</span>` : nothing
            }</span
          >
          <span class="count">${event.count > 1 ? fill(texts.times, event.count) : ''}</span>
          <span class="text">${event.message} <span class="quiet">· ${event.about}</span></span>
        </li>`,
    )}
  </ol>`;
}
