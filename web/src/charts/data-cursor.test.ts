import { describe, expect, test } from 'vitest';
import { ColumnRing } from '../store/column-ring.ts';
import { cursorColumn } from './data-cursor.ts';

describe('cursorColumn', () => {
  const ring = new ColumnRing(100);
  for (const column of [10, 20, 30, 40]) ring.write(column, 1, 1, 1, 1);
  const go = (key: string, at: number | null, wide = false) => cursorColumn([ring], key, wide, at, 5, 35);

  test('begins at the newest point seen', () => expect(go('ArrowLeft', null)).toBe(30));
  test('goes from point to point', () => {
    expect(go('ArrowLeft', 30)).toBe(20);
    expect(go('ArrowRight', 20)).toBe(30);
    expect(go('ArrowRight', 12)).toBe(20);
  });
  test('stays at the ends', () => {
    expect(go('ArrowLeft', 10)).toBe(10);
    expect(go('ArrowLeft', 30, true)).toBe(10);
  });
  test('jumps to the ends', () => {
    expect(go('Home', 20)).toBe(10);
    expect(go('End', 20)).toBe(30);
  });
  test('leaves other keys alone', () => expect(go('a', 20)).toBeNull());
});
