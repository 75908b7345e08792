import { expect, test } from 'vitest';
import { fillRows } from './fill-rows.ts';

test.each([
  [[1, 1, 1], 2, [1, 1, 2]],
  [[1, 2, 1, 1], 2, [2, 2, 1, 1]],
  [[1], 3, [3]],
  [[1, 1, 3, 1, 1, 1, 1], 3, [1, 2, 3, 1, 1, 1, 3]],
  [[], 2, []],
])('fillRows(%j, %d) is %j', (spans, columns, filled) => expect(fillRows(spans, columns)).toEqual(filled));
