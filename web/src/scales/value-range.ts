import { niceStep } from './ticks.ts';

export interface ValueRangeOptions {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly log?: boolean;
  /** Areas stand on zero when their values allow it. */
  readonly zero?: boolean;
}

/** How long the data must fit a much smaller range before the axis closes in, in ms. */
const patienceMs = 2000;
const ticksWanted = 4;

/** A value axis that grows at once, shrinks late, and always ends at round numbers: it does not jitter with its data. */
export class ValueRange {
  min = 0;
  max = 1;
  /** Whether there ever was a value; before that the ends mean nothing. */
  settled = false;
  private tooWideSince = Infinity;
  private readonly options: ValueRangeOptions;

  constructor(options: ValueRangeOptions) {
    this.options = options;
  }

  /** Takes the smallest and largest visible value; true when the range changed. */
  fit(low: number, high: number, now: number): boolean {
    if (!(low <= high)) {
      if (this.settled) return false;
      low = 0;
      high = 1;
    } else this.settled = true;
    const [min, max] = this.around(low, high);
    if (min === this.min && max === this.max) {
      this.tooWideSince = Infinity;
      return false;
    }
    const inside = low >= this.min && high <= this.max;
    if (inside && max - min > 0.6 * (this.max - this.min)) {
      this.tooWideSince = Infinity;
      return false;
    }
    if (inside) {
      if (this.tooWideSince === Infinity) this.tooWideSince = now;
      if (now - this.tooWideSince < patienceMs) return false;
    }
    this.min = min;
    this.max = max;
    this.tooWideSince = Infinity;
    return true;
  }

  /** Forgets its patience: another stretch of time is another matter. */
  release(): void {
    this.tooWideSince = -Infinity;
  }

  private around(low: number, high: number): [number, number] {
    const { min: fixedMin, max: fixedMax, unit, log, zero } = this.options;
    if (log) {
      const least = low > 0 ? low : high > 0 ? high / 1000 : 1;
      const lowest = fixedMin !== undefined && fixedMin > 0 ? fixedMin : 10 ** Math.floor(Math.log10(least));
      return [lowest, fixedMax ?? Math.max(lowest * 10, 10 ** Math.ceil(Math.log10(Math.max(high, least))))];
    }
    let span = high - low;
    // 100 and 100.00000000000001 are one value: an axis of that span would have no room for its ticks.
    if (span <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) span = Math.abs(high) * 0.1 || 1;
    let min = fixedMin ?? (low >= 0 && (zero || low < 0.3 * high) ? 0 : low - 0.06 * span);
    let max = fixedMax ?? (high <= 0 && low < 0 && zero ? 0 : high + 0.06 * span);
    if (max <= min) max = min + span;
    // What a double cannot hold has no distance.
    if (!Number.isFinite(max)) max = Number.MAX_VALUE;
    if (!Number.isFinite(min)) min = -Number.MAX_VALUE;
    if (!Number.isFinite(max - min)) return [-Number.MAX_VALUE / 2.001, Number.MAX_VALUE / 2.001];
    const step = niceStep((max - min) / ticksWanted, unit, Math.max(Math.abs(min), Math.abs(max))) / 2;
    if (!(step > 0)) return [min, max];
    if (fixedMin === undefined) min = Math.floor(min / step + 1e-9) * step;
    if (fixedMax === undefined) max = Math.min(Number.MAX_VALUE, Math.ceil(max / step - 1e-9) * step);
    // Parts of a whole do not exceed it.
    if (fixedMax === undefined && unit === '%' && high <= 100 && max > 100) max = 100;
    return [min, max];
  }
}
