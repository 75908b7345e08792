import type { ColumnRing } from '../store/column-ring.ts';

export interface Reading {
  readonly column: number;
  readonly value: number;
  /** Whether a point lies there; else the value is that of the line between two. */
  readonly exact: boolean;
}

/** What a line shows at a column: its point there or within `snap` columns, else the line between its neighbors; null where there is no line. */
export function readOff(ring: ColumnRing, column: number, snap: number, breakAfter: number, until = Infinity): Reading | null {
  const newest = Math.min(ring.newest, until);
  const before = ring.previous(Math.min(column, newest));
  let after = -Infinity;
  for (let next = Math.max(column, ring.oldest); next <= newest; next++) {
    if (!ring.has(next)) continue;
    after = next;
    break;
  }
  const nearest = after === -Infinity || (before !== -Infinity && column - before <= after - column) ? before : after;
  if (nearest !== -Infinity && Math.abs(nearest - column) <= snap) {
    const place = ring.start(nearest);
    const value = Number.isFinite(ring.last[place]) ? ring.last[place] : ring.max[place];
    return Number.isNaN(value) ? null : { column: nearest, value, exact: true };
  }
  if (before === -Infinity || after === -Infinity || after - before > breakAfter) return null;
  const from = ring.last[ring.start(before)];
  const value = from + ((ring.first[ring.start(after)] - from) * (column - before)) / (after - before);
  return Number.isFinite(value) ? { column, value, exact: false } : null;
}
