import type { HeldSeries } from '../store/columns-view.ts';
import { withAlpha } from '../theme/theme.ts';
import { toY, type PixelMap } from './pixels.ts';
import { stackSums } from './stack-sums.ts';

export function stackedHigh(series: readonly HeldSeries[], from: number, to: number, breaks: readonly number[] = []): number {
  const { tops } = stackSums(series.map(({ ring }) => ring), from, to, breaks);
  let high = -Infinity;
  for (const top of tops[tops.length - 1]) if (top > high) high = top;
  return high;
}

export function paintStacked(context: CanvasRenderingContext2D, series: readonly HeldSeries[], map: PixelMap, colors: readonly string[], breaks: readonly number[] = [], until = Infinity): void {
  const { columns, tops } = stackSums(series.map(({ ring }) => ring), map.from, Math.min(map.to, until - 1), breaks);
  if (columns.length === 0) return;
  const xs = columns.map((column) => map.origin + (column - map.from + 0.5) * map.pitch);
  const last = xs.length - 1;
  // One instant alone has no area; it is drawn a few pixels wide.
  if (last === 0) xs.push(xs[0] + 3 * map.ratio);
  const yOf = (top: Float64Array | null, i: number) => toY(map, top ? top[Math.min(i, last)] : 0);
  tops.forEach((top, s) => {
    const line = new Path2D();
    const below = s === 0 ? null : tops[s - 1];
    for (let i = 0; i < xs.length; i++) line.lineTo(xs[i], yOf(top, i));
    const area = new Path2D(line);
    for (let i = xs.length - 1; i >= 0; i--) area.lineTo(xs[i], yOf(below, i));
    context.fillStyle = withAlpha(colors[s], 0.3);
    context.fill(area);
    // A series that adds nothing would only draw its color over the one below.
    if (below && top.every((value, i) => value === below[i])) return;
    context.strokeStyle = colors[s];
    context.lineWidth = 1.25 * map.ratio;
    context.lineJoin = 'round';
    context.stroke(line);
  });
}
