import { describe, expect, test } from 'vitest';
import { ColumnRing } from './column-ring.ts';
import { foldPoint } from './fold.ts';
import { random } from './random.ts';

/** The same thing said plainly: a map from column number to its four values. */
class PlainColumns {
  private readonly columns = new Map<number, number[]>();
  private newest = -Infinity;
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  write(column: number, ...values: number[]) {
    if (column <= this.newest - this.capacity) return;
    this.columns.set(column, values);
    this.newest = Math.max(this.newest, column);
    for (const held of this.columns.keys()) if (held <= this.newest - this.capacity) this.columns.delete(held);
  }

  fold(column: number, value: number) {
    const old = this.columns.get(column);
    const finite = [old?.[1], old?.[2], value].filter((v): v is number => Number.isFinite(v));
    const smallest = finite.length ? Math.min(...finite) : NaN;
    const largest = finite.length ? Math.max(...finite) : NaN;
    this.write(column, old ? old[0] : value, smallest, largest, value);
  }

  clearFrom(from: number) {
    for (const held of this.columns.keys()) if (held >= from) this.columns.delete(held);
    this.newest = Math.max(-Infinity, ...this.columns.keys());
  }

  entries() {
    return [...this.columns].sort((a, b) => a[0] - b[0]).map(([column, values]) => [column, ...values]);
  }
}

function entries(ring: ColumnRing) {
  if (ring.newest === -Infinity) return [];
  const found: number[][] = [];
  const start = ring.start(ring.oldest);
  for (let i = 0; i < ring.capacity; i++)
    if (ring.number[start + i] === ring.oldest + i)
      found.push([ring.number, ring.first, ring.min, ring.max, ring.last].map((array) => array[start + i]));
  return found;
}

describe('ColumnRing', () => {
  test('holds the same as a plain map, whatever is done to it', () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    console.log(`seed ${seed} (SEED=${seed} repeats it)`);
    const next = random(seed);
    const whole = (limit: number) => Math.floor(next() * limit);
    for (let round = 0; round < 60; round++) {
      const capacity = 1 + whole(20);
      const ring = new ColumnRing(capacity);
      const plain = new PlainColumns(capacity);
      let now = whole(100) - 50;
      for (let step = 0; step < 100; step++) {
        now += whole(10) === 0 ? whole(3 * capacity) : whole(2);
        const column = now - (whole(3) === 0 ? whole(2 * capacity) : 0);
        const value = whole(8) === 0 ? [NaN, Infinity, -Infinity][whole(3)] : whole(100);
        const action = whole(12);
        if (action === 0) {
          ring.clearFrom(column);
          plain.clearFrom(column);
        } else if (action < 6) {
          const finite = Number.isFinite(value) ? value : NaN;
          ring.write(column, value, finite, finite, value);
          plain.write(column, value, finite, finite, value);
        } else {
          foldPoint(ring, column, value);
          plain.fold(column, value);
        }
        expect(entries(ring), `seed ${seed}, round ${round}, step ${step}`).toEqual(plain.entries());
        expect(ring.count()).toBe(plain.entries().length);
        expect(ring.previous(column)).toBe(plain.entries().findLast(([held]) => held <= column)?.[0] ?? -Infinity);
      }
    }
  });

  test('any window is contiguous', () => {
    const ring = new ColumnRing(5);
    for (let column = 0; column < 13; column++) ring.write(column, column, column, column, column);
    for (let from = 8; from <= 12; from++) {
      const start = ring.start(from);
      expect([...ring.last.subarray(start, start + 13 - from)]).toEqual(Array.from({ length: 13 - from }, (_, i) => from + i));
    }
  });

  test('refuses a capacity that is no capacity', () => {
    expect(() => new ColumnRing(0)).toThrow('capacity is 0');
  });
});
