import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ViewMessage } from '../connection/messages.ts';
import { columnsKind, snapshotFlag, type ColumnsBlock } from '../wire/block.ts';
import { WidgetColumns } from './widget-columns.ts';

const view = (changes: Partial<ViewMessage> = {}): ViewMessage => ({
  type: 'view', widget: 'cpu', view: 1, step: 100, live: true, from: null, to: null, sequence: 1, resumed: false,
  series: [{ slot: 0, name: 'cpu' }], ...changes,
});

const block = (viewId: number, slot: number, columns: Record<number, number>, flags = 0): ColumnsBlock => {
  const numbers = Object.keys(columns).map(Number);
  const values = Float64Array.from(Object.values(columns));
  return {
    kind: columnsKind, flags, length: 0, view: viewId, slot, count: numbers.length, sequence: 2, base: numbers[0], step: 1e8,
    offset: Uint32Array.from(numbers, (n) => n - numbers[0]), first: values, min: values, max: values, last: values,
  };
};

const held = (columns: WidgetColumns, index = 0) => {
  const { ring } = columns.shown!.series[index];
  return Array.from({ length: 30 }, (_, n) => n).filter((n) => ring.has(n));
};

describe('WidgetColumns', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a restarted server adds to what is shown', () => {
    const columns = new WidgetColumns(() => {});
    columns.accept(view(), 50);
    columns.writeBlock(block(1, 0, { 1: 10, 2: 20 }, snapshotFlag), 0);
    columns.accept(view({ view: 9 }), 50);
    columns.writeBlock(block(9, 0, { 2: 21, 5: 50 }, snapshotFlag), 0);
    expect(held(columns)).toEqual([1, 2, 5]);
  });

  test('the old picture stays until the new one has data', () => {
    const columns = new WidgetColumns(() => {});
    columns.accept(view(), 50);
    columns.writeBlock(block(1, 0, { 1: 10 }), 0);
    columns.accept(view({ view: 2, step: 10, live: false, from: 0, to: 100 }), 50);
    expect(columns.shown!.step).toBe(100);
    columns.writeBlock(block(2, 0, { 11: 1 }, snapshotFlag), 0);
    expect(columns.shown!.step).toBe(10);
  });

  test('an empty answer replaces the picture after a moment', () => {
    const columns = new WidgetColumns(() => {});
    columns.accept(view(), 50);
    columns.accept(view({ view: 2, step: 10 }), 50);
    vi.advanceTimersByTime(1000);
    expect(columns.shown!.step).toBe(10);
  });

  test('blocks of an earlier view are ignored', () => {
    const columns = new WidgetColumns(() => {});
    columns.accept(view({ view: 3 }), 50);
    columns.writeBlock(block(2, 0, { 1: 1 }), 0);
    expect(held(columns)).toEqual([]);
  });

  test('series keep their columns when their slots change', () => {
    const columns = new WidgetColumns(() => {});
    columns.accept(view({ series: [{ slot: 0, name: 'a' }, { slot: 1, name: 'b' }] }), 50);
    columns.writeBlock(block(1, 1, { 4: 4 }), 0);
    columns.accept(view({ view: 2, series: [{ slot: 0, name: 'b' }] }), 50);
    expect(held(columns)).toEqual([4]);
  });

  test('points fold into columns; `from` replaces what is at or after it', () => {
    const columns = new WidgetColumns(() => {});
    columns.accept(view(), 50);
    const points = (type: 'history' | 'data', data: [number, number | string | null][], from?: number) =>
      columns.writePoints({ type, widget: 'cpu', series: 'cpu', slot: 0, sequence: 3, data, ...(from !== undefined && { from }) }, 0);
    points('history', [[100, 5], [150, 1], [199, 3], [300, null]]);
    points('data', [[310, '+Inf'], [400, 7]]);
    const { ring } = columns.shown!.series[0];
    const at = (n: number) => [ring.first, ring.min, ring.max, ring.last].map((array) => array[ring.start(n)]);
    expect(at(1)).toEqual([5, 1, 5, 3]);
    expect(at(3)).toEqual([NaN, NaN, NaN, Infinity]);
    points('data', [[320, 2]], 300);
    expect(held(columns)).toEqual([1, 3]);
    expect(at(3)).toEqual([2, 2, 2, 2]);
    points('history', [[100, 5], [150, 1], [199, 3]]);
    expect(at(1)).toEqual([5, 1, 5, 3]);
  });
});
