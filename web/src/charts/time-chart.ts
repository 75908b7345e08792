import uPlot from 'uplot';
import type { Stretch, Viewport } from '../dashboard/viewport.ts';
import { ValueRange, type ValueRangeOptions } from '../scales/value-range.ts';
import type { ColumnsView, HeldSeries } from '../store/columns-view.ts';
import { palette } from '../theme/theme.ts';
import { timeAxis, valueAxis } from './axes.ts';
import { extend, type Extent } from './column-painter.ts';
import { crosshair } from './crosshair.ts';
import { breakAfter } from './gaps.ts';
import { listenForGestures } from './gestures.ts';
import { toY, type PixelMap } from './pixels.ts';
import { readOff, type Reading } from './read-off.ts';
import { SeriesLayer } from './series-layer.ts';
import { stackedHigh } from './stack-painter.ts';
import { paintThresholds, type Threshold } from './thresholds.ts';
import { columnWindow, type ColumnWindow } from './window.ts';

export interface TimeChartOptions extends ValueRangeOptions {
  readonly widget: string;
  readonly area?: boolean;
  readonly points?: boolean;
  readonly smooth?: boolean;
  readonly label?: string;
  readonly stacked?: boolean;
  readonly thresholds?: readonly Threshold[];
  colorOf(series: HeldSeries, index: number): string;
  hidden(series: HeldSeries): boolean;
  /** The last column of a series that is complete. */
  until(series: HeldSeries): number;
  /** The plot became narrower or wider because its labels did. */
  resized(): void;
}

/** A point this near to the pointer is read, in CSS pixels; further away the line is. */
const snapPixels = 8;
const dotsMax = 12;

