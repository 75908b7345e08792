import type { ColumnRing } from './column-ring.ts';

/** Adds a point to its column, as the server would have. Points come in order of time. */
export function foldPoint(ring: ColumnRing, column: number, value: number): void {
  const finite = Number.isFinite(value) ? value : NaN;
  if (!ring.has(column)) {
    ring.write(column, value, finite, finite, value);
    return;
  }
  const place = ring.start(column);
  const min = ring.min[place];
  const max = ring.max[place];
  ring.write(
    column,
    ring.first[place],
    finite < min || Number.isNaN(min) ? finite : min,
    finite > max || Number.isNaN(max) ? finite : max,
    value,
  );
}

/** A value as JSON carries it: a number, `null` for a gap, or an infinity spelled out. */
export function valueOf(json: number | string | null): number {
  return typeof json === 'number' ? json : json === '+Inf' ? Infinity : json === '-Inf' ? -Infinity : NaN;
}
