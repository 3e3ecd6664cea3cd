import * as vscode from 'vscode';
import type { EventRow, KubeObject, Lease, LiveStore, Session, StoreQuery } from '../../cluster/index.ts';
import { documentSchemes } from '../../contributions.ts';
import { describeObject, type Related, selectorText } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { uriOf } from './address.ts';
import { documentOf } from './documents.ts';
import { descriptionText, eventsText, stateLine } from './description-text.ts';
import { type ObjectTarget, placeOf } from '../../platform/objects.ts';
import { type RawRow, rawRow } from './raw.ts';

/** What a page says: all there is about an object, or its events alone. */
export type Page = 'description' | 'events';

const extensions: Readonly<Record<Page, string>> = { description: 'txt', events: 'events' };

/** Changes that come in quick succession are drawn once. */
const gatherMs = 250;
/** Ages are told in words, which go stale by themselves. */
const ageMs = 15_000;

/** Documents about objects that stay true while they are open. */
export class Descriptions implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #live = new Map<string, LivePage>();
  /** Pages that are being opened. */
  readonly #opening = new Map<string, Promise<void>>();
  readonly #changed = this.#owned.own(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#owned.own(vscode.workspace.registerTextDocumentContentProvider(documentSchemes.description, this));
    this.#owned.own(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // One that was given another language is closed and opened in a breath.
        if (documentOf(uri) !== undefined) return;
        this.#live.get(uri.toString())?.dispose();
        this.#live.delete(uri.toString());
      }),
    );
  }

  async show(page: Page, target: ObjectTarget, session: Session): Promise<void> {
    const uri = uriOf(documentSchemes.description, target, extensions[page], titleOf(page, target));
    const key = uri.toString();
    if (this.#live.get(key)?.usable !== true) {
      const opening = this.#opening.get(key) ?? this.#open(page, target, session, uri);
      this.#opening.set(key, opening);
      await opening.finally(() => this.#opening.delete(key));
    }
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async #open(page: Page, target: ObjectTarget, session: Session, uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    this.#live.get(key)?.dispose();
    this.#live.delete(key);
    const live = await LivePage.open(page, target, session, () => this.#changed.fire(uri));
    if (this.#owned.disposed) {
      live.dispose();
      return;
    }
    this.#live.set(key, live);
    this.#changed.fire(uri);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#live.get(uri.toString())?.text() ??
      vscode.l10n.t('This object is not connected. Open it again from the Clusters view.')
    );
  }

  dispose(): void {
    for (const live of this.#live.values()) live.dispose();
    this.#live.clear();
    this.#owned.dispose();
  }
}

/** What one page is made of, and a call when it should be drawn again. */
class LivePage {
  readonly #owned = new Disposables();
  readonly #page: Page;
  readonly #target: ObjectTarget;
  readonly #session: Session;
  readonly #redraw: () => void;
  #timer: NodeJS.Timeout | undefined;
  #object: LiveStore<RawRow> | null = null;
  #last: KubeObject;
  #pods: LiveStore<RawRow> | null = null;
  #extra: Partial<Record<'lease' | 'endpointSlices', LiveStore<RawRow>>> = {};
  #events: LiveStore<EventRow> | null = null;

  private constructor(
    page: Page,
    target: ObjectTarget,
    session: Session,
    last: KubeObject,
    redraw: () => void,
  ) {
    this.#page = page;
    this.#target = target;
    this.#session = session;
    this.#last = last;
    this.#redraw = redraw;
    const ages = setInterval(redraw, ageMs);
    this.#owned.own({ dispose: () => clearInterval(ages) });
    this.#owned.own({ dispose: () => clearTimeout(this.#timer) });
  }

  /** Rejects when the object cannot be read. */
  static async open(
    page: Page,
    target: ObjectTarget,
    session: Session,
    redraw: () => void,
  ): Promise<LivePage> {
    const { readObject } = await import('../../cluster/index.ts');
    const object = await readObject(session, target);
    const live = new LivePage(page, target, session, object, redraw);
    try {
      await live.#follow(object);
    } catch (error) {
      live.dispose();
      throw error;
    }
    return live;
  }

  /** False once the session it reads through was closed. */
  get usable(): boolean {
    return !this.#session.closed.aborted;
  }

  text(): string {
    const now = Date.now();
    const [row] = this.#object?.rows.values() ?? [];
    this.#last = row?.object ?? this.#last;
    const gone = row === undefined && this.#object?.state.phase === 'live';
    const head = stateLine(this.#target, this.#object?.state ?? { phase: 'connecting' }, gone, now);
    const events = [...(this.#events?.rows.values() ?? [])];
    if (this.#page === 'events') return eventsText(head, this.#target, events, now);
    const related: Related = {
      // Told below by a table of their own, which knows the events of what belongs to the object too.
      events: [],
      pods: objectsOf(this.#pods),
      now,
      ...(this.#extra.lease !== undefined && { lease: objectsOf(this.#extra.lease)[0] }),
      ...(this.#extra.endpointSlices !== undefined && {
        endpointSlices: objectsOf(this.#extra.endpointSlices),
      }),
    };
    return descriptionText(head, describeObject(this.#last, related), events, now);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #follow(object: KubeObject): Promise<void> {
    const { eventsOf } = await import('../../cluster/index.ts');
    const { apiVersion, kind, namespace, name } = this.#target;
    const { plural } = await this.#session.resource(apiVersion, kind);
    const { uid } = object.metadata as { uid: string };
    const own = `metadata.name=${name}`;
    this.#object = await this.#store({ apiVersion, plural, namespace, fieldSelector: own });
    // Events of what has no namespace are kept in `default`.
    this.#events = this.#hold(
      eventsOf(this.#session, { apiVersion, kind, name, namespace: namespace ?? 'default', uid }),
    );
    if (this.#page === 'events') return;
    const pods = podsOf(object, this.#target);
    if (pods !== null) this.#pods = await this.#store(pods);
    if (kind === 'Node') {
      const lease = { apiVersion: 'coordination.k8s.io/v1', plural: 'leases', namespace: 'kube-node-lease' };
      this.#extra.lease = await this.#store({ ...lease, fieldSelector: own });
    }
    if (kind === 'Service' && apiVersion === 'v1') {
      this.#extra.endpointSlices = await this.#store({
        apiVersion: 'discovery.k8s.io/v1',
        plural: 'endpointslices',
        namespace,
        labelSelector: `kubernetes.io/service-name=${name}`,
      });
    }
  }

  async #store(query: StoreQuery): Promise<LiveStore<RawRow>> {
    const { openStore } = await import('../../cluster/index.ts');
    return this.#hold(openStore(this.#session, query, rawRow));
  }

  #hold<Row>(lease: Lease<LiveStore<Row>>): LiveStore<Row> {
    const { value } = this.#owned.own(lease);
    const soon = (): void => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#redraw();
      }, gatherMs);
    };
    this.#owned.own(value.onDidChange(soon));
    this.#owned.own(value.onDidChangeState(soon));
    return value;
  }
}

/** `web (Deployment, dev / shop)`. */
function titleOf(page: Page, target: ObjectTarget): string {
  const title = `${target.name} (${target.kind}, ${placeOf(target)})`;
  return page === 'events' ? vscode.l10n.t('Events of {0}', title) : title;
}

function objectsOf(store: LiveStore<RawRow> | null): readonly KubeObject[] {
  return [...(store?.rows.values() ?? [])].map(({ object }) => object);
}

/** Pods that belong to an object; null when none can. */
function podsOf(object: KubeObject, { kind, namespace, name }: ObjectTarget): StoreQuery | null {
  const pods = { apiVersion: 'v1', plural: 'pods' };
  if (kind === 'Node') return { ...pods, namespace: null, fieldSelector: `spec.nodeName=${name}` };
  if (kind === 'Pod' || namespace === null) return null;
  const labelSelector = podSelector(object);
  return labelSelector === null ? null : { ...pods, namespace, labelSelector };
}

function podSelector(object: KubeObject): string | null {
  const { selector } = (object.spec ?? {}) as { selector?: object | null };
  if (typeof selector !== 'object' || selector === null || object.kind === 'PersistentVolumeClaim')
    return null;
  const text =
    'matchLabels' in selector || 'matchExpressions' in selector
      ? selectorText(selector)
      : selectorText({ matchLabels: selector });
  return text === '' ? null : text;
}