/** Lines over time: axes and canvas by uPlot, the lines painted from ring columns, the crosshair shared by the page. */
export class TimeChart {
  /** Plot width in device pixels, which is how many columns to ask for. */
  width = 0;
  private readonly plot: uPlot;
  private readonly values: ValueRange;
  private readonly layer = new SeriesLayer();
  private readonly line: HTMLElement;
  private readonly dots: HTMLElement[] = [];
  private shownCount = 0;
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
        axes: [timeAxis(), valueAxis(options.unit, options.log ?? false, options.label, () => this.values.settled)],
        series: [{}, { show: true, paths: () => null, points: { show: false } }],
        hooks: { draw: [() => paintThresholds(this.plot.ctx, options.thresholds, this.pixels(Math.round(this.plot.bbox.left), Math.round(this.plot.bbox.top)))] },
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
    this.plot.over.append(this.layer.canvas, this.line, selection);
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
    this.window = columnWindow(view, stretch, live, 0, this.width);
    const extent = this.extent();
    this.shownCount = extent.count;
    this.values.fit(extent.low, extent.high, now);
    const { from, to } = this.window;
    const { x, y } = this.plot.scales;
    if (x.min !== from || x.max !== to || y.min !== this.values.min || y.max !== this.values.max)
      this.plot.batch(() => {
        this.plot.setScale('x', { min: from, max: to });
        this.plot.setScale('y', { min: this.values.min, max: this.values.max });
      });
    if (Math.abs(this.plot.bbox.width - this.width) >= 1) {
      this.measured();
      this.options.resized();
    }
    this.layer.paint(view, this.seen(), inset(this.pixels(0, 0)), this.options);
    this.followPointer();
    this.drawCrosshair();
    const step = view?.step ?? 1000;
    return live ? now + Math.max(16, step - (stretch.to % step) + 1) : Infinity;
  }

  /** Whether anything lies in the stretch on the screen. */
  get isEmpty(): boolean {
    return this.shownCount === 0;
  }

  /** The picture slid under the pointer at rest: what lies under it now has another time. What left the picture is no longer pointed at. */
  private followPointer(): void {
    const at = crosshair.peek();
    if (at?.widget !== this.options.widget) return;
    const { from, to } = this.window;
    if (at.part === undefined) {
      if (at.time < from || at.time > to) crosshair.value = null;
      return;
    }
    const time = from + at.part * (to - from);
    if (Math.abs(time - at.time) >= (this.view?.step ?? 1) / 2) crosshair.value = { ...at, time };
  }

  /** What the line of a series shows at a time. */
  read(series: HeldSeries, time: number): Reading | null {
    if (!this.view) return null;
    const { columnFrom: from, columnTo: to, pitch } = this.window;
    const map = { from, to, pitch, ratio: uPlot.pxRatio };
    return readOff(series.ring, this.view.columnOf(time), Math.max(1, (snapPixels * uPlot.pxRatio) / pitch), breakAfter(series.ring, map), this.options.until(series));
  }

  drawCrosshair(): void {
    const at = crosshair.peek();
    const inside = at !== null && at.time >= this.window.from && at.time <= this.window.to;
    if (this.line.hidden !== !inside) this.line.hidden = !inside;
    const readings = inside && !this.options.stacked ? this.seen().slice(0, dotsMax).map((one) => ({ one, reading: this.read(one, at.time) })) : [];
    const map = this.pixels(0, 0);
    let used = 0;
    for (const { one, reading } of readings) {
      if (!reading || !Number.isFinite(reading.value)) continue;
      const x = (map.origin + (reading.column - map.from + 0.5) * map.pitch) / map.ratio;
      const y = toY(map, reading.value) / map.ratio;
      if (x < 0 || x > map.width / map.ratio || y < 0 || y > map.height / map.ratio) continue;
      const dot = (this.dots[used] ??= this.addDot());
      used++;
      dot.hidden = false;
      dot.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      dot.style.color = this.options.colorOf(one, this.view!.series.indexOf(one));
    }
    for (let i = used; i < this.dots.length; i++) this.dots[i].hidden = true;
    if (!inside) return;
    const x = ((at.time - this.window.from) / (this.window.to - this.window.from)) * (this.plot.bbox.width / uPlot.pxRatio);
    this.line.style.transform = `translateX(${Math.round(x)}px)`;
  }

  private addDot(): HTMLElement {
    const dot = document.createElement('i');
    dot.className = 'crosshair-dot';
    this.plot.over.append(dot);
    return dot;
  }

  /** Theme colors are read while drawing; axes keep theirs until drawn anew. */
  redraw(): void {
    this.layer.forget();
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
    this.layer.resize(this.width, Math.round(this.plot.bbox.height), uPlot.pxRatio);
  }

  private seen(): readonly HeldSeries[] {
    return this.view?.series.filter((one) => !this.options.hidden(one)) ?? [];
  }

  private extent(): Extent {
    const extent: Extent = { low: Infinity, high: -Infinity, count: 0 };
    const seen = this.seen();
    for (const one of seen) extend(one.ring, this.window.columnFrom, Math.min(this.window.columnTo, this.options.until(one)), extent);
    if (this.options.stacked && seen.length > 1) {
      extent.low = Math.min(0, extent.low);
      extent.high = stackedHigh(seen, this.window.columnFrom, this.window.columnTo);
    }
    return extent;
  }

  private pixels(left: number, top: number): PixelMap {
    return {
      left, top, width: this.width, height: Math.round(this.plot.bbox.height),
      from: this.window.columnFrom, to: this.window.columnTo, origin: left + this.window.origin, pitch: this.window.pitch,
      ratio: uPlot.pxRatio, min: this.values.min, max: this.values.max, log: this.options.log ?? false,
    };
  }
}

/** Room for half a line at both ends, or a line at 0 or 100% would be cut in two. */
function inset(map: PixelMap): PixelMap {
  return { ...map, top: map.top + map.ratio, height: map.height - 2 * map.ratio };
}

export function seriesColor(index: number): string {
  const { series } = palette.peek();
  return series[index % series.length];
}
