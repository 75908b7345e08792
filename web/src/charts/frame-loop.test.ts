import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameLoop, type Drawable } from './frame-loop.ts';

let frames: ((now: number) => void)[] = [];
let seen: (changes: { target: unknown; isIntersecting: boolean }[]) => void = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('requestAnimationFrame', (run: (now: number) => void) => frames.push(run));
  vi.stubGlobal('IntersectionObserver', class {
    constructor(changed: typeof seen) {
      seen = changed;
    }
    observe(): void {}
    unobserve(): void {}
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function frame(now: number): void {
  const due = frames;
  frames = [];
  for (const run of due) run(now);
}

function drawable(draw: () => void): Drawable & { drawn: number } {
  const one = { element: {} as Element, drawn: 0, draw: () => (one.drawn++, draw(), Infinity) };
  return one;
}

test('a drawing that throws stops no other, is told once, is tried seldom and recovers', () => {
  const told: (string | null)[] = [];
  const loop = new FrameLoop((_, error) => told.push(error === null ? null : String(error)));
  let broken = true;
  const bad = drawable(() => {
    if (broken) throw new Error('no picture');
  });
  const good = drawable(() => {});
  for (const one of [bad, good]) {
    loop.add(one);
    seen([{ target: one.element, isIntersecting: true }]);
  }
  frame(0);
  expect([bad.drawn, good.drawn]).toEqual([1, 1]);
  for (let now = 16; now < 900; now += 16) {
    loop.invalidate(bad);
    loop.invalidate(good);
    frame(now);
  }
  expect(bad.drawn).toBe(1);
  expect(good.drawn).toBeGreaterThan(50);
  expect(told).toEqual(['Error: no picture']);
  loop.invalidate(bad);
  frame(1100);
  expect(bad.drawn).toBe(2);
  broken = false;
  loop.invalidate(bad);
  frame(4000);
  expect(told).toEqual(['Error: no picture', null]);
  expect(loop.failures).toBe(2);
});

test('what cannot be seen is not drawn', () => {
  const loop = new FrameLoop();
  const hidden = drawable(() => {});
  loop.add(hidden);
  loop.invalidate(hidden);
  frame(16);
  expect(hidden.drawn).toBe(0);
});
