import { durationLabel } from '../scales/time-ticks.ts';

export type WidgetState = 'loading' | 'empty' | 'live' | 'stale' | 'error';

export interface Status {
  readonly state: WidgetState;
  /** Milliseconds since the newest data, when stale. */
  readonly age: number;
}

/** What stands in place of a picture that has nothing to show; null where there is one. */
export function emptyNote(state: WidgetState, age: number, connected: boolean, watching: boolean, blank: boolean, own: string | undefined): string | null {
  if (state === 'loading') return connected ? null : 'Not connected';
  if (own) return own;
  if (state === 'empty') return !connected ? 'Not connected' : watching ? 'No data yet' : 'No data in this stretch of time';
  return blank ? `No data in this stretch of time; the newest is ${durationLabel(age)} old` : null;
}

/** What the page as a whole is, from its connection, its viewport and the states of its charts. */
export function pageState(connection: string, paused: boolean, fixed: boolean, charts: Iterable<string>): string {
  if (connection === 'connecting') return 'reconnecting';
  if (connection !== 'live' && connection !== 'behind') return connection;
  if (paused) return 'paused';
  if (fixed) return 'past';
  if (connection === 'behind') return 'behind';
  const states = new Set(charts);
  return states.has('stale') && !states.has('live') ? 'stale' : 'live';
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
