import type { LogFilter } from './filter.ts';

/** What a person chose to see of a log, but for the filter. */
export interface LogChoices {
  /** Lines no older than so many seconds; null: the last ones, however old. */
  readonly sinceSeconds: number | null;
  /** Everything the nodes still have, not only the last lines. */
  readonly everything: boolean;
  /** The run before the present one. */
  readonly previous: boolean;
  readonly timestamps: boolean;
  /** null: all. */
  readonly containers: readonly string[] | null;
}

/** Of a log that was just opened. */
export const firstChoices: LogChoices = {
  sinceSeconds: null,
  everything: false,
  previous: false,
  timestamps: false,
  containers: null,
};

/** What a person chose to see of a log, filter included. */
export interface LogLook {
  readonly choices: LogChoices;
  readonly filter: LogFilter | null;
}
