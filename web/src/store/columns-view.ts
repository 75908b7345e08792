import type { JsonPoint, SeriesIdentity, ViewMessage } from '../connection/messages.ts';
import type { ColumnsBlock } from '../wire/block.ts';
import { ColumnRing } from './column-ring.ts';
import { foldPoint, valueOf } from './fold.ts';

export interface HeldSeries {
  readonly key: string;
  readonly identity: SeriesIdentity;
  readonly ring: ColumnRing;
}

/** Which series this is, whatever slot it has: slots begin anew with every view, names and labels do not. */
function keyOf(identity: SeriesIdentity): string {
  const labels = Object.entries(identity.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([identity.name, ...labels]);
}

/** The columns of one widget's series, all of one width. */
export class ColumnsView {
  /** Column width in milliseconds. */
  readonly step: number;
  readonly capacity: number;
  readonly live: boolean;
  readonly from: number | null;
  readonly to: number | null;
  series: readonly HeldSeries[] = [];
  private bySlot: (HeldSeries | undefined)[] = [];
  /** Newest column of the history message before, by slot: its points are followed, not replaced, by the next part. */
  private readonly historyEnds: number[] = [];

  private readonly now: () => number;

  constructor(message: ViewMessage, capacity: number, now: () => number = () => Infinity) {
    this.now = now;
    this.step = message.step;
    this.live = message.live;
    this.from = message.from;
    this.to = message.to;
    this.capacity = capacity;
    this.join(message.series);
  }

  /** Takes the series as the server now numbers them and keeps what is held of those that stay. */
  join(identities: readonly SeriesIdentity[]): void {
    const held = new Map(this.series.map((one) => [one.key, one]));
    this.bySlot = [];
    this.historyEnds.length = 0;
    this.series = identities.map((identity) => {
      const key = keyOf(identity);
      const one: HeldSeries = { key, identity, ring: held.get(key)?.ring ?? new ColumnRing(this.capacity) };
      this.bySlot[identity.slot] = one;
      return one;
    });
  }

  /** Those in the slots before one, as the server numbered them. */
  identities(before: number): SeriesIdentity[] {
    return this.series.map((one) => one.identity).filter((identity) => identity.slot < before);
  }

  writeBlock(block: ColumnsBlock): void {
    const ring = this.bySlot[block.slot]?.ring;
    if (!ring) return;
    const { base, offset, first, min, max, last, count } = block;
    const latest = this.latest();
    for (let i = 0; i < count; i++) if (base + offset[i] <= latest) ring.write(base + offset[i], first[i], min[i], max[i], last[i]);
  }

  /** History stands for itself: the columns it covers are made of its points alone. */
  writeHistory(slot: number, points: readonly JsonPoint[]): void {
    const ring = this.bySlot[slot]?.ring;
    if (!ring || points.length === 0) return;
    const seen = this.historyEnds[slot] ?? -Infinity;
    const begin = this.columnOf(points[0][0]);
    const end = this.columnOf(points[points.length - 1][0]);
    if (ring.newest !== -Infinity)
      for (let column = Math.max(begin, ring.oldest, seen + 1); column <= Math.min(end, ring.newest); column++) ring.erase(column);
    this.historyEnds[slot] = end;
    this.fold(ring, points);
  }

  writePoints(slot: number, points: readonly JsonPoint[]): void {
    const ring = this.bySlot[slot]?.ring;
    if (ring) this.fold(ring, points);
  }

  /** Empties the column of time `from` (Unix ms) and all after it. */
  clearFrom(slot: number, from: number): void {
    this.bySlot[slot]?.ring.clearFrom(this.columnOf(from));
  }

  columnOf(time: number): number {
    return Math.floor(time / this.step);
  }

  /** Number of the newest column of any series. */
  get newest(): number {
    let newest = -Infinity;
    for (const { ring } of this.series) if (ring.newest > newest) newest = ring.newest;
    return newest;
  }

  count(): number {
    let count = 0;
    for (const { ring } of this.series) count += ring.count();
    return count;
  }

  /** A point further ahead of the clock than the screen is wide would push what is on the screen out of the ring. */
  private latest(): number {
    return this.live ? this.columnOf(this.now()) + Math.floor(this.capacity / 2) : Infinity;
  }

  private fold(ring: ColumnRing, points: readonly JsonPoint[]): void {
    const latest = this.latest();
    for (const [time, value] of points) if (this.columnOf(time) <= latest) foldPoint(ring, this.columnOf(time), valueOf(value));
  }
}
