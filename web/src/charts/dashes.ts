/** Series drawn solid; those after them are told apart by dashes too, not by color alone. */
const solid = 4;
/** Dash and pause in CSS pixels along the time axis, so that a pattern stays with its data as the picture slides. */
const patterns: readonly (readonly [on: number, off: number])[] = [[1, 0], [8, 3], [3, 3], [16, 3]];

/** Which pattern the series of this place has; 0 is solid. */
export function dashOf(index: number): number {
  return Math.floor(index / solid) % patterns.length;
}

export interface Dash {
  /** In columns. */
  readonly on: number;
  readonly period: number;
}

export function dashColumns(dash: number, pitch: number, ratio: number): Dash | null {
  if (dash === 0) return null;
  const [on, off] = patterns[dash];
  const column = ratio / pitch;
  return { on: Math.max(1, on * column), period: Math.max(2, (on + off) * column) };
}

/** Adds a straight piece from one column to another, leaving out the pauses. */
export function dashedLine(path: Path2D, dash: Dash, x: (column: number) => number, from: number, fromY: number, to: number, toY: number): void {
  const y = (column: number) => fromY + ((toY - fromY) * (column - from)) / (to - from);
  for (let begin = Math.floor(from / dash.period) * dash.period; begin < to; begin += dash.period) {
    const left = Math.max(from, begin);
    const right = Math.min(to, begin + dash.on);
    if (right <= left) continue;
    path.moveTo(x(left), y(left));
    path.lineTo(x(right), y(right));
  }
}
