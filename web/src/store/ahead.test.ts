import { expect, test } from 'vitest';
import { ColumnsView } from './columns-view.ts';

test('a point far ahead of the clock does not push the present out', () => {
  const view = new ColumnsView(
    { type: 'view', widget: 'w', view: 1, step: 100, live: true, from: null, to: null, sequence: 0, resumed: false, series: [{ slot: 0, name: 'a' }] },
    200,
    () => 1_000_000,
  );
  view.writePoints(0, [[999_000, 1], [999_500, 2], [1_000_000 + 3_600_000, 9]]);
  view.writePoints(0, [[1_000_000, 3]]);
  expect(view.count()).toBe(3);
  expect(view.newest).toBe(10_000);
});
