/**
 * What the language server answers beyond LSP's own requests, and what it is told of a live cluster.
 * Types and method names only: the server and the editor side both import them from here.
 */
import type { Severity } from './finding.ts';

/** Zero-based line and UTF-16 character, as LSP counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface EditorRange {
  readonly start: Position;
  readonly end: Position;
}

/** Ids of the commands that code lenses call; the client that passes them has them. */
export interface LensCommands {
  /** Called with `{uri, document}`. */
  readonly deploy: string;
  /** Called with `{uri, document, object}`: the workload whose `replicas:` the lens stands on. */
  readonly scale: string;
  /** Called with `{uri}`: a Dockerfile. */
  readonly build: string;
  /** Called with `{uri}` for a Dockerfile, `{uri, reference}` for an `image:` of a manifest. */
  readonly buildAndPush: string;
}

/** Asks which manifests of the workspace define an object. */
export interface ManifestsParams {
  /** As the object has it; of what versions it is written in is no matter. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** null for a cluster-scoped kind. A manifest that names no namespace may define what is in any. */
  readonly namespace: string | null;
  /** Schemes of the addresses that count: what is open may be the live object itself. */
  readonly schemes: readonly string[];
}

export interface ManifestsResult {
  readonly manifests: readonly { readonly uri: string; readonly range: EditorRange }[];
}

/** Passed by the client in `initializationOptions`; every field may be missing (other editors pass nothing). */
export interface InitializationOptions {
  /** Base address of the rules' pages; `<rulesUrl>/<code>.md` explains a finding. */
  readonly rulesUrl?: string;
  /** The client's command that opens an address, called with it; absent: it has none. */
  readonly openCommand?: string;
  /** The client's command that proposes what can be written at the cursor; absent: it has none. */
  readonly suggestCommand?: string;
  /** Section of the client's settings about checks; absent: it has none. */
  readonly checksSection?: string;
  /** Absent: the client has no such commands, and gets no lenses. */
  readonly lenses?: LensCommands;
  /** Translated message templates by English template. */
  readonly translations?: Readonly<Record<string, string>>;
  /** As with `elastic/schema`: for clients that know it from the start. */
  readonly schema?: ClusterSchemaFiles;
}

/** Where a deploy from this window goes; `null` while none is chosen. Shown in the lens, never decided by the server. */
export interface DeployTarget {
  readonly context: string;
  readonly namespace: string;
}

/** One Kubernetes object of a manifest file; items of a List are objects of their own. */
export interface ManifestObject {
  /** Index of its YAML document in the file, from 0. */
  readonly document: number;
  /** Field path of the object inside its document: `''`, or `items[2]` for an item of a List. */
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** `metadata.namespace` as written; `null` when it is not set. */
  readonly namespace: string | null;
  readonly range: EditorRange;
  /** The object as JSON, read as the API server reads YAML. */
  readonly value: Readonly<Record<string, unknown>>;
  /** `spec.replicas` as written; `null` when it is not set or the kind has none. */
  readonly replicas: number | null;
}

export interface ObjectsParams {
  readonly uri: string;
}

/** Asks for what a hover tells beside the documentation of fields. */
export interface FactsParams {
  readonly uri: string;
  readonly position: Position;
}

export interface ObjectsResult {
  /** Version of the text the answer is about (an open document's), or null for a file read from disk. */
  readonly version: number | null;
  readonly objects: readonly ManifestObject[];
  /** Findings by severity, over the whole file: a deploy warns about errors before it asks the cluster. */
  readonly findings: readonly {
    /** Id of the rule, as in `Finding.code`. */
    readonly code: string;
    readonly document: number;
    readonly severity: Severity;
    readonly message: string;
    readonly range: EditorRange;
  }[];
}

/** Asks for the range of a field the API server named (`spec.template.spec.containers[0].image`). */
export interface LocateParams {
  readonly uri: string;
  readonly document: number;
  /** Path of the object inside its document, as in `ManifestObject.path`. */
  readonly object: string;
  readonly field: string;
}

/** The field's own range, else that of its nearest ancestor that is written down. */
export interface LocateResult {
  readonly range: EditorRange;
}

