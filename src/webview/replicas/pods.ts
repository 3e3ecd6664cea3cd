import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PodRow, ReplicaTexts } from '../protocol.ts';
import { age, fill, moment } from './fill.ts';
import type { GridPosition } from './grid.ts';
import { chevron, healthIcon } from './icons.ts';
import { conditionTable } from './conditions.ts';

/** Rows drawn at most; the filter reaches the others. */
const drawn = 300;

export interface PodGridState {
  readonly pods: readonly PodRow[];
  readonly filter: string;
  readonly expanded: ReadonlySet<string>;
  /** The cell in the tab order; null: the first. */
  readonly active: GridPosition | null;
  readonly now: number;
  readonly texts: ReplicaTexts;
}

export interface PodGridActions {
  toggle(uid: string): void;
  keydown(event: KeyboardEvent): void;
  focused(event: FocusEvent): void;
}

/** Row key of a pod's details. */
export function detailsKey(uid: string): string {
  return `${uid}/details`;
}

/** Pods in which every word of the filter is found, in any column. */
function filtered(pods: readonly PodRow[], filter: string): readonly PodRow[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return pods;
  return pods.filter((pod) => {
    const text = [pod.name, pod.state, pod.reason, pod.node, pod.image].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The grid, or the sentence that stands for an empty one. */
export function podGrid(state: PodGridState, actions: PodGridActions): TemplateResult {
  const { pods, texts } = state;
  if (pods.length === 0) return html`<p class="empty">${texts.noPods}</p>`;
  const matching = filtered(pods, state.filter);
  if (matching.length === 0) return html`<p class="empty">${fill(texts.noMatch, state.filter)}</p>`;
  const shown = matching.slice(0, drawn);
  const active = shown.some(({ uid }) => uid === state.active?.row || detailsKey(uid) === state.active?.row)
    ? state.active
    : null;
  const first = shown[0]?.uid ?? '';
  const context = { ...state, active: active ?? { row: first, column: 0 } };
  return html`
    <table
      class="pods"
      role="grid"
      aria-label=${texts.pods}
      aria-rowcount=${matching.length + 1}
      @keydown=${(event: KeyboardEvent) => actions.keydown(event)}
      @focusin=${(event: FocusEvent) => actions.focused(event)}
    >
      <thead>
        <tr>
          <th scope="col">${texts.pod}</th>
          <th scope="col">${texts.state}</th>
          <th scope="col" class="number restarts">${texts.restarts}</th>
          <th scope="col" class="age">${texts.age}</th>
          <th scope="col" class="node">${texts.node}</th>
          <th scope="col" class="image">${texts.image}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          shown,
          (pod) => pod.uid,
          (pod) => [podRow(pod, context, actions), podDetails(pod, context)],
        )}
      </tbody>
    </table>
    ${
      matching.length > shown.length
        ? html`<p class="empty">${fill(texts.morePods, shown.length, matching.length)}</p>`
        : nothing
    }
  `;
}

type GridContext = PodGridState & { readonly active: GridPosition };

function podRow(pod: PodRow, context: GridContext, actions: PodGridActions): TemplateResult {
  const { active, now, texts } = context;
  const expanded = context.expanded.has(pod.uid);
  const tab = (column: number): number => (active.row === pod.uid && active.column === column ? 0 : -1);
  const partly = /^(\d+)\/(\d+)$/.exec(pod.ready);
  const notAll = partly !== null && partly[1] !== partly[2];
  return html`
    <tr class="pod ${expanded ? 'expanded' : ''}">
      <td data-row=${pod.uid} data-column="0" class="name">
        <button
          tabindex=${tab(0)}
          aria-expanded=${expanded ? 'true' : 'false'}
          title=${texts.details}
          @click=${() => actions.toggle(pod.uid)}
        >
          ${chevron}<span>${pod.name}</span>
        </button>
      </td>
      <td data-row=${pod.uid} data-column="1" tabindex=${tab(1)} class="state" title=${pod.reason}>
        <span class="state-word"
          >${healthIcon(pod.health)}<span>${pod.state}</span>${
            notAll ? html`<span class="quiet">${pod.ready}</span>` : nothing
          }</span
        >
      </td>
      <td data-row=${pod.uid} data-column="2" tabindex=${tab(2)} class="number restarts">${pod.restarts}</td>
      <td data-row=${pod.uid} data-column="3" tabindex=${tab(3)} class="age" title=${moment(pod.createdAt)}>
        ${age(pod.createdAt, now)}
      </td>
      <td data-row=${pod.uid} data-column="4" tabindex=${tab(4)} class="node">${pod.node}</td>
      <td data-row=${pod.uid} data-column="5" tabindex=${tab(5)} class="image">${pod.image}</td>
    </tr>
  `;
}

function podDetails(
  pod: PodRow,
  { expanded, active, now, texts }: GridContext,
): TemplateResult | typeof nothing {
  if (!expanded.has(pod.uid)) return nothing;
  const key = detailsKey(pod.uid);
  return html`
    <tr class="details">
      <td data-row=${key} data-column="0" tabindex=${active.row === key ? 0 : -1} colspan="6">
        ${pod.reason === '' ? nothing : html`<p class="reason">${pod.reason}</p>`}
        <table class="inner" aria-label=${texts.containers}>
          <thead>
            <tr>
              <th scope="col">${texts.container}</th>
              <th scope="col">${texts.state}</th>
              <th scope="col" class="number">${texts.restarts}</th>
              <th scope="col">${texts.lastEnd}</th>
              <th scope="col">${texts.image}</th>
            </tr>
          </thead>
          <tbody>
            ${pod.containers.map((container) => {
              const end = container.lastEnd;
              return html`<tr>
                <td>
                  ${container.name}
                  ${
                    container.role === 'main'
                      ? nothing
                      : html`<span class="quiet">· ${texts.roles[container.role]}</span>`
                  }
                </td>
                <td title=${container.message}>
                  <span class="state-word"
                    >${healthIcon(container.health)}<span>${container.state}</span></span
                  >
                </td>
                <td class="number">${container.restarts}</td>
                <td title=${end === null ? '' : moment(end.at)}>
                  ${end === null ? '' : fill(texts.end, end.reason, end.exitCode, age(end.at, now))}
                </td>
                <td class="wrap">${container.image}</td>
              </tr>`;
            })}
          </tbody>
        </table>
        ${conditionTable(pod.conditions, now, texts)}
      </td>
    </tr>
  `;
}
