import type { ColumnRing } from '../store/column-ring.ts';
import { dashedLine, type Dash } from './dashes.ts';
import { traceCurve, type CurveRun } from './monotone-curve.ts';
import { toY, type PixelMap } from './pixels.ts';

/** Stroke width in CSS pixels. */
const strokeWidth = 1.5;
/** Below this share of occupied columns there are points to connect rather than columns to fill. */
const sparseShare = 0.45;
const widestColumn = 2.5;

export interface Extent {
  low: number;
  high: number;
  count: number;
}

/** Smallest and largest value among the columns on screen, and how many there are. */
export function extend(ring: ColumnRing, from: number, to: number, extent: Extent): void {
  const first = Math.max(from, ring.oldest);
  const end = Math.min(to, ring.newest);
  if (!(first <= end)) return;
  const { number, min, max } = ring;
  let place = ring.start(first);
  for (let column = first; column <= end; column++, place++) {
    if (number[place] !== column) continue;
    extent.count++;
    if (min[place] < extent.low) extent.low = min[place];
    if (max[place] > extent.high) extent.high = max[place];
  }
}

/** Whether there are points to connect rather than columns to fill. */
export function isSparse(ring: ColumnRing, map: PixelMap): boolean {
  if (map.pitch > widestColumn) return true;
  const occupied: Extent = { low: Infinity, high: -Infinity, count: 0 };
  extend(ring, map.from, map.to, occupied);
  const span = Math.min(map.to, ring.newest) - Math.max(map.from, ring.oldest) + 1;
  return occupied.count < sparseShare * span;
}

export interface SeriesStyle {
  readonly stroke: string;
  readonly fill: string | CanvasGradient | null;
  readonly sparse: boolean;
  readonly points?: boolean;
  /** A curve in place of straight lines, where there are points to connect. */
  readonly smooth?: boolean;
  readonly dash?: Dash | null;
  /** Points further apart than so many columns are not joined. */
  readonly breakAfter?: number;
  /** The last column to draw: what is newer is not complete. */
  readonly until?: number;
}

export function paintSeries(context: CanvasRenderingContext2D, ring: ColumnRing, map: PixelMap, { stroke, fill, sparse, points, smooth, dash = null, breakAfter = Infinity, until = Infinity }: SeriesStyle): void {
  // One column on each side leads the line out of the picture; a curve bends by the one beyond it.
  const curved = sparse && smooth;
  let before = ring.previous(map.from - 1);
  if (curved && before !== -Infinity) before = Math.max(before - map.width, ring.previous(before - 1));
  const first = Math.max(before === -Infinity ? map.from : before, ring.oldest);
  const end = Math.min(map.to + 1, ring.newest, until);
  if (!(first <= end)) return;
  if (curved) paintCurve(context, ring, map, first, end, stroke, fill, dash, breakAfter);
  else {
    if (fill) paintArea(context, ring, map, first, end, fill, breakAfter);
    if (sparse) paintLine(context, ring, map, first, end, stroke, dash, breakAfter);
    else paintColumns(context, ring, map, first, end, stroke, dash, breakAfter);
  }
  if (points) paintDots(context, ring, map, stroke, end);
}

