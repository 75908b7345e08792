import { expect, test } from 'vitest';
import { readAddress, writeAddress } from './address.ts';
import { Viewport } from './viewport.ts';

test('an address says what it was made of', () => {
  const address = { page: 'overview & more', range: 300_000, from: 1000, to: 2000, theme: 'dark' as const, paused: undefined };
  expect(readAddress(writeAddress(address))).toEqual(address);
});

test('an address with nonsense in it is read as if it were not there', () => {
  expect(readAddress('#range=x&from=-1&theme=pink')).toEqual({});
});

test('zooming keeps the instant under the pointer in place', () => {
  const viewport = new Viewport(() => 1_000_000);
  viewport.show(100_000, 200_000);
  viewport.zoom(0.5, 125_000);
  expect(viewport.stretch()).toEqual({ from: 112_500, to: 162_500 });
});

test('the page does not show the future', () => {
  const viewport = new Viewport(() => 1_000_000);
  viewport.show(950_000, 1_050_000);
  expect(viewport.stretch()).toEqual({ from: 900_000, to: 1_000_000 });
});

test('paused, the edge stands still; live, it follows the clock', () => {
  let now = 1_000_000;
  const viewport = new Viewport(() => now);
  viewport.togglePause();
  const edge = viewport.edge();
  now += 5000;
  expect(viewport.edge()).toBe(edge);
  viewport.goLive();
  expect(viewport.edge()).toBe(edge + 5000);
});
