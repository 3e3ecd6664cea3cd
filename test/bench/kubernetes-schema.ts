/**
 * JSON Schemas of Kubernetes in the form editors use them: `all.json`, which is one of all kinds, and the definitions
 * it refers to. Made of the OpenAPI description in the sources of Kubernetes; strict, as people set it up.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureProduct, type Report } from '../harness/cache.ts';
import { findGo } from '../harness/go.ts';
import { run } from '../harness/processes.ts';

const version = '1.36.3';

/** Folder with `all.json` and `_definitions.json`. */
export function ensureKubernetesSchema(report: Report): Promise<string> {
  return ensureProduct({ name: 'kubernetes-schema', inputs: [version, 'strict 1'], build }, report);
}

interface JsonSchema {
  type?: string | readonly string[];
  format?: string;
  $ref?: string;
  enum?: readonly string[];
  oneOf?: readonly JsonSchema[];
  required?: readonly string[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  'x-kubernetes-group-version-kind'?: readonly Kind[];
}

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

async function build(folder: string, report: Report): Promise<void> {
  report('making JSON Schemas of Kubernetes');
  const go = await findGo(report);
  const answer = await run(go, ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], {
    env: { ...process.env, GOFLAGS: '-mod=mod' },
    cwd: '/',
  });
  const { Dir: sources } = JSON.parse(answer) as { Dir: string };
  const file = join(sources, 'api/openapi-spec/swagger.json');
  const { definitions } = JSON.parse(await readFile(file, 'utf8')) as {
    definitions: Record<string, JsonSchema>;
  };
  const kinds: string[] = [];
  for (const [name, schema] of Object.entries(definitions)) {
    const [kind, ...others] = schema['x-kubernetes-group-version-kind'] ?? [];
    tighten(schema);
    // Kinds of several groups (DeleteOptions and its like) stand in no file.
    if (kind === undefined || others.length > 0 || schema.properties?.['apiVersion'] === undefined) continue;
    kinds.push(name);
    const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
    Object.assign(schema.properties, {
      apiVersion: { type: 'string', enum: [apiVersion] },
      kind: { type: 'string', enum: [kind.kind] },
    });
    schema.required = ['apiVersion', 'kind', ...(schema.required ?? [])];
  }
  const oneOf = kinds.map((name) => ({ $ref: `_definitions.json#/definitions/${name}` }));
  await writeFile(join(folder, '_definitions.json'), JSON.stringify({ definitions }));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ oneOf }));
}

/** No other fields than those known, null for what may be absent, numbers where a text of a number is meant. */
function tighten(schema: JsonSchema): void {
  if (schema.format === 'int-or-string') {
    delete schema.type;
    delete schema.format;
    schema.oneOf = [{ type: 'string' }, { type: 'integer' }];
    return;
  }
  if (schema.properties !== undefined) {
    schema.additionalProperties ??= false;
    for (const [name, property] of Object.entries(schema.properties)) {
      tighten(property);
      const optional = schema.required?.includes(name) !== true;
      if (optional && typeof property.type === 'string') property.type = [property.type, 'null'];
    }
  }
  if (schema.items !== undefined) tighten(schema.items);
  if (typeof schema.additionalProperties === 'object') tighten(schema.additionalProperties);
}
