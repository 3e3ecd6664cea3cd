/** Several files that know each other, and what rules that look beyond one object find in them. */
import {
  analyze,
  formatMessage,
  hintsOfKustomization,
  readKustomization,
  Workspace,
} from '../../../../src/core/index.ts';
import type { Analysis, FileRole, Finding } from '../../../../src/core/index.ts';
import { relationRules } from '../../../../src/core/rules/relations/index.ts';

export type Files = Readonly<Record<string, string>>;

export interface Around {
  /** Whether all files there are were read. */
  readonly complete?: boolean;
  /** Of files that are no manifests. */
  readonly roles?: Readonly<Record<string, FileRole>>;
}

const codes = new Set(relationRules.map(({ code }) => code));

/** Findings of the files, each with the name of its file. */
export function findings(
  files: Files,
  around: Around = {},
): readonly (Finding & { readonly file: string })[] {
  const { workspace, analyses } = read(files, around);
  return [...analyses].flatMap(([file, analysis]) =>
    analysis
      .related(uri(file), workspace)
      .filter(({ code }) => codes.has(code))
      .map((finding) => ({ ...finding, file })),
  );
}

/** The same as lines: `web.yaml:3 warning service-selects-nothing: what is written there`. */
export function found(files: Files, around: Around = {}): readonly string[] {
  return findings(files, around).map(({ file, code, severity, range }) => {
    const text = files[file] ?? '';
    const line = text.slice(0, range.start).split('\n').length;
    return `${file}:${line} ${severity} ${code}: ${text.slice(range.start, range.end)}`;
  });
}

/** Sentences of all findings. */
export function sentences(files: Files, around: Around = {}): readonly string[] {
  return findings(files, around).map(({ message }) => formatMessage(message));
}

function uri(file: string): string {
  return file.includes(':') ? file : `file:///shop/${file}`;
}

function read(
  files: Files,
  { complete = true, roles = {} }: Around = {},
): { readonly workspace: Workspace; readonly analyses: ReadonlyMap<string, Analysis> } {
  const workspace = new Workspace();
  const analyses = new Map<string, Analysis>();
  for (const [file, text] of Object.entries(files)) {
    const kustomization = readKustomization(text, file);
    if (kustomization !== null) {
      workspace.describe(uri(file), hintsOfKustomization(kustomization, text));
      continue;
    }
    const analysis = analyze(text, { role: roles[file] ?? 'manifest' });
    workspace.set(uri(file), analysis.facts);
    analyses.set(file, analysis);
  }
  workspace.scanned = complete;
  return { workspace, analyses };
}

/** A Deployment of one container. */
export function deployment({
  name = 'web',
  labels = '{ app: web }',
  replicas = '',
  container = '',
  pod = '',
  namespace = '',
} = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}${namespace === '' ? '' : `\n  namespace: ${namespace}`}
spec:${replicas === '' ? '' : `\n  replicas: ${replicas}`}
  selector:
    matchLabels: ${labels}
  template:
    metadata:
      labels: ${labels}
    spec:${pod === '' ? '' : `\n      ${pod.replaceAll('\n', '\n      ')}`}
      containers:
        - name: web
          image: web:1${container === '' ? '' : `\n          ${container.replaceAll('\n', '\n          ')}`}
`;
}

export function service(spec: string, name = 'web'): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  ${spec.replaceAll('\n', '\n  ')}
`;
}

export function configMap(name: string, data = 'LOG_LEVEL: info'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  ${data}
`;
}

export function autoscaler(spec: string, { name = 'web', target = 'web', kind = 'Deployment' } = {}): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: ${kind}
    name: ${target}
  ${spec.replaceAll('\n', '\n  ')}
`;
}

export function budget(spec: string, name = 'web'): string {
  return `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
spec:
  selector: { matchLabels: { app: web } }
  ${spec.replaceAll('\n', '\n  ')}
`;
}
