import type { RuleSettings } from '../config/settings.ts';
import type { Finding, TextRange } from '../finding.ts';
import type { KubernetesObject } from '../manifest/kubernetes-object.ts';
import type { LineIndex } from '../manifest/lines.ts';
import type { Completion, FileRole } from '../manifest/roles.ts';
import type { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { FileFacts, Workspace } from '../workspace/workspace.ts';
import type { AnalysisCache } from './cache.ts';

export interface AnalyzeOptions {
  /** Kept by the caller from one analysis of a file to the next: only documents that changed are read again. */
  readonly cache?: AnalysisCache;
  /** What is checked, and how much it weighs. Pass the same object again for the same settings. */
  readonly settings?: RuleSettings;
  /** Absent: the one that comes with the product. */
  readonly schema?: Schema;
  /** What the files around it make of the file; absent: a manifest, unless its text shows another. */
  readonly role?: FileRole;
  /** What kustomizations set on the file's objects. */
  readonly completion?: Completion | null;
  /** Longer texts (in UTF-16 units) are not read; `file-too-large` says so. */
  readonly maximumLength?: number;
}

export interface ManifestDocument {
  /** From 0. */
  readonly index: number;
  readonly range: TextRange;
  /** Holds a Kubernetes object (or a List of them), and is no template. */
  readonly isKubernetes: boolean;
  /** Items of a List are objects of their own. */
  readonly objects: readonly KubernetesObject[];
  /** The root of each object, in the same order; offsets count from the start of the document. */
  readonly roots: readonly Field[];
}

/** What there is to say about the text of one file. */
export interface Analysis {
  readonly text: string;
  readonly documents: readonly ManifestDocument[];
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly lines: LineIndex;
  /** What the workspace needs to know of the file. */
  readonly facts: FileFacts;
  /**
   * What rules that look beyond the file find, in the order of the text. The workspace must have been given this
   * analysis' facts. Documents are looked at again only if they, or the workspace, have changed.
   */
  readonly related: (uri: string, workspace: Workspace) => readonly Finding[];
}
