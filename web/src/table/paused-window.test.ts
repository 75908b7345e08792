import { expect, test } from 'vitest';
import { TableWindow } from '../store/table-window.ts';
import { PausedWindow } from './paused-window.ts';

const message = (rows: number[], total = rows.length) => ({ type: 'window' as const, widget: 't', version: 1, offset: 0, total, rows: rows.map((row) => [row]) });

test('rows of the moment of pausing stay, whatever comes, until resumed', () => {
  let paused = false;
  const live = new TableWindow(() => {});
  const window = new PausedWindow(live, () => paused);
  live.accept(message([1, 2]), 0);
  expect(window.shown.rows).toEqual([[1], [2]]);
  paused = true;
  expect(window.shown.rows).toEqual([[1], [2]]);
  live.accept(message([3, 4, 5]), 0);
  expect(window.shown.rows).toEqual([[1], [2]]);
  expect(window.shown.total).toBe(2);
  paused = false;
  expect(window.shown.rows).toEqual([[3], [4], [5]]);
});

test('a page opened paused takes the first rows that come', () => {
  const live = new TableWindow(() => {});
  const window = new PausedWindow(live, () => true);
  expect(window.shown.answered).toBe(false);
  live.accept(message([7]), 0);
  expect(window.shown.rows).toEqual([[7]]);
  live.accept(message([8]), 0);
  expect(window.shown.rows).toEqual([[7]]);
});
