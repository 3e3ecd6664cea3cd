/**
 * What the checks say of repositories that people keep: `node test/bench/repositories.ts FOLDER…` counts findings by
 * rule and warnings a container; with `--server` the API server of the bench is asked about every document of its own
 * kinds, and each error of ours that it does not share is shown.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  type Analysis,
  analyze,
  emptyConfig,
  type Finding,
  formatMessage,
  type KubernetesObject,
  type ManifestDocument,
  schemaAt,
  settingsOf,
} from '../../src/core/index.ts';
import { analyzeOptions } from '../../src/server/project/project.ts';
import { Surroundings } from '../../src/server/surroundings.ts';
import { decodeText } from '../../src/server/text.ts';
import { type Answer, ApiServer } from '../agreement/server.ts';
import { startCluster } from '../harness/cluster.ts';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { server: { type: 'boolean', default: false } },
});

/** A document that holds one object of a kind the API server has itself. */
interface Sendable {
  readonly place: string;
  readonly text: string;
  readonly object: KubernetesObject;
  readonly errors: readonly Finding[];
}

/** How many documents the server reads at a time. */
const inFlight = 8;

for (const folder of folders) await report(folder);

async function report(folder: string): Promise<void> {
  const around = new Surroundings({ isOpen: () => false, onDidChange: () => undefined });
  await around.open([folder]);
  around.dispose();
  const counts = new Map<string, number>();
  const seen = { files: 0, objects: 0, containers: 0, warnings: 0 };
  const documents: Sendable[] = [];
  for (const uri of around.workspace.uris) {
    const path = fileURLToPath(uri);
    const text = decodeText(await readFile(path));
    const circumstances = around.circumstancesOf(uri);
    const analysis = analyze(text, analyzeOptions(circumstances));
    const findings = [...analysis.findings, ...analysis.related(uri, around.workspace)];
    for (const { code, severity } of findings) {
      counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1);
      if (severity === 'warning') seen.warnings++;
    }
    const objects = analysis.documents.flatMap((document) => document.objects);
    seen.files++;
    seen.objects += objects.length;
    seen.containers += objects.reduce((sum, { images }) => sum + images.length, 0);
    if (circumstances.role === 'manifest') documents.push(...sendable(path.slice(folder.length + 1), text));
  }
  const each = (seen.warnings / seen.containers).toFixed(2);
  console.log(`\n${folder}: ${seen.files} files, ${seen.objects} objects, ${seen.containers} containers`);
  console.log(`${seen.warnings} warnings, ${each} a container`);
  for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    console.log(`${String(count).padStart(6)} ${name}`);
  }
  if (options.server) await compare(documents);
}

/** Documents with what the preset of the server's own rules calls an error in them. */
function sendable(path: string, text: string): readonly Sendable[] {
  const settings = settingsOf({ ...emptyConfig, preset: 'server-only' });
  const { documents, findings, lines }: Analysis = analyze(text, { settings });
  return documents.flatMap((document: ManifestDocument) => {
    const [object, ...others] = document.objects;
    if (object === undefined || others.length > 0 || object.path !== '') return [];
    if (schemaAt().typeOf(object.apiVersion, object.kind) === null) return [];
    const errors = findings.filter(
      (finding) => finding.document === document.index && finding.severity === 'error',
    );
    const { start, end } = document.range;
    const place = `${path}:${lines.positionAt(object.range.start).line + 1}`;
    return [{ place, text: text.slice(start, end), object, errors }];
  });
}

async function compare(documents: readonly Sendable[]): Promise<void> {
  const cluster = await startCluster({ parts: 'api', report: (text) => console.error(`· ${text}`) });
  const tally = { accepted: 0, refused: 0, missed: 0, undecided: 0 };
  try {
    await cluster.kubectl(['apply', '-f', '-'], namespaces(documents));
    const server = await ApiServer.open(cluster.kubeconfig);
    const queue = documents.values();
    const worker = async (): Promise<void> => {
      for (const document of queue) {
        const answer = await ask(server, document);
        const verdict = verdictOf(answer);
        if (verdict === null || answer === null) tally.undecided++;
        else if (verdict) {
          tally.accepted++;
          for (const error of document.errors) console.log(`FALSE REJECTION ${show(document, error)}`);
        } else {
          tally.refused++;
          if (document.errors.length > 0) continue;
          tally.missed++;
          console.log(`MISSED ${document.place} ${document.object.kind}: ${answer.message.slice(0, 300)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    server.close();
  } finally {
    await cluster.stop();
  }
  console.log(JSON.stringify(tally));
}

/** Null: the server does not serve the kind in this version. */
async function ask(server: ApiServer, { object, text }: Sendable): Promise<Answer | null> {
  const { apiVersion, kind, namespace } = object;
  try {
    const tree = (): Record<string, unknown> => ({ kind });
    return await server.create({ name: kind, kind, apiVersion, namespace, text, tree }, text);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('The server has no')) return null;
    throw error;
  }
}

/** Whether the server takes a document; null where what else is in the cluster decides. */
function verdictOf(answer: Answer | null): boolean | null {
  if (answer === null) return null;
  if (answer.status < 300 || answer.reason === 'AlreadyExists') return true;
  return answer.status === 400 || answer.status === 422 ? false : null;
}

function show({ place, object }: Sendable, { code, path, message }: Finding): string {
  return `${place} ${object.kind} ${code} ${path}: ${formatMessage(message)}`;
}

/** Namespaces that documents name, each with the account that admission looks for. */
function namespaces(documents: readonly Sendable[]): string {
  const named = documents.flatMap(({ object: { namespace } }) => namespace ?? []);
  const valid = new Set(
    ['default', ...named].filter((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)),
  );
  return [...valid]
    .map(
      (name) =>
        `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---\n` +
        `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: ${name} }\n`,
    )
    .join('---\n');
}
