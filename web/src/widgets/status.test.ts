import { describe, expect, test } from 'vitest';
import { statusOf } from './status.ts';

const data = { answered: true, held: true, newest: 100_000, interval: 1000 };

describe('statusOf', () => {
  test('tells nothing asked, nothing there and nothing new apart', () => {
    expect(statusOf({ ...data, answered: false, held: false }, 0, true, true, false).state).toBe('loading');
    expect(statusOf({ ...data, held: false }, 0, true, true, false).state).toBe('empty');
    expect(statusOf(data, 101_000, true, true, false).state).toBe('live');
    expect(statusOf(data, 112_000, true, true, false)).toEqual({ state: 'stale', age: 12_000 });
  });

  test('is patient with those who seldom send', () => expect(statusOf({ ...data, interval: 10_000 }, 130_000, true, true, false).state).toBe('live'));
  test('is stale at once without a connection', () => expect(statusOf(data, 100_500, false, true, false).state).toBe('stale'));
  test('a fixed stretch does not grow stale', () => expect(statusOf(data, 900_000, true, false, false).state).toBe('live'));
  test('an error outweighs data', () => expect(statusOf(data, 100_500, true, true, true).state).toBe('error'));
});
