import { expect, test } from 'vitest';
import { random } from '../store/random.ts';
import { monotoneSlopes, traceCurve, type CurveRun } from './monotone-curve.ts';

type Segment = [number, number, number, number, number, number];

function segments(run: CurveRun): Segment[] {
  const made: Segment[] = [];
  traceCurve({ bezierCurveTo: (...segment) => void made.push(segment) }, run);
  return made;
}

test('a straight line stays straight', () => {
  expect(monotoneSlopes({ x: [0, 1, 3, 7], y: [5, 7, 11, 19] })).toEqual([2, 2, 2, 2]);
});

test('a single point has no curve', () => {
  expect(segments({ x: [1], y: [2] })).toEqual([]);
});

test.each([1, 2, 3, 4, 5])('the curve meets every point and never leaves the range between two of them (seed %i)', (seed) => {
  const next = random(seed);
  const run: CurveRun = { x: [], y: [] };
  for (let i = 0, x = 0; i < 200; i++) {
    run.x.push((x += 0.5 + 20 * next()));
    run.y.push(next() < 0.2 && i > 0 ? run.y[i - 1] : 1000 * next());
  }
  segments(run).forEach(([, y1, , y2, x, y], i) => {
    const from = run.y[i];
    expect([x, y]).toEqual([run.x[i + 1], run.y[i + 1]]);
    const [low, high] = [Math.min(from, y), Math.max(from, y)];
    for (let t = 0.05; t < 1; t += 0.05) {
      const at = (1 - t) ** 3 * from + 3 * (1 - t) ** 2 * t * y1 + 3 * (1 - t) * t ** 2 * y2 + t ** 3 * y;
      expect(at).toBeGreaterThanOrEqual(low - 1e-9);
      expect(at).toBeLessThanOrEqual(high + 1e-9);
    }
  });
});
