import { describe, expect, test } from 'vitest';
import { emptyNote, pageState, statusOf } from './status.ts';

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

describe('pageState', () => {
  test.each([
    ['live', false, false, ['live', 'stale'], 'live'],
    ['live', false, false, [], 'live'],
    ['live', false, false, ['stale', 'empty', 'stale'], 'stale'],
    ['live', false, true, ['live'], 'past'],
    ['live', true, false, ['live'], 'paused'],
    ['live', true, true, ['live'], 'paused'],
    ['behind', false, false, ['live'], 'behind'],
    ['behind', false, true, ['live'], 'past'],
    ['reconnecting', true, true, [], 'reconnecting'],
    ['disconnected', false, false, ['stale'], 'disconnected'],
  ])('%s, paused %s, fixed %s, charts %s is %s', (connection, paused, fixed, charts, state) => expect(pageState(connection, paused, fixed, charts)).toBe(state));
});

test('nothing asked, nothing there, nothing in this stretch and no connection read differently', () => {
  expect(emptyNote('loading', 0, true, true, true, undefined)).toBeNull();
  expect(emptyNote('loading', 0, false, true, true, undefined)).toBe('Not connected');
  expect(emptyNote('empty', 0, true, true, true, undefined)).toBe('No data yet');
  expect(emptyNote('empty', 0, true, false, true, undefined)).toBe('No data in this stretch of time');
  expect(emptyNote('empty', 0, false, false, true, undefined)).toBe('Not connected');
  expect(emptyNote('stale', 3 * 3_600_000, true, true, true, undefined)).toBe('No data in this stretch of time; the newest is 3 h old');
  expect(emptyNote('live', 0, true, true, false, undefined)).toBeNull();
  expect(emptyNote('empty', 0, true, true, false, 'No row contains “x”')).toBe('No row contains “x”');
});
