import { describe, expect, test } from 'vitest';
import { quantityText } from './units.ts';

describe('quantityText', () => {
  test.each([
    [75, '%', '75%'],
    [75.25, '%', '75.3%'],
    [99.98, '%', '100%'],
    [90, 'count', '90'],
    [90, '', '90'],
    [0, '%', '0%'],
    [1536, 'bytes', '1.50\u202fKiB'],
    [1023.99, 'bytes', '1.00\u202fKiB'],
    [5 * 1024 ** 3, 'bytes/s', '5.00\u202fGiB/s'],
    [1500, 'bits/s', '1.50\u202fkbit/s'],
    [2_500_000, '', '2.50M'],
    [999_960, '', '1.00M'],
    [-1234, 'count', '\u22121,234'],
    [1_234_567, 'count', '1.23M'],
    [0.00042, '', '420µ'],
    [0.25, 's', '250\u202fms'],
    [250, 'us', '250\u202fµs'],
    [0, 'ms', '0\u202fms'],
    [7200, 's', '2\u202fh'],
    [20, '°C', '20\u202f°C'],
    [NaN, '%', '–'],
    [-Infinity, 'ms', '−∞'],
  ])('writes %d %s as %s', (value, unit, text) => expect(quantityText(value, unit)).toBe(text));

  test.each([
    [20, '%', 20, '20%'],
    [0.25, '', 0.05, '0.25'],
    [1500, '', 500, '1,500'],
    [1_500_000, '', 500_000, '1.5M'],
    [0.3, '', 0.1, '0.3'],
  ])('writes the tick %d %s at distance %d as %s', (value, unit, distance, text) => expect(quantityText(value, unit, distance)).toBe(text));

  test('gives all ticks of an axis one prefix', () => {
    const ticks = [0, 256, 512, 1280].map((kib) => quantityText(kib * 1024, 'bytes/s', 256 * 1024, 1280 * 1024));
    expect(ticks).toEqual(['0', '0.25\u202fMiB/s', '0.50\u202fMiB/s', '1.25\u202fMiB/s']);
  });
});