/** One rectangle a pixel column, from its smallest to its largest value and half way to its neighbours. */
function paintColumns(context: CanvasRenderingContext2D, ring: ColumnRing, map: PixelMap, first: number, end: number, stroke: string, dash: Dash | null, breakAfter: number): void {
  const { number, first: enter, min, max, last: leave } = ring;
  const { origin, pitch, from } = map;
  const pad = (strokeWidth * map.ratio) / 2;
  // Rectangles one by one: a path of as many takes the rasterizer ten times as long.
  context.fillStyle = stroke;
  const scale = map.log ? 0 : -map.height / (map.max - map.min);
  const zero = map.top + map.height - map.min * scale;
  const y = map.log ? (value: number) => toY(map, value) : (value: number) => value * scale + zero;
  const narrow = Math.abs(pitch - 1) < 1e-6;
  const offset = Math.round(origin) - from;
  let place = ring.start(first);
  // The line's height where the last column ended, and where it meets this column's left edge.
  let column = -1;
  let leaveY = NaN;
  let top = 0;
  let bottom = 0;
  for (let next = first; next <= end; next++, place++) {
    if (number[place] !== next) continue;
    const enterY = y(enter[place]);
    let nextTop = y(max[place]);
    let nextBottom = y(min[place]);
    if (column >= 0 && leaveY === leaveY && enterY === enterY && next - column <= breakAfter) {
      const gap = next - column;
      const slope = (enterY - leaveY) / gap;
      // Columns without a point are crossed in a straight line.
      let edge = leaveY + slope / 2;
      if (edge < top) top = edge;
      if (edge > bottom) bottom = edge;
      put(column);
      for (let k = 1; k < gap; k++) {
        const crossed = edge + slope;
        top = slope < 0 ? crossed : edge;
        bottom = slope < 0 ? edge : crossed;
        put(column + k);
        edge = crossed;
      }
      if (edge < nextTop || nextTop !== nextTop) nextTop = edge;
      if (edge > nextBottom || nextBottom !== nextBottom) nextBottom = edge;
    } else if (column >= 0) put(column);
    column = next;
    leaveY = y(leave[place]);
    top = nextTop;
    bottom = nextBottom;
  }
  if (column >= 0) put(column);

  function put(at: number) {
    if (top !== top || (dash && at % dash.period >= dash.on)) return;
    if (narrow) context.fillRect(offset + at, top - pad, 1, bottom - top + 2 * pad);
    else {
      const x = Math.round(origin + (at - from) * pitch);
      context.fillRect(x, top - pad, Math.max(1, Math.round(origin + (at + 1 - from) * pitch) - x), bottom - top + 2 * pad);
    }
  }
}

/** Straight lines between points; a point with no neighbor on either side is a dot, or nobody would see it. */
function paintLine(context: CanvasRenderingContext2D, ring: ColumnRing, map: PixelMap, first: number, end: number, stroke: string, dash: Dash | null, breakAfter: number): void {
  const path = new Path2D();
  const dots = new Path2D();
  const xOf = (column: number) => map.origin + (column - map.from + 0.5) * map.pitch;
  const { number, first: enter, min, max, last: leave } = ring;
  let place = ring.start(first);
  let drawing = false;
  let alone = false;
  let left = 0;
  let leftY = 0;
  for (let column = first; column <= end; column++, place++) {
    if (number[place] !== column) continue;
    const x = xOf(column);
    if (column - left > breakAfter) drawing = false;
    if (Number.isFinite(enter[place])) {
      const y = toY(map, enter[place]);
      if (drawing && dash) dashedLine(path, dash, xOf, left, leftY, column, y);
      if (drawing && !dash) path.lineTo(x, y);
      else path.moveTo(x, y);
      alone = !drawing && min[place] === max[place];
    } else path.moveTo(x, toY(map, Number.isNaN(max[place]) ? map.min : max[place]));
    if (min[place] !== max[place] && max[place] === max[place]) {
      path.lineTo(x, toY(map, max[place]));
      path.lineTo(x, toY(map, min[place]));
    }
    if (alone && !isJoined(column)) dot(dots, x, toY(map, enter[place]), map.ratio);
    alone = false;
    drawing = Number.isFinite(leave[place]);
    left = column;
    leftY = toY(map, leave[place]);
    if (drawing) path.lineTo(x, leftY);
  }
  context.fillStyle = stroke;
  context.fill(dots);
  strokeRound(context, path, map, stroke);

  /** Whether a line leads to or from a column, also where it is not being painted. */
  function isJoined(column: number): boolean {
    const before = ring.previous(column - 1);
    if (before !== -Infinity && column - before <= breakAfter && Number.isFinite(leave[ring.start(before)])) return true;
    for (let next = column + 1; next <= Math.min(ring.newest, end, column + breakAfter); next++) if (ring.has(next)) return Number.isFinite(enter[ring.start(next)]);
    return false;
  }
}

