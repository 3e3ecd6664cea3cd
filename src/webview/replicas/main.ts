import type {
  FromReplicaPage,
  ReplicaPageState,
  ReplicaTexts,
  PageWorkload,
  ToReplicaPage,
} from '../protocol.ts';
import { ReplicasApp } from './app.ts';

/** What VS Code puts into every webview. */
interface EditorApi {
  postMessage(message: FromReplicaPage): void;
  getState(): ReplicaPageState | undefined;
  setState(state: ReplicaPageState): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
const { workload, texts } = JSON.parse(document.body.dataset.start ?? '{}') as {
  readonly workload: PageWorkload;
  readonly texts: ReplicaTexts;
};
const kept = editor.getState();
// Also without any interaction: a window reload restores the page from this alone.
editor.setState({ workload, filter: kept?.filter ?? '', expanded: kept?.expanded ?? [] });

customElements.define('elastic-replicas', ReplicasApp);
const app = new ReplicasApp(
  {
    page: {
      workload,
      connection: { phase: 'loading' },
      verdict: null,
      facts: [],
      autoscaler: '',
      scalable: false,
      pods: [],
      conditions: [],
      events: [],
      eventsProblem: '',
    },
    texts,
    filter: kept?.filter ?? '',
    expanded: kept?.expanded ?? [],
  },
  { post: (message) => editor.postMessage(message), keep: (state) => editor.setState(state) },
);
document.body.append(app);
window.addEventListener('message', (event: MessageEvent<ToReplicaPage>) => {
  if (event.data.type === 'page') app.receive(event.data);
});
editor.postMessage({ type: 'ready' });
