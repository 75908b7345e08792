import type { Stretch } from '../dashboard/viewport.ts';
import { ValueRange } from '../scales/value-range.ts';
import type { ColumnsView } from '../store/columns-view.ts';
import { withAlpha } from '../theme/theme.ts';
import { extend, isSparse, paintSeries, type Extent } from './column-painter.ts';
import { breakAfter } from './gaps.ts';
import type { PixelMap } from './pixels.ts';
import { columnWindow } from './window.ts';

/** The smallest difference, as a part of the value, that fills the height. */
const leastSpan = 0.05;

/** A line without axes. */
export class Sparkline {
  readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d')!;
  private readonly values = new ValueRange({});

  /** Sizes in CSS pixels; returns the width in device pixels. */
  resize(width: number, height: number): number {
    this.canvas.width = Math.max(16, Math.round(width * devicePixelRatio));
    this.canvas.height = Math.max(1, Math.round(height * devicePixelRatio));
    return this.canvas.width;
  }

  draw(view: ColumnsView | null, stretch: Stretch, live: boolean, color: string, now: number, until = Infinity): void {
    const { width, height } = this.canvas;
    this.context.clearRect(0, 0, width, height);
    const series = view?.series[0];
    if (!view || !series) return;
    const ratio = devicePixelRatio;
    const window = columnWindow(view, stretch, live, 0, width);
    const extent: Extent = { low: Infinity, high: -Infinity, count: 0 };
    extend(series.ring, window.columnFrom, Math.min(until, window.columnTo), extent);
    if (extent.count === 0) return;
    // Without an axis to tell, a ripple of a few per mille would look like a collapse.
    const least = leastSpan * Math.max(Math.abs(extent.low), Math.abs(extent.high));
    const spread = Math.max(0, least - (extent.high - extent.low)) / 2;
    this.values.fit(extent.low - spread, extent.high + spread, now);
    const gradient = this.context.createLinearGradient(0, 0, 0, height);
    gradient.addColorStop(0, withAlpha(color, 0.25));
    gradient.addColorStop(1, withAlpha(color, 0));
    const map: PixelMap = {
      left: 0, top: 2 * ratio, width, height: height - 4 * ratio, from: window.columnFrom, to: window.columnTo,
      origin: window.origin, pitch: window.pitch, ratio, min: this.values.min, max: this.values.max, log: false,
    };
    paintSeries(this.context, series.ring, map, { stroke: color, fill: gradient, sparse: isSparse(series.ring, map), breakAfter: breakAfter(series.ring, map), until });
  }
}
