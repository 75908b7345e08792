import { describe, expect, test } from 'vitest';
import { ColumnRing } from '../store/column-ring.ts';
import { random } from '../store/random.ts';
import { breakAfter } from './gaps.ts';

function ringOf(columns: readonly number[]): ColumnRing {
  const ring = new ColumnRing(2000);
  for (const column of columns) ring.write(column, 1, 1, 1, 1);
  return ring;
}

const map = { from: 0, to: 999, pitch: 1, ratio: 1 };
const every = (step: number, from: number, to: number) => Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step);

describe('breakAfter', () => {
  test('is far more than the usual distance and less than a stretch without data', () => {
    const after = breakAfter(ringOf([...every(7, 0, 400), ...every(7, 700, 990)]), map);
    expect(after).toBeGreaterThan(7 * 4);
    expect(after).toBeLessThan(280);
  });

  test('is some pixels at least where every column has a point', () => {
    expect(breakAfter(ringOf(every(1, 0, 500)), map)).toBeGreaterThanOrEqual(8);
    expect(breakAfter(ringOf(every(1, 0, 500)), { ...map, ratio: 2 })).toBeGreaterThanOrEqual(16);
  });

  test('joins what comes in bursts, and few points', () => {
    const bursts = every(100, 0, 1000).flatMap((begin) => [begin, begin + 1, begin + 2, begin + 3]);
    expect(breakAfter(ringOf(bursts), map)).toBeGreaterThan(97);
    expect(breakAfter(ringOf([0, 10, 500]), map)).toBe(Infinity);
    expect(breakAfter(ringOf([]), map)).toBe(Infinity);
  });

  test('joins what comes at random', () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1e9);
    const next = random(seed);
    let breaks = 0;
    for (let run = 0; run < 50; run++) {
      const columns: number[] = [];
      for (let at = 0; at < 1000; at += 1 + Math.floor(-8 * Math.log(1 - next()))) columns.push(at);
      const after = breakAfter(ringOf(columns), map);
      for (let i = 1; i < columns.length; i++) if (columns[i] - columns[i - 1] > after) breaks++;
    }
    expect(breaks, `seed ${seed}`).toBeLessThanOrEqual(10);
  });
});