/** Tells the server the chosen target; it refreshes its lenses. */
export interface TargetParams {
  readonly target: DeployTarget | null;
}

/** A file: its absolute path, `/`-separated, and its text. */
export type SourceText = readonly [path: string, text: string];

/** What kustomize or Helm made of a folder, and the files it was made from. */
export interface RenderedParams {
  readonly output: string;
  readonly by: 'kustomize' | 'helm';
  /** The kustomization file, or the folder of the chart. */
  readonly root: string;
  readonly files: readonly SourceText[];
  /** Of Helm: values files that were given, the strongest last. */
  readonly values: readonly string[];
  /** Of kustomize: what the paths in origin annotations start from, and pairs of what comes out and a path among `files`. */
  readonly origins: {
    readonly folder: string;
    readonly files: readonly (readonly [realPath: string, path: string])[];
  } | null;
}

/** What there is to say about the rendered output, told of the files it comes from. */
export interface RenderedResult {
  readonly files: readonly { readonly path: string; readonly findings: readonly RenderedDiagnostic[] }[];
}

export interface RenderedDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: EditorRange;
  /** Address of the rule's page; null when the client has none. */
  readonly page: string | null;
  readonly related: readonly {
    readonly message: string;
    readonly path: string;
    readonly range: EditorRange;
  }[];
}

/** What the API server of a cluster answered at `/openapi/v3/…`, in files: nothing but their names is sent. */
export interface ClusterSchemaFiles {
  /** The server's own version: `v1.36.3`. */
  readonly version: string;
  /**
   * Absolute paths of the documents, one for each group and version: JSON, gzipped where the name ends in `.gz`. What
   * is in a file of a name never changes.
   */
  readonly documents: readonly string[];
  /** These are all documents of the cluster: a kind that is in none of them is not served. Absent: false. */
  readonly complete?: boolean;
  /** Folder in which to keep what is made of them; absent: it is made anew for each start of the server. */
  readonly cache?: string;
}

/** Tells which schema counts; null: the one that comes with the server, of the version in the settings. */
export interface SchemaParams {
  readonly schema: ClusterSchemaFiles | null;
}

/** What is in force by now. */
export interface SchemaResult {
  /** Null: the schema that comes with the server. */
  readonly cluster: {
    readonly version: string;
    readonly kinds: number;
    readonly customKinds: number;
  } | null;
  /** The newest version of the schema that comes with the server: `1.36`. */
  readonly newest: string;
}

/** Objects of a cluster that rules about the workspace take into account: its limits and quotas. */
export interface LiveObjectsParams {
  /** Where they are; null: none are known any more. */
  readonly target: DeployTarget | null;
  /** As the API server sent them. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
}

export const serverMethods = {
  /** Request: FactsParams → a hover, or null. For clients in which another extension tells of fields. */
  facts: 'elastic/facts',
  /** Request: ObjectsParams → ObjectsResult. */
  objects: 'elastic/objects',
  /** Request: LocateParams → LocateResult. */
  locate: 'elastic/locate',
  /** Request: ManifestsParams → ManifestsResult, once all files of the folders are known. */
  manifests: 'elastic/manifests',
  /** Request: RenderedParams → RenderedResult. */
  rendered: 'elastic/rendered',
  /** Notification: TargetParams. */
  target: 'elastic/target',
  /** Request: SchemaParams → SchemaResult. A notification with the same parameters does the same, unanswered. */
  schema: 'elastic/schema',
  /** Notification: LiveObjectsParams. */
  liveObjects: 'elastic/liveObjects',
} as const;

/** What other features ask of the language server; implemented by the language feature. Rejects when the server is gone. */
export interface ManifestService {
  objects(uri: string): Promise<ObjectsResult>;
  locate(params: LocateParams): Promise<LocateResult>;
  manifests(params: ManifestsParams): Promise<ManifestsResult>;
}

/** Checks of rendered output, by the language server: it knows the settings. Rejects when the server is gone. */
export interface RenderedService {
  rendered(params: RenderedParams): Promise<RenderedResult>;
}
