import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type {
  FromReplicaPage,
  PodRow,
  ReplicaPage,
  ReplicaPageState,
  ReplicaTexts,
  ToReplicaPage,
} from '../protocol.ts';
import { conditionTable } from './conditions.ts';
import { eventList } from './events.ts';
import { fill } from './fill.ts';
import { focusCell, moved, positionOf, type GridPosition } from './grid.ts';
import { header } from './header.ts';
import { healthIcon } from './icons.ts';
import { detailsKey, podGrid } from './pods.ts';

/** What the page needs of the editor around it. */
export interface Host {
  post(message: FromReplicaPage): void;
  keep(state: ReplicaPageState): void;
}

/** The page's first data: what it shows before the first message, and what it kept from its last life. */
export interface Start {
  readonly page: ReplicaPage;
  readonly texts: ReplicaTexts;
  readonly filter: string;
  readonly expanded: readonly string[];
}

const tickMs = 1_000;

/** The replica page. Renders into the document itself, where one stylesheet serves all of it. */
export class ReplicasApp extends LitElement {
  static override properties: PropertyDeclarations = {
    page: { attribute: false },
    now: { attribute: false },
    filter: { attribute: false },
    expanded: { attribute: false },
    active: { attribute: false },
  };

  declare page: ReplicaPage;
  declare now: number;
  declare filter: string;
  declare expanded: ReadonlySet<string>;
  declare active: GridPosition | null;

  readonly #texts: ReplicaTexts;
  readonly #host: Host;
  #version = 0;
  #gridHadFocus = false;
  #ticker: number | undefined;

  constructor(start: Start, host: Host) {
    super();
    this.#host = host;
    this.#texts = start.texts;
    this.page = start.page;
    this.now = Date.now();
    this.filter = start.filter;
    this.expanded = new Set(start.expanded);
    this.active = null;
  }

  /** Takes the state the extension sent; an older one that arrives late is dropped. */
  receive({ version, page }: ToReplicaPage): void {
    if (version <= this.#version) return;
    this.#version = version;
    this.page = page;
    this.now = Date.now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticker = window.setInterval(() => (this.now = Date.now()), tickMs);
  }

  override disconnectedCallback(): void {
    window.clearInterval(this.#ticker);
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    const focused = document.activeElement;
    this.#gridHadFocus = focused !== null && this.#grid()?.contains(focused) === true;
  }

  /** A row that moved or went away took the focus with it: give it back to the active cell, or to the first. */
  protected override updated(): void {
    const grid = this.#grid();
    if (!this.#gridHadFocus || grid === null || grid.contains(document.activeElement)) return;
    const cell = grid.querySelector<HTMLElement>('tbody [tabindex="0"]');
    cell?.focus();
  }

  protected override render(): TemplateResult {
    const { page, now } = this;
    const texts = this.#texts;
    const live = page.connection.phase === 'live';
    const seen = page.verdict !== null;
    return html`
      <main class=${live ? '' : 'old'} aria-busy=${page.connection.phase === 'loading' ? 'true' : 'false'}>
        ${header(page, now, texts, {
          scale: () => this.#host.post({ type: 'scale' }),
          retry: () => this.#host.post({ type: 'retry' }),
        })}
        ${seen ? this.#sections(page, now, texts) : nothing}
      </main>
    `;
  }

  #sections(page: ReplicaPage, now: number, texts: ReplicaTexts): TemplateResult {
    return html`
      <section aria-labelledby="pods-heading">
        <div class="bar">
          <h2 id="pods-heading">${texts.pods} <span class="quiet">${page.pods.length}</span></h2>
          ${this.#stateButtons(page.pods)}
          <span class="spring"></span>
          <vscode-textfield
            type="search"
            .label=${texts.filter}
            placeholder=${texts.filter}
            .value=${this.filter}
            @input=${(event: Event) => this.#setFilter((event.target as HTMLInputElement).value)}
          ></vscode-textfield>
        </div>
        ${podGrid(
          { pods: page.pods, filter: this.filter, expanded: this.expanded, active: this.active, now, texts },
          {
            toggle: (uid) => this.#toggle(uid),
            keydown: (event) => this.#keydown(event),
            focused: (event) => (this.active = positionOf(event.target as Element) ?? this.active),
          },
        )}
      </section>
      ${
        page.conditions.length === 0
          ? nothing
          : html`<details ?open=${page.conditions.some(({ health }) => health === 'failed')}>
              <summary><h2>${texts.conditions}</h2></summary>
              ${conditionTable(page.conditions, now, texts)}
            </details>`
      }
      <details open>
        <summary><h2>${texts.events}</h2></summary>
        ${eventList(page.events, page.eventsProblem, now, texts)}
      </details>
    `;
  }

  /** How many pods are in each state, once they differ; each is a filter of its own. */
  #stateButtons(pods: readonly PodRow[]): TemplateResult | typeof nothing {
    const groups = Map.groupBy(pods, ({ state }) => state);
    if (groups.size < 2) return nothing;
    return html`<div class="states" role="group" aria-label=${this.#texts.state}>
      ${[...groups].map(
        ([state, group]) =>
          html`<button
            aria-pressed=${this.filter === state ? 'true' : 'false'}
            @click=${() => this.#setFilter(this.filter === state ? '' : state)}
          >
            ${healthIcon(group[0]?.health ?? 'unknown')}<span>${fill('{0} {1}', group.length, state)}</span>
          </button>`,
      )}
    </div>`;
  }

  #grid(): HTMLTableElement | null {
    return this.querySelector<HTMLTableElement>('table.pods');
  }

  #setFilter(filter: string): void {
    this.filter = filter;
    this.#keep();
  }

  #toggle(uid: string): void {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(uid)) expanded.add(uid);
    this.expanded = expanded;
    this.#keep();
  }

  #keep(): void {
    this.#host.keep({ workload: this.page.workload, filter: this.filter, expanded: [...this.expanded] });
  }

  #keydown(event: KeyboardEvent): void {
    const grid = this.#grid();
    const target = event.target as HTMLElement;
    const here = positionOf(target);
    if (grid === null || here === null || event.altKey || event.metaKey) return;
    const uid = here.row.replace(/\/details$/, '');
    const next = moved(grid, target, event);
    if (next !== null) {
      this.active = next;
      focusCell(grid, next);
    } else if (event.key === 'Escape' && here.row === detailsKey(uid)) {
      this.#toggle(uid);
      this.active = { row: uid, column: 0 };
      focusCell(grid, this.active);
    } else if (isActivation(event) && target.tagName !== 'BUTTON' && here.row !== detailsKey(uid)) {
      this.#toggle(uid);
    } else return;
    event.preventDefault();
  }
}

function isActivation({ key }: KeyboardEvent): boolean {
  return key === 'Enter' || key === ' ';
}
