import uPlot from 'uplot';
import type { Threshold } from '../connection/messages.ts';
import type { Stretch, Viewport } from '../dashboard/viewport.ts';
import { ValueRange, type ValueRangeOptions } from '../scales/value-range.ts';
import type { ColumnsView, HeldSeries } from '../store/columns-view.ts';
import { palette, withAlpha } from '../theme/theme.ts';
import { timeAxis, valueAxis } from './axes.ts';
import { extend, paintSeries, type Extent } from './column-painter.ts';
import { crosshair } from './crosshair.ts';
import { listenForGestures } from './gestures.ts';
import type { PixelMap } from './pixels.ts';
import { paintStacked, stackedHigh } from './stack-painter.ts';
import { paintThresholds } from './thresholds.ts';
import { columnWindow, type ColumnWindow } from './window.ts';

export interface TimeChartOptions extends ValueRangeOptions {
  readonly widget: string;
  readonly area?: boolean;
  readonly points?: boolean;
  readonly stacked?: boolean;
  readonly thresholds?: readonly Threshold[];
  colorOf(series: HeldSeries, index: number): string;
  hidden(series: HeldSeries): boolean;
}

/** Lines over time: axes and canvas by uPlot, the lines painted from ring columns, the crosshair shared by the page. */
export class TimeChart {
  /** Plot width in device pixels, which is how many columns to ask for. */
  width = 0;
  private readonly plot: uPlot;
  private readonly values: ValueRange;
  private readonly line: HTMLElement;
  private readonly stopGestures: () => void;
  private view: ColumnsView | null = null;
  private window: ColumnWindow = { from: 0, to: 1, columnFrom: 0, columnTo: -1, origin: 0, pitch: 1 };
  private readonly viewport: Viewport;
  private readonly options: TimeChartOptions;

  constructor(parent: HTMLElement, width: number, height: number, viewport: Viewport, options: TimeChartOptions) {
    this.viewport = viewport;
    this.options = options;
    this.values = new ValueRange(options);
    this.plot = new uPlot(
      {
        width,
        height,
        padding: [8, 4, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false, left: 0, top: 0, width: 0, height: 0 },
        scales: {
          x: { time: false, auto: false, range: (_u, min, max) => [min, max] },
          y: { auto: false, distr: options.log ? 3 : 1, range: (_u, min, max) => [min, max] },
        },
        axes: [timeAxis(), valueAxis(options.unit, options.log ?? false)],
        series: [{}, { show: true, paths: () => null, points: { show: false } }],
        hooks: { draw: [() => this.paint()] },
      },
      [[0, 1], [0, 1]],
      parent,
    );
    this.line = document.createElement('div');
    this.line.className = 'crosshair';
    this.line.hidden = true;
    const selection = document.createElement('div');
    selection.className = 'selection';
    selection.hidden = true;
    this.plot.over.append(this.line, selection);
    this.stopGestures = listenForGestures({ widget: options.widget, over: this.plot.over, selection, shown: () => this.window }, viewport);
    this.measured();
  }

  resize(width: number, height: number): void {
    this.plot.setSize({ width, height });
    this.measured();
  }

  /** Draws; returns when the next column is due. */
  draw(view: ColumnsView | null, now: number): number {
    if (view !== this.view) this.values.release();
    this.view = view;
    const live = this.viewport.live.peek();
    const stretch = this.viewport.stretch();
    const left = Math.round(this.plot.bbox.left);
    this.window = columnWindow(view, stretch, live, left, this.width);
    const extent = this.extent();
    this.values.fit(extent.low, extent.high, now);
    const { from, to } = this.window;
    this.plot.batch(() => {
      this.plot.setScale('x', { min: from, max: to });
      this.plot.setScale('y', { min: this.values.min, max: this.values.max });
    });
    this.drawCrosshair();
    const step = view?.step ?? 1000;
    return live ? now + Math.max(16, step - (stretch.to % step) + 1) : Infinity;
  }

  drawCrosshair(): void {
    const at = crosshair.peek();
    const x = at ? ((at.time - this.window.from) / (this.window.to - this.window.from)) * (this.plot.bbox.width / uPlot.pxRatio) : -1;
    const inside = at !== null && at.time >= this.window.from && at.time <= this.window.to;
    if (this.line.hidden !== !inside) this.line.hidden = !inside;
    if (inside) this.line.style.transform = `translateX(${Math.round(x)}px)`;
  }

  /** Theme colors are read while drawing; axes keep theirs until drawn anew. */
  redraw(): void {
    this.plot.redraw(false, true);
  }

  get shown(): Stretch {
    return this.window;
  }

  get over(): HTMLElement {
    return this.plot.over;
  }

  destroy(): void {
    this.stopGestures();
    this.plot.destroy();
  }

  private measured(): void {
    this.width = Math.max(16, Math.floor(this.plot.bbox.width + 0.01));
  }

  private seen(): readonly HeldSeries[] {
    return this.view?.series.filter((one) => !this.options.hidden(one)) ?? [];
  }

  private extent(): Extent {
    const extent: Extent = { low: Infinity, high: -Infinity, count: 0 };
    const seen = this.seen();
    for (const { ring } of seen) extend(ring, this.window.columnFrom, this.window.columnTo, extent);
    if (this.options.stacked && seen.length > 1) {
      extent.low = Math.min(0, extent.low);
      extent.high = stackedHigh(seen, this.window.columnFrom, this.window.columnTo);
    }
    return extent;
  }

  private paint(): void {
    const view = this.view;
    if (!view) return;
    const { ctx, bbox } = this.plot;
    const map: PixelMap = {
      left: Math.round(bbox.left), top: Math.round(bbox.top), width: this.width, height: Math.round(bbox.height),
      from: this.window.columnFrom, to: this.window.columnTo, origin: this.window.origin, pitch: this.window.pitch,
      ratio: uPlot.pxRatio, min: this.values.min, max: this.values.max, log: this.options.log ?? false,
    };
    ctx.save();
    ctx.beginPath();
    ctx.rect(map.left, map.top - 2 * map.ratio, map.width, map.height + 4 * map.ratio);
    ctx.clip();
    paintThresholds(ctx, this.options.thresholds, map);
    const seen = this.seen();
    const colors = seen.map((one) => this.options.colorOf(one, view.series.indexOf(one)));
    if (this.options.stacked && seen.length > 1) paintStacked(ctx, seen, map, colors);
    else
      seen.forEach(({ ring }, i) => {
        paintSeries(ctx, ring, map, colors[i], this.options.area ? this.shade(ctx, map, colors[i], seen.length) : null, this.options.points);
      });
    ctx.restore();
  }

  private shade(context: CanvasRenderingContext2D, map: PixelMap, color: string, series: number): CanvasGradient | string {
    if (!color.startsWith('#')) return 'transparent';
    const gradient = context.createLinearGradient(0, map.top, 0, map.top + map.height);
    gradient.addColorStop(0, withAlpha(color, series > 1 ? 0.16 : 0.28));
    gradient.addColorStop(1, withAlpha(color, 0.02));
    return gradient;
  }
}

export function seriesColor(index: number): string {
  const { series } = palette.peek();
  return series[index % series.length];
}
