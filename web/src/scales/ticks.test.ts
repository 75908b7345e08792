import { describe, expect, test } from 'vitest';
import { logTicks, niceStep, ticks } from './ticks.ts';
import { spanLabel, tickLabel, timeStep, timeTicks } from './time-ticks.ts';
import { ValueRange } from './value-range.ts';

describe('ticks', () => {
  test('steps are 1, 2 or 5 times a power of ten', () => {
    expect([0.7, 1, 1.4, 3, 6, 110].map((atLeast) => niceStep(atLeast))).toEqual([1, 1, 2, 5, 10, 200]);
  });

  test('bytes step in round multiples of 1024', () => {
    expect(niceStep(900, 'bytes')).toBe(1024);
    expect(niceStep(3 * 1024, 'bytes')).toBe(5 * 1024);
    expect(niceStep(700 * 1024, 'bytes')).toBe(1024 ** 2);
  });

  test('lie within the range, ends included', () => expect(ticks(0, 1, 0.25)).toEqual([0, 0.25, 0.5, 0.75, 1]));

  test('logarithmic ticks fill decades when there is room', () => {
    expect(logTicks(1, 10, 5)).toEqual([1, 2, 5, 10]);
    expect(logTicks(1, 1e6, 4)).toEqual([1, 100, 10_000, 1_000_000]);
  });
});

describe('time ticks', () => {
  test('steps are those of a clock', () => expect([3, 700, 40_000, 5_000_000].map(timeStep)).toEqual([5, 1000, 60_000, 7_200_000]));

  test('fall on round instants', () => expect(timeTicks(61_000, 200_000, 60_000)).toEqual([120_000, 180_000]));

  test('labels are as short as the step allows', () => {
    const time = new Date(2026, 0, 5, 13, 4, 9, 250).getTime();
    expect(tickLabel(time, 60_000)).toBe('13:04');
    expect(tickLabel(time, 1000)).toBe('13:04:09');
    expect(tickLabel(time, 50)).toBe(':09.250');
    expect(tickLabel(time, 86_400_000)).toBe('5 Jan');
    expect(spanLabel(time, time + 3000, time)).toBe('13:04:09.250 – 13:04:12.250');
  });
});

describe('ValueRange', () => {
  test('grows at once, and shrinks only when the data stays small', () => {
    const range = new ValueRange({});
    range.fit(10, 20, 0);
    const before = [range.min, range.max];
    expect(range.fit(10, 200, 100)).toBe(true);
    expect(range.max).toBeGreaterThanOrEqual(200);
    expect(range.fit(10, 20, 200)).toBe(false);
    expect(range.fit(10, 20, 1000)).toBe(false);
    expect(range.fit(10, 20, 2300)).toBe(true);
    expect([range.min, range.max]).toEqual(before);
  });

  test('does not follow small changes', () => {
    const range = new ValueRange({});
    range.fit(0, 100, 0);
    for (let i = 0; i < 50; i++) expect(range.fit(0, 90 + (i % 10), 100 * i)).toBe(false);
  });

  test('keeps fixed ends', () => {
    const range = new ValueRange({ min: 0, max: 100 });
    range.fit(40, 60, 0);
    expect([range.min, range.max]).toEqual([0, 100]);
  });

  test('is never empty', () => {
    for (const [low, high] of [[0, 0], [5, 5], [-3, -3], [Infinity, -Infinity]]) {
      const range = new ValueRange({});
      range.fit(low, high, 0);
      expect(range.max).toBeGreaterThan(range.min);
    }
  });
});
