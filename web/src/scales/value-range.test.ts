import { describe, expect, test } from 'vitest';
import { ValueRange } from './value-range.ts';

function fitted(low: number, high: number, options = {}): [number, number] {
  const range = new ValueRange(options);
  range.fit(low, high, 0);
  return [range.min, range.max];
}

describe('ValueRange', () => {
  test.each([
    [75, 75],
    [0, 0],
    [-3, -3],
    [99.99999999999999, 100],
    [1e-12, 2e-12],
  ])('makes room around %d to %d', (low, high) => {
    const [min, max] = fitted(low, high);
    expect(min).toBeLessThan(max);
    expect(min).toBeLessThanOrEqual(low);
    expect(max).toBeGreaterThanOrEqual(high);
  });

  test('ends percentages at a hundred unless they exceed it', () => {
    expect(fitted(2, 97, { unit: '%' })).toEqual([0, 100]);
    expect(fitted(2, 140, { unit: '%' })[1]).toBeGreaterThan(140);
  });
});
