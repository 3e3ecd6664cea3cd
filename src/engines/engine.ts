/** A container engine as a person installed it. */
export type EngineName = 'docker' | 'podman' | 'nerdctl';

/** What the setting allows: one engine, or the first that is installed. */
export type EnginePreference = 'auto' | EngineName;

export interface RunOptions {
  /** Called with each piece of the engine's output as it comes, standard output and error alike. */
  readonly onOutput: (chunk: string) => void;
  /** Abort ends the engine's client and, with it, what it does. */
  readonly signal: AbortSignal;
}

export interface BuildRequest {
  /** Absolute path of the folder whose files the build may use. */
  readonly context: string;
  /** Absolute path. */
  readonly dockerfile: string;
  /** References the image gets, at least one; the first one names it in messages. */
  readonly tags: readonly [string, ...string[]];
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Stage to build; absent: the last one. */
  readonly target?: string;
  /** `linux/arm64`; absent: the engine's own. */
  readonly platform?: string;
}

export interface BuildResult {
  /** The first of the request's tags. */
  readonly reference: string;
  /** `sha256:…` as the engine names it. */
  readonly imageId: string;
  /** Wall-clock time of the build. */
  readonly ms: number;
}

export interface PushResult {
  /** Digest of the manifest as the registry now serves it (`sha256:…`). */
  readonly digest: string;
}

/** An image on this machine; null when the engine has none under that reference. */
export interface ImageInfo {
  readonly id: string;
  /** Milliseconds since the epoch; null when the engine does not say. */
  readonly created: number | null;
  readonly bytes: number | null;
}

/** All methods reject with EngineError, and with none else but for bugs. */
export interface Engine {
  readonly name: EngineName;
  /** Version of the client program. */
  readonly version: string;
  build(request: BuildRequest, run: RunOptions): Promise<BuildResult>;
  /** Pushes `reference` (its tag, or `latest`) to the registry it names. */
  push(reference: string, run: RunOptions): Promise<PushResult>;
  imageInfo(reference: string, signal?: AbortSignal): Promise<ImageInfo | null>;
}
