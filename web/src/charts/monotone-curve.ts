/** Points of one unbroken line, in pixels; `x` rises. */
export interface CurveRun {
  readonly x: number[];
  readonly y: number[];
}

/**
 * Slopes of the cubic through the points that never leaves the range between two neighbors: no bump that is not in the values
 * (M. Steffen, "A simple method for monotonic interpolation in one dimension", Astronomy and Astrophysics 239, 1990).
 */
export function monotoneSlopes({ x, y }: CurveRun): number[] {
  const last = x.length - 1;
  if (last < 1) return [0];
  const slopes = new Array<number>(last + 1);
  let width = x[1] - x[0];
  let secant = (y[1] - y[0]) / width;
  slopes[0] = secant;
  for (let i = 1; i < last; i++) {
    const nextWidth = x[i + 1] - x[i];
    const next = (y[i + 1] - y[i]) / nextWidth;
    const parabola = (secant * nextWidth + next * width) / (width + nextWidth);
    const limit = Math.min(Math.abs(secant), Math.abs(next), 0.5 * Math.abs(parabola));
    slopes[i] = (Math.sign(secant) + Math.sign(next)) * limit;
    [width, secant] = [nextWidth, next];
  }
  slopes[last] = secant;
  return slopes;
}

/** Continues a path that stands at the first point along the curve. */
export function traceCurve(path: Pick<Path2D, 'bezierCurveTo'>, run: CurveRun): void {
  const { x, y } = run;
  const slopes = monotoneSlopes(run);
  for (let i = 1; i < x.length; i++) {
    const third = (x[i] - x[i - 1]) / 3;
    path.bezierCurveTo(x[i - 1] + third, y[i - 1] + third * slopes[i - 1], x[i] - third, y[i] - third * slopes[i], x[i], y[i]);
  }
}
