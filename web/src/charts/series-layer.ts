import type { ColumnsView, HeldSeries } from '../store/columns-view.ts';
import { palette, withAlpha } from '../theme/theme.ts';
import { isSparse, paintSeries } from './column-painter.ts';
import { breakAfter } from './gaps.ts';
import { dashColumns, dashOf } from './dashes.ts';
import type { PixelMap } from './pixels.ts';
import { paintStacked } from './stack-painter.ts';

interface LayerOptions {
  readonly area?: boolean;
  readonly points?: boolean;
  readonly smooth?: boolean;
  readonly stacked?: boolean;
  colorOf(series: HeldSeries, index: number): string;
  /** The last column of a series that is complete. */
  until(series: HeldSeries): number;
}

/** How each series is drawn, by its place among those seen. */
interface Shapes {
  readonly sparse: readonly boolean[];
  readonly breaks: readonly number[];
  readonly untils: readonly number[];
}

/** Strokes reach this many CSS pixels beyond their column. */
const overhang = 4;

/**
 * The lines of a chart on a canvas of their own. As time goes on the picture is shifted and only the columns that changed are painted:
 * a frame costs what is new, not what is seen.
 */
export class SeriesLayer {
  readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d')!;
  private painted: PixelMap | null = null;
  private key: unknown[] = [];

  constructor() {
    this.canvas.className = 'series-layer';
  }

  /** Width and height in device pixels. */
  resize(width: number, height: number, ratio: number): void {
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.style.width = `${width / ratio}px`;
    this.canvas.style.height = `${height / ratio}px`;
    this.forget();
  }

  /** The next painting is of everything. */
  forget(): void {
    this.painted = null;
  }

  paint(view: ColumnsView | null, seen: readonly HeldSeries[], map: PixelMap, options: LayerOptions): void {
    const { context, painted } = this;
    const sparse = seen.map(({ ring }) => isSparse(ring, map));
    const breaks = seen.map(({ ring }) => breakAfter(ring, map));
    const untils = seen.map((one) => options.until(one));
    const key = [view, palette.peek(), map.min, map.max, ...seen, ...sparse, ...breaks, ...untils];
    const same = painted !== null && key.length === this.key.length && key.every((part, i) => part === this.key[i]);
    this.key = key;
    let changed = Infinity;
    for (const { ring } of seen) {
      const from = ring.takeChanged();
      if (from < changed) changed = from;
    }
    const shift = painted ? map.from - painted.from : 0;
    this.painted = map;
    if (!same || options.stacked || options.points || map.pitch !== 1 || painted.pitch !== 1 || shift < 0 || shift >= map.width / 2) {
      context.clearRect(0, 0, this.canvas.width, this.canvas.height);
      this.paintAll(view, seen, map, { sparse, breaks, untils }, options);
      return;
    }
    if (shift > 0) {
      context.globalCompositeOperation = 'copy';
      context.drawImage(this.canvas, -shift, 0);
      context.globalCompositeOperation = 'source-over';
    }
    // The picture ended at its right edge, where the columns beyond are new even if they did not change.
    changed = Math.min(changed, shift > 0 ? painted.to : Infinity);
    if (changed === Infinity) return;
    let from = changed;
    for (const { ring } of seen) {
      let before = ring.previous(changed - 1);
      // A new point bends the curve on both sides of the one before it.
      if (options.smooth && before !== -Infinity) before = Math.max(map.from, ring.previous(before - 1));
      if (before !== -Infinity && before < from) from = before;
    }
    const left = Math.max(0, Math.floor(from - map.from - overhang * map.ratio));
    context.save();
    context.beginPath();
    context.rect(left, 0, map.width - left, this.canvas.height);
    context.clip();
    context.clearRect(left, 0, map.width - left, this.canvas.height);
    this.paintAll(view, seen, { ...map, from: map.from + left, origin: map.origin + left }, { sparse, breaks, untils }, options);
    context.restore();
  }

  private paintAll(view: ColumnsView | null, seen: readonly HeldSeries[], map: PixelMap, { sparse, breaks, untils }: Shapes, options: LayerOptions): void {
    if (!view) return;
    const colors = seen.map((one) => options.colorOf(one, view.series.indexOf(one)));
    if (options.stacked && seen.length > 1) return paintStacked(this.context, seen, map, colors, breaks, Math.min(...untils));
    seen.forEach(({ ring }, i) => {
      const fill = options.area ? this.shade(map, colors[i], seen.length) : null;
      paintSeries(this.context, ring, map, { stroke: colors[i], fill, sparse: sparse[i], points: options.points, smooth: options.smooth, dash: dashColumns(dashOf(view.series.indexOf(seen[i])), map.pitch, map.ratio), breakAfter: breaks[i], until: untils[i] });
    });
  }

  private shade(map: PixelMap, color: string, series: number): CanvasGradient | string {
    if (!color.startsWith('#')) return 'transparent';
    const gradient = this.context.createLinearGradient(0, map.top, 0, map.top + map.height);
    gradient.addColorStop(0, withAlpha(color, series > 1 ? 0.16 : 0.28));
    gradient.addColorStop(1, withAlpha(color, 0.02));
    return gradient;
  }
}
