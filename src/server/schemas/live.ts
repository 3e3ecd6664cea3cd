import type { Connection } from 'vscode-languageserver/node';
import { analyze, newestVersion } from '../../core/index.ts';
import { type LiveObjectsParams, type SchemaResult, serverMethods } from '../../core/protocol.ts';
import { logError } from '../log.ts';
import type { Surroundings } from '../surroundings.ts';
import { ClusterSchemas } from './cluster-schemas.ts';
import { initialSchema, liveObjectsParams, schemaParams } from './params.ts';

type SchemaFiles = ReturnType<typeof schemaParams>['schema'];

/** What clients say of the cluster that manifests are for: its schema, and the limits and quotas of the namespace. */
export class LiveCluster {
  readonly #connection: Connection;
  readonly #surroundings: Surroundings;
  readonly #schemas = new ClusterSchemas();
  #turn = 0;
  #disposed = false;
  /** What holds the objects that were told last. */
  #uri: string | null = null;

  constructor(connection: Connection, surroundings: Surroundings) {
    this.#connection = connection;
    this.#surroundings = surroundings;
  }

  register(): void {
    this.#connection.onRequest(serverMethods.schema, (given: unknown) =>
      this.use(schemaParams(given).schema),
    );
    this.#connection.onNotification(serverMethods.schema, (given: unknown) => {
      this.use(schemaParams(given).schema).catch((error: unknown) => this.#log(error));
    });
    this.#connection.onNotification(serverMethods.liveObjects, (given: unknown) =>
      this.#takeObjects(liveObjectsParams(given)),
    );
  }

  /** Takes over what a client passes when it starts the server. */
  initialize(options: unknown): void {
    const files = initialSchema(options);
    if (files !== null) this.use(files).catch((error: unknown) => this.#log(error));
  }

  /** The newest call counts, whichever is ready first. */
  async use(files: SchemaFiles): Promise<SchemaResult> {
    const turn = ++this.#turn;
    if (files === null) {
      this.#surroundings.cluster = null;
      return { cluster: null, newest: newestVersion };
    }
    const { file, models } = await this.#schemas.prepare(files);
    if (turn === this.#turn) this.#surroundings.cluster = file;
    const kinds = Object.values(models.models.kinds).flatMap((ofVersion) => Object.keys(ofVersion));
    return {
      cluster: { version: models.version, kinds: kinds.length, customKinds: models.customs.length },
      newest: newestVersion,
    };
  }

  dispose(): void {
    this.#disposed = true;
    this.#turn++;
    this.#schemas.dispose();
  }

  /** They stand in a file of the workspace that is on no disk. */
  #takeObjects({ target, objects }: LiveObjectsParams): void {
    const uri = target === null ? null : `cluster:${target.context}/${target.namespace}`;
    if (this.#uri !== null && this.#uri !== uri) this.#surroundings.forgetObjects(this.#uri);
    this.#uri = uri;
    if (uri === null) return;
    const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
    this.#surroundings.learnObjects(uri, analyze(text).facts);
  }

  #log(error: unknown): void {
    if (this.#disposed) return;
    logError(this.#connection, `schema: ${error instanceof Error ? error.message : String(error)}`);
  }
}
