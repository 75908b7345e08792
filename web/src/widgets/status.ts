export type WidgetState = 'loading' | 'empty' | 'live' | 'stale' | 'error';

export interface Status {
  readonly state: WidgetState;
  /** Milliseconds since the newest data, when stale. */
  readonly age: number;
}

/** What a widget knows of its data; times in ms of one clock. */
export interface Freshness {
  readonly answered: boolean;
  readonly held: boolean;
  /** When the newest data was new. */
  readonly newest: number;
  /** How far apart data usually comes. */
  readonly interval: number;
}

const stalestMs = 5000;
const intervalsMissed = 4;

export function statusOf(data: Freshness, now: number, connected: boolean, watching: boolean, failed: boolean): Status {
  if (failed) return { state: 'error', age: 0 };
  if (!data.held) return { state: data.answered ? 'empty' : 'loading', age: 0 };
  const age = now - data.newest;
  if (!connected) return { state: 'stale', age: Math.max(0, age) };
  if (watching && age > Math.max(stalestMs, intervalsMissed * data.interval)) return { state: 'stale', age };
  return { state: 'live', age };
}
