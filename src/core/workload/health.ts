/** One word for how something is doing: it chooses icon and colour. `idle`: wanted so (scaled to zero, completed). */
export type Health = 'healthy' | 'progressing' | 'warning' | 'failed' | 'idle' | 'unknown';
