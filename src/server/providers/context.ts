import type { Completion, FileRole, RuleSettings } from '../../core/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import type { ServerOptions } from '../options.ts';
import type { SchemaChoice } from '../schemas/choice.ts';

/** What a provider knows beside the analysis. Plain data: it travels to the worker that analyses large files. */
export interface ProviderContext {
  readonly uri: string;
  /** Version of the open document's text; null for a file read from disk. */
  readonly version: number | null;
  readonly options: ServerOptions;
  readonly target: DeployTarget | null;
  readonly check: Check;
}

/** How the text is to be analysed: plain data where `AnalyzeOptions` has objects. */
export interface Check extends SchemaChoice {
  readonly settings: RuleSettings;
  readonly role: FileRole;
  readonly completion: Completion | null;
}
