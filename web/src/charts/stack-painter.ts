import type { HeldSeries } from '../store/columns-view.ts';
import { withAlpha } from '../theme/theme.ts';
import { toY, type PixelMap } from './pixels.ts';

/** Running sums of what each series last was, column by column; a series counts with its last value until the next comes. */
function sums(series: readonly HeldSeries[], from: number, to: number, visit: (index: number, column: number, below: number, above: number) => void): void {
  const held = series.map(({ ring }) => {
    const before = ring.previous(from - 1);
    if (before !== -Infinity) return ring.last[ring.start(before)];
    // What came before is unknown; the first value seen stands for it, or the stack would rise from nothing.
    let column = Math.max(from, ring.oldest);
    while (column < ring.newest && !ring.has(column)) column++;
    return ring.has(column) ? ring.first[ring.start(column)] : NaN;
  });
  for (let column = from; column <= to; column++) {
    let sum = 0;
    for (let i = 0; i < series.length; i++) {
      const { ring } = series[i];
      if (ring.has(column)) held[i] = ring.last[ring.start(column)];
      const below = sum;
      if (Number.isFinite(held[i])) sum += held[i];
      visit(i, column, below, sum);
    }
  }
}

function newest(series: readonly HeldSeries[], to: number): number {
  return Math.min(to, Math.max(...series.map(({ ring }) => ring.newest)));
}

export function stackedHigh(series: readonly HeldSeries[], from: number, to: number): number {
  let high = -Infinity;
  sums(series, from, newest(series, to), (i, _column, _below, above) => {
    if (i === series.length - 1 && above > high) high = above;
  });
  return high;
}

export function paintStacked(context: CanvasRenderingContext2D, series: readonly HeldSeries[], map: PixelMap, colors: readonly string[]): void {
  const end = newest(series, map.to);
  const bands = series.map(() => ({ top: new Path2D(), below: [] as number[], begun: false }));
  const x = (column: number) => map.origin + (column - map.from + 0.5) * map.pitch;
  sums(series, map.from, end, (i, column, below, above) => {
    const band = bands[i];
    const y = toY(map, above);
    if (band.begun) band.top.lineTo(x(column), y);
    else band.top.moveTo(x(column), y);
    band.begun = true;
    band.below.push(toY(map, below));
  });
  bands.forEach(({ top, below }, i) => {
    const area = new Path2D(top);
    for (let k = below.length - 1; k >= 0; k--) area.lineTo(x(map.from + k), below[k]);
    context.fillStyle = withAlpha(colors[i], 0.3);
    context.fill(area);
    context.strokeStyle = colors[i];
    context.lineWidth = 1.25 * map.ratio;
    context.stroke(top);
  });
}