/** Curves through the last value of each column, with what else the column holds as a stroke across. */
function paintCurve(context: CanvasRenderingContext2D, ring: ColumnRing, map: PixelMap, first: number, end: number, stroke: string, fill: SeriesStyle['fill'], dash: Dash | null, breakAfter: number): void {
  const { number, first: enter, min, max, last: leave } = ring;
  const runs: CurveRun[] = [];
  const line = new Path2D();
  let run: CurveRun | null = null;
  let before = first;
  let place = ring.start(first);
  for (let column = first; column <= end; column++, place++) {
    if (number[place] !== column) continue;
    const x = map.origin + (column - map.from + 0.5) * map.pitch;
    if (min[place] !== max[place] && max[place] === max[place]) {
      line.moveTo(x, toY(map, max[place]));
      line.lineTo(x, toY(map, min[place]));
    }
    if (!Number.isFinite(enter[place]) || column - before > breakAfter) run = null;
    before = column;
    if (!Number.isFinite(leave[place])) {
      run = null;
      continue;
    }
    if (!run) runs.push((run = { x: [], y: [] }));
    run.x.push(x);
    run.y.push(toY(map, leave[place]));
  }
  const base = toY(map, map.log ? map.min : Math.min(map.max, Math.max(map.min, 0)));
  const dots = new Path2D();
  for (const { x, y } of runs) {
    if (x.length === 1) dot(dots, x[0], y[0], map.ratio);
    line.moveTo(x[0], y[0]);
    traceCurve(line, { x, y });
    if (!fill) continue;
    const area = new Path2D();
    area.moveTo(x[0], base);
    area.lineTo(x[0], y[0]);
    traceCurve(area, { x, y });
    area.lineTo(x[x.length - 1], base);
    context.fillStyle = fill;
    context.fill(area);
  }
  context.fillStyle = stroke;
  context.fill(dots);
  if (dash) {
    // The pauses are cut out by columns, so that they stay with the data as the picture slides.
    const shown = new Path2D();
    for (let begin = Math.floor(map.from / dash.period) * dash.period; begin <= map.to; begin += dash.period)
      shown.rect(map.origin + (begin - map.from) * map.pitch, map.top - map.ratio, dash.on * map.pitch, map.height + 2 * map.ratio);
    context.save();
    context.clip(shown);
  }
  strokeRound(context, line, map, stroke);
  if (dash) context.restore();
}

function strokeRound(context: CanvasRenderingContext2D, path: Path2D, map: PixelMap, stroke: string): void {
  context.strokeStyle = stroke;
  context.lineWidth = strokeWidth * map.ratio;
  context.lineJoin = context.lineCap = 'round';
  context.stroke(path);
}

function dot(path: Path2D, x: number, y: number, ratio: number): void {
  path.moveTo(x + 3 * ratio, y);
  path.arc(x, y, 3 * ratio, 0, 2 * Math.PI);
}

function paintArea(context: CanvasRenderingContext2D, ring: ColumnRing, map: PixelMap, first: number, end: number, fill: string | CanvasGradient, breakAfter: number): void {
  const path = new Path2D();
  const base = toY(map, map.log ? map.min : Math.min(map.max, Math.max(map.min, 0)));
  const { number, first: enter, last: leave } = ring;
  let place = ring.start(first);
  let x = NaN;
  let before = first;
  for (let column = first; column <= end; column++, place++) {
    if (number[place] !== column) continue;
    if (column - before > breakAfter && x === x) {
      path.lineTo(x, base);
      x = NaN;
    }
    before = column;
    const left = x;
    x = map.origin + (column - map.from + 0.5) * map.pitch;
    const entering = enter[place];
    if (Number.isFinite(entering)) {
      if (left !== left) path.moveTo(x, base);
      path.lineTo(x, toY(map, entering));
    } else if (left === left) path.lineTo(left, base);
    const leaving = leave[place];
    if (!Number.isFinite(leaving)) {
      path.lineTo(x, base);
      x = NaN;
    } else if (leaving !== entering) path.lineTo(x, toY(map, leaving));
  }
  if (x === x) path.lineTo(x, base);
  context.fillStyle = fill;
  context.fill(path);
}

function paintDots(context: CanvasRenderingContext2D, ring: ColumnRing, map: PixelMap, color: string, end: number): void {
  const path = new Path2D();
  for (let column = map.from; column <= Math.min(map.to, end); column++) {
    if (!ring.has(column)) continue;
    const value = ring.last[ring.start(column)];
    if (!Number.isFinite(value)) continue;
    const x = map.origin + (column - map.from + 0.5) * map.pitch;
    dot(path, x, toY(map, value), map.ratio);
  }
  context.fillStyle = color;
  context.fill(path);
}
