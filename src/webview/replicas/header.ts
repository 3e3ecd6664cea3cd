import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Connection, ReplicaPage, ReplicaTexts } from '../protocol.ts';
import { ago, age, fill, moment } from './fill.ts';
import { healthIcon } from './icons.ts';

export interface HeaderActions {
  scale(): void;
  retry(): void;
}

/** Name and place, the verdict in words, the counts. */
export function header(
  page: ReplicaPage,
  now: number,
  texts: ReplicaTexts,
  actions: HeaderActions,
): TemplateResult {
  const { workload } = page;
  return html`
    <header>
      <div class="title">
        <h1>${workload.name}</h1>
        <span class="place">${workload.kind} · ${workload.context} / ${workload.namespace}</span>
        <span class="spring"></span>
        ${
          page.scalable
            ? html`<vscode-button
                secondary
                ?disabled=${page.connection.phase !== 'live'}
                @click=${() => actions.scale()}
                >${texts.scale}</vscode-button
              >`
            : nothing
        }
      </div>
      <div class="verdict">
        ${page.verdict === null ? nothing : healthIcon(page.verdict.health)}
        <p>
          <span role="status" aria-live="polite">${page.verdict?.text ?? texts.loading}</span>
          ${
            page.verdict?.since == null
              ? nothing
              : html`<span title=${moment(page.verdict.since)}
                  >${fill(texts.verdictFor, age(page.verdict.since, now))}</span
                >`
          }
        </p>
        ${freshness(page.connection, now, texts)}
      </div>
      ${trouble(page.connection, texts, actions)}
      <dl class="facts" aria-label=${texts.facts}>
        ${page.facts.map(
          (fact) =>
            html`<div class=${fact.off ? 'off' : ''}>
              <dt>${texts.factNames[fact.name]}</dt>
              <dd>${fact.value}${fact.off ? healthIcon('warning') : nothing}</dd>
            </div>`,
        )}
        ${page.autoscaler === '' ? nothing : html`<div class="autoscaler">${page.autoscaler}</div>`}
      </dl>
    </header>
  `;
}

function freshness(connection: Connection, now: number, texts: ReplicaTexts): TemplateResult {
  switch (connection.phase) {
    case 'loading':
      return html`<span class="freshness">${texts.connecting}</span>`;
    case 'live':
      return html`<span class="freshness live">${texts.live} · ${ago(connection.at, now, texts)}</span>`;
    case 'stale':
      return html`<span class="freshness" title=${moment(connection.since)}
        >${fill(texts.staleSince, new Date(connection.since).toLocaleTimeString())}</span
      >`;
    case 'missing':
    case 'forbidden':
    case 'signedOut':
    case 'failed':
      return html`<span class="freshness">${texts.disconnected}</span>`;
  }
}

/** What keeps the page from being live, and the way out of it. */
function trouble(
  connection: Connection,
  texts: ReplicaTexts,
  actions: HeaderActions,
): TemplateResult | typeof nothing {
  if (connection.phase === 'loading' || connection.phase === 'live') return nothing;
  const health = connection.phase === 'failed' ? 'failed' : 'warning';
  return html`<div class="trouble" role="alert">
    ${healthIcon(health)}
    <p>${connection.text}</p>
    ${
      connection.phase === 'missing'
        ? nothing
        : html`<vscode-button secondary @click=${() => actions.retry()}>${texts.retry}</vscode-button>`
    }
  </div>`;
}
