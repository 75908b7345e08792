import { computed, signal } from '@preact/signals';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export const ranges: readonly (readonly [label: string, ms: number])[] = [
  ['1 m', 60_000],
  ['5 m', 300_000],
  ['15 m', 900_000],
  ['1 h', 3_600_000],
  ['6 h', 21_600_000],
  ['24 h', 86_400_000],
];

const narrowest = 1000;
const widest = 366 * 86_400_000;
/** Data needs this long to arrive; the right edge waits for it so that it is never empty. */
const arrivalMs = 60;

/** Which stretch of time the whole page shows: the last so much, a fixed one, or the last so much as it was when paused. */
export class Viewport {
  readonly range = signal(60_000);
  readonly fixed = signal<Stretch | null>(null);
  /** Server time at which the page was paused. */
  readonly pausedAt = signal<number | null>(null);
  readonly live = computed(() => this.fixed.value === null && this.pausedAt.value === null);
  private readonly serverNow: () => number;

  constructor(serverNow: () => number) {
    this.serverNow = serverNow;
  }

  /** The right edge of a sliding page. */
  edge(): number {
    return (this.pausedAt.peek() ?? this.serverNow()) - arrivalMs;
  }

  stretch(): Stretch {
    const fixed = this.fixed.peek();
    if (fixed) return fixed;
    const to = this.edge();
    return { from: to - this.range.peek(), to };
  }

  choose(range: number): void {
    this.range.value = range;
    this.goLive();
  }

  goLive(): void {
    this.fixed.value = null;
    this.pausedAt.value = null;
  }

  togglePause(): void {
    if (this.pausedAt.peek() === null) this.pausedAt.value = this.serverNow();
    else this.goLive();
  }

  show(from: number, to: number): void {
    const width = Math.min(widest, Math.max(narrowest, to - from));
    const middle = (from + to) / 2;
    const end = Math.min(middle + width / 2, this.serverNow());
    // A paused page that is moved stays paused.
    this.fixed.value = { from: end - width, to: end };
  }

  /** Narrows (factor below 1) or widens around a point of time. */
  zoom(factor: number, around?: number): void {
    const { from, to } = this.stretch();
    const center = around ?? (from + to) / 2;
    const width = Math.min(widest, Math.max(narrowest, (to - from) * factor));
    const part = (center - from) / (to - from);
    this.show(center - part * width, center + (1 - part) * width);
  }

  /** Moves by a part of what is seen; positive is later. */
  pan(part: number): void {
    const { from, to } = this.stretch();
    const distance = part * (to - from);
    this.show(from + distance, to + distance);
  }
}
