import type { Drawable } from '../charts/frame-loop.ts';
import type { Dashboard } from '../dashboard/dashboard.ts';
import type { WidgetOptions } from '../dashboard/document.generated.ts';
import type { ColumnsView } from '../store/columns-view.ts';
import type { WidgetColumns } from '../store/widget-columns.ts';
import { openWindowFrom } from '../store/open-window.ts';
import type { Freshness } from './status.ts';

/** The body of a card: framework-free, drawn by the page's frame loop. */
export interface WidgetView extends Drawable {
  readonly element: HTMLElement;
  freshness(now: number): Freshness;
  /** What a screen reader says of it. */
  summary(): string;
  /** For data attributes that tests and tools read. */
  held(): { points: number; newest: number } | null;
  /** A key pressed while the card has the focus; true when it was one of the widget's own. */
  key?(event: KeyboardEvent): boolean;
  /** Whether the stretch on the screen has no data although there is some. */
  isEmpty?(): boolean;
  /** What to say in place of rows that are not there. */
  emptyText?(): string | undefined;
  destroy(): void;
}

export interface WidgetContext<Options extends WidgetOptions> {
  readonly dashboard: Dashboard;
  readonly definition: Options;
}

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Touches the page only when there is something new to say. */
export function write(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** A point may come so much before its time by our clock. */
const clockErrorMs = 1000;

/** The last column of a series that is both complete and not ahead of the clock. */
export function lastColumn(view: ColumnsView | null, index: number, now: number): number {
  const one = view?.series[index];
  if (!view || !one) return -Infinity;
  const open = openWindowFrom(one.identity.name, now);
  return Math.min(view.columnOf(now + clockErrorMs), open === Infinity ? Infinity : view.columnOf(open) - 1);
}

/** The newest finite value of a series, or NaN. */
export function currentValue(view: ColumnsView | null, index = 0, at = Infinity): number {
  const ring = view?.series[index]?.ring;
  if (!ring) return NaN;
  for (let column = ring.previous(at), tries = 0; column !== -Infinity && tries < 64; column = ring.previous(column - 1), tries++) {
    const place = ring.start(column);
    if (Number.isFinite(ring.last[place])) return ring.last[place];
    if (Number.isFinite(ring.max[place])) return ring.max[place];
  }
  return NaN;
}

export function columnsFreshness(columns: WidgetColumns, now: number): Freshness {
  const view = columns.shown;
  // A point ahead of the clock is not news of now.
  const until = view ? view.columnOf(now + clockErrorMs) : -Infinity;
  let newest = -Infinity;
  for (const one of view?.series ?? []) newest = Math.max(newest, one.ring.previous(until));
  if (!view || newest === -Infinity) return { answered: columns.answered, held: false, newest: 0, interval: 0 };
  const ring = view.series.find((one) => one.ring.has(newest))!.ring;
  let oldest = newest;
  let steps = 0;
  for (let column = ring.previous(newest - 1); column !== -Infinity && steps < 8; column = ring.previous(column - 1)) {
    oldest = column;
    steps++;
  }
  // One point has no rhythm that could be missed: a value sent once is not stale while it is in the picture.
  const end = Math.min(now, (newest + 1) * view.step);
  const arrived = columns.arrived === -Infinity ? -Infinity : now - (performance.now() - columns.arrived);
  const seen = now - end < view.capacity * view.step;
  return { answered: true, held: true, newest: Math.max(end, arrived), interval: steps > 0 ? ((newest - oldest) / steps) * view.step : seen ? Infinity : 0 };
}

export function columnsHeld({ shown }: WidgetColumns): ReturnType<WidgetView['held']> {
  return shown ? { points: shown.count(), newest: shown.newest === -Infinity ? 0 : Math.round(shown.newest * shown.step) } : null;
}
