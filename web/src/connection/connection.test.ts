import { describe, expect, test } from 'vitest';
import { Allowance } from './allowance.ts';
import { Backoff } from './backoff.ts';
import { ServerClock } from './server-clock.ts';

describe('Backoff', () => {
  test('doubles from 250 ms to 5 s and begins anew when reset', () => {
    const backoff = new Backoff(() => 1);
    expect(Array.from({ length: 7 }, () => backoff.next())).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    backoff.reset();
    expect(backoff.next()).toBe(250);
  });

  test('draws from the upper half', () => expect(new Backoff(() => 0).next()).toBe(125));
});

describe('Allowance', () => {
  test('lets a burst pass and then what is refilled', () => {
    const allowance = new Allowance(0, 3, 60);
    expect([0, 0, 0].map((now) => allowance.take(now))).toEqual([0, 0, 0]);
    expect(allowance.take(0)).toBe(1000);
    expect(allowance.take(1000)).toBe(0);
  });

  test('waits as long as the server says', () => {
    const allowance = new Allowance(0, 3, 60);
    allowance.hold(0, 5000);
    expect(allowance.take(0)).toBe(5000);
    expect(allowance.take(5000)).toBe(0);
  });
});

describe('ServerClock', () => {
  test('believes the message that was least delayed', () => {
    let now = 0;
    const clock = new ServerClock(() => now, () => 0);
    clock.learn(1000);
    now = 500;
    expect(clock.learn(1200)).toBe(300);
    expect(clock.now()).toBe(1500);
  });
});
