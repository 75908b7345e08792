import { describe, expect, test } from 'vitest';
import { ColumnRing } from '../store/column-ring.ts';
import { readOff } from './read-off.ts';

function ringOf(points: readonly (readonly [number, number])[]): ColumnRing {
  const ring = new ColumnRing(1000);
  for (const [column, value] of points) ring.write(column, value, value, value, value);
  return ring;
}

describe('readOff', () => {
  const ring = ringOf([[100, 10], [150, 20], [400, 5], [410, NaN], [420, 7]]);

  test('is the point where one is near', () => {
    expect(readOff(ring, 152, 4, 80)).toEqual({ column: 150, value: 20, exact: true });
    expect(readOff(ring, 97, 4, 80)).toEqual({ column: 100, value: 10, exact: true });
  });

  test('is the line between two points', () => expect(readOff(ring, 125, 4, 80)).toEqual({ column: 125, value: 15, exact: false }));

  test('is nothing in a gap, before the first and after the last point', () => {
    expect(readOff(ring, 300, 4, 80)).toBeNull();
    expect(readOff(ring, 415, 4, 80)).toBeNull();
    expect(readOff(ring, 50, 4, 80)).toBeNull();
    expect(readOff(ring, 500, 4, 80)).toBeNull();
    expect(readOff(ring, 418, 4, 80, 405)).toBeNull();
  });
});
