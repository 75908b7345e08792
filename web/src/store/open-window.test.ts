import { expect, test } from 'vitest';
import { openWindowFrom } from './open-window.ts';

test('the window that is being filled begins at the last multiple of its slide', () => {
  expect(openWindowFrom('jobs:rate:5s', 23_000)).toBe(20_000);
  expect(openWindowFrom('jobs:rate:5s', 25_100)).toBe(20_000);
  expect(openWindowFrom('jobs:rate:5s', 25_400)).toBe(25_000);
  expect(openWindowFrom('jobs:sum:1m/10s', 95_000)).toBe(90_000);
  expect(openWindowFrom('jobs:count:1m30s', 200_000)).toBe(180_000);
});

test('levels have none', () => {
  for (const name of ['jobs', 'jobs:avg:5s', 'jobs:p99:10s/1s', 'a:rate', 'jobs:rate:1m sliding']) expect(openWindowFrom(name, 23_000)).toBe(Infinity);
});
