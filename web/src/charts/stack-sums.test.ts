import { describe, expect, test } from 'vitest';
import { ColumnRing } from '../store/column-ring.ts';
import { stackSums } from './stack-sums.ts';

function ring(...points: [column: number, value: number][]): ColumnRing {
  const made = new ColumnRing(100);
  for (const [column, value] of points) made.write(column, value, value, value, value);
  return made;
}

describe('stackSums', () => {
  test('is straight between the points of each series', () => {
    const { columns, tops } = stackSums([ring([0, 0], [10, 10]), ring([5, 1], [10, 1])], 0, 20);
    expect(columns).toEqual([0, 5, 10]);
    expect([...tops[0]]).toEqual([0, 5, 10]);
    expect([...tops[1]]).toEqual([1, 6, 11]);
  });

  test('holds the last value of a series that is behind', () => {
    const { tops } = stackSums([ring([0, 2]), ring([0, 1], [4, 3])], 0, 20);
    expect([...tops[1]]).toEqual([3, 5]);
  });

  test('counts a gap as nothing', () => {
    const { tops } = stackSums([ring([0, 2], [1, NaN], [2, 2]), ring([0, 1], [2, 1])], 0, 20);
    expect([...tops[1]]).toEqual([3, 1, 3]);
  });

  test('leads in from the point before the window', () => {
    expect(stackSums([ring([0, 2], [8, 4])], 5, 20).columns).toEqual([0, 8]);
  });
});
