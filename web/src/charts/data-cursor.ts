import type { ColumnRing } from '../store/column-ring.ts';

const stride = 10;

/** The column with a point that a key leads to, or null when the key is not one of the cursor's or there is no such column. */
export function cursorColumn(rings: readonly ColumnRing[], key: string, wide: boolean, at: number | null, from: number, to: number): number | null {
  const has = (column: number) => rings.some((ring) => ring.has(column));
  const next = (column: number, step: 1 | -1): number | null => {
    for (let found = column + step; found >= from && found <= to; found += step) if (has(found)) return found;
    return null;
  };
  if (key === 'Home') return next(from - 1, 1);
  if (key === 'End') return next(to + 1, -1);
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const step = key === 'ArrowLeft' ? -1 : 1;
  // The first key press lands on the newest point.
  let found = at === null || at < from || at > to ? null : at;
  if (found === null) return next(to + 1, -1);
  for (let i = 0; i < (wide ? stride : 1); i++) found = next(found, step) ?? found;
  return found;
}
