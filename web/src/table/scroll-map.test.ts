import { describe, expect, test } from 'vitest';
import { ScrollMap } from './scroll-map.ts';

describe('ScrollMap', () => {
  test('is one to one while the table is short', () => {
    const map = new ScrollMap(1000, 32, 320);
    expect(map.height).toBe(32_000);
    expect(map.rowAt(320)).toBe(10);
    expect(map.scrollTo(10)).toBe(320);
  });

  test('reaches both ends of ten million rows', () => {
    const map = new ScrollMap(10_000_000, 32, 320);
    expect(map.rowAt(0)).toBe(0);
    expect(map.rowAt(map.height - 320)).toBe(9_999_990);
    expect(map.rowAt(map.scrollTo(5_000_000))).toBeCloseTo(5_000_000, 3);
  });

  test('does not scroll what fits', () => {
    const map = new ScrollMap(3, 32, 320);
    expect(map.rowAt(100)).toBe(0);
    expect(map.scrollTo(2)).toBe(0);
  });
});
