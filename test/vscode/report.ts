/** What the extension host tells of one test; the file named by `ELASTIC_HOST_REPORT` holds an array of these. */
export interface HostResult {
  /** Titles from the outermost suite to the test. */
  readonly title: readonly string[];
  readonly ms: number;
  /** Figures and facts the test wants told (`activation took 12 ms`). */
  readonly notes: readonly string[];
  /** Null when it passed. */
  readonly error: string | null;
}
