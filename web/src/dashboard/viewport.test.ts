import { expect, test } from 'vitest';
import { Viewport } from './viewport.ts';

test('moving a paused page does not resume it, and pausing again goes on with now', () => {
  let now = 1_000_000;
  const viewport = new Viewport(() => now);
  viewport.togglePause();
  now += 30_000;
  viewport.pan(-0.25);
  expect(viewport.pausedAt.value).toBe(1_000_000);
  expect(viewport.live.value).toBe(false);
  expect(viewport.stretch().to).toBeLessThan(1_000_000 - 14_000);
  viewport.zoom(0.5);
  expect(viewport.pausedAt.value).toBe(1_000_000);
  viewport.togglePause();
  expect([viewport.pausedAt.value, viewport.fixed.value]).toEqual([null, null]);
});
