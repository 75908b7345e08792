import { describe, expect, test } from 'vitest';
import { random } from '../store/random.ts';
import { logTicks, niceStep, ticks } from './ticks.ts';
import { quantityText } from './units.ts';
import { ValueRange } from './value-range.ts';

const labelsOf = (min: number, max: number, unit: string, room = 5) => {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const step = niceStep((max - min) / room, unit, largest);
  const found = ticks(min, max, step);
  const like = Math.max(...found.map(Math.abs));
  return found.map((tick) => quantityText(tick, unit, step, like).replaceAll('\u202f', ' '));
};

describe('ticks of values', () => {
  test.each([
    [0, 600, 's', ['0', '2 min', '4 min', '6 min', '8 min', '10 min']],
    [120_000, 128_000, 's', ['33.5 h', '34 h', '34.5 h', '35 h', '35.5 h']],
    [0, 90, 's', ['0', '20 s', '40 s', '60 s', '80 s']],
    [0, 5 * 86_400_000, 'ms', ['0', '1 d', '2 d', '3 d', '4 d', '5 d']],
    [0, 7 * 1024 ** 3, 'bytes', ['0', '2 GiB', '4 GiB', '6 GiB']],
    [0, 9e-17, '', ['0', '2e-17', '4e-17', '6e-17', '8e-17']],
  ])('from %d to %d %s are round', (min, max, unit, labels) => expect(labelsOf(min, max, unit).map((text) => text.replace(/\.0+(?= )/, ''))).toEqual(labels));

  test('lie inside, rise, have a label of their own and are few', () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1e9);
    const next = random(seed);
    for (let i = 0; i < 4000; i++) {
      const unit = ['', '%', 'bytes', 'bytes/s', 's', 'ms', 'ns', 'min', 'h', '/s', '€', 'count'][Math.floor(12 * next())];
      const size = 10 ** (-300 + 607 * next());
      const [low, width] = [(next() - 0.5) * size, Math.max(1e-6 * next() ** 3, 1e-7) * size];
      const range = new ValueRange({ unit });
      range.fit(low, low + width, 0);
      const { min, max } = range;
      const context = `seed ${seed}: ${low} to ${low + width} ${unit}: ${min} to ${max}`;
      expect(min <= low && max >= low + width, context).toBe(true);
      expect(Number.isFinite(max - min), context).toBe(true);
      const step = niceStep((max - min) / 5, unit, Math.max(Math.abs(min), Math.abs(max)));
      const found = ticks(min, max, step);
      expect(found.length, context).toBeLessThanOrEqual(7);
      expect(found.every((tick) => tick >= min - step * 1e-6 && tick <= max + step * 1e-6), context).toBe(true);
      expect(found.every((tick, k) => k === 0 || tick > found[k - 1]), context).toBe(true);
    }
  });

  test.each([[0, Number.MAX_VALUE], [-Number.MAX_VALUE, Number.MAX_VALUE], [0, 5e-324], [1e-17, 1e-16], [Number.MAX_VALUE, Number.MAX_VALUE]])('of %d to %d are finite', (low, high) => {
    const range = new ValueRange({});
    range.fit(low, high, 0);
    expect(Number.isFinite(range.max - range.min)).toBe(true);
    expect(range.max).toBeGreaterThan(range.min);
    const found = ticks(range.min, range.max, niceStep((range.max - range.min) / 5));
    expect(found.every(Number.isFinite)).toBe(true);
    expect(found.length).toBeLessThanOrEqual(8);
  });

  test('fixed ends that a double cannot step through come to an end', () => expect(ticks(1e17, 1e17 + 32, 5).length).toBeLessThan(20));

  test('of logarithmic axes are powers of two for bytes and round times for times', () => {
    expect(logTicks(1, 1024 ** 4, 5, 'bytes')).toEqual([1, 1024, 1024 ** 2, 1024 ** 3, 1024 ** 4]);
    expect(logTicks(0.1, 100_000, 8, 's')).toEqual([0.1, 1, 10, 60, 600, 3600, 36_000, 86_400]);
    expect(logTicks(1e-300, 1e300, 5).length).toBeLessThanOrEqual(7);
  });
});
