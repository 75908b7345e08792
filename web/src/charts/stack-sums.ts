import type { ColumnRing } from '../store/column-ring.ts';

/** Heights of a stack at every column where one of its series has a point. */
export interface StackSums {
  readonly columns: readonly number[];
  /** Running sums, one list a series, the lowest first. */
  readonly tops: readonly Float64Array[];
}

/** Values of one series at the given columns: straight between its points, flat before the first and after the last, nothing in a gap. */
function valuesAt(ring: ColumnRing, columns: readonly number[], breakAfter: number): Float64Array {
  const values = new Float64Array(columns.length);
  let known = -1;
  for (let i = 0; i < columns.length; i++) {
    if (!ring.has(columns[i])) continue;
    const place = ring.start(columns[i]);
    const enter = ring.first[place];
    if (Number.isFinite(enter) && (known < 0 || columns[i] - columns[known] <= breakAfter)) {
      const from = known < 0 ? enter : values[known];
      const width = known < 0 ? 1 : columns[i] - columns[known];
      for (let k = known + 1; k < i; k++) values[k] = from + (enter - from) * (known < 0 ? 0 : (columns[k] - columns[known]) / width);
    }
    values[i] = Number.isFinite(ring.last[place]) ? ring.last[place] : 0;
    known = i;
  }
  if (known >= 0) for (let i = known + 1; i < columns.length && columns[i] - columns[known] <= breakAfter; i++) values[i] = values[known];
  return values;
}

/** Sums the series over the columns from `from` to `to`, with one point before them that leads into the picture. */
export function stackSums(rings: readonly ColumnRing[], from: number, to: number, breaks: readonly number[] = []): StackSums {
  const newest = Math.min(to + 1, Math.max(...rings.map((ring) => ring.newest)));
  const before = Math.max(...rings.map((ring) => ring.previous(from - 1)));
  const columns: number[] = before === -Infinity ? [] : [before];
  const oldest = Math.max(from, Math.min(...rings.map((ring) => ring.oldest)));
  for (let column = oldest; column <= newest; column++) if (rings.some((ring) => ring.has(column))) columns.push(column);
  const tops = rings.map((ring, i) => valuesAt(ring, columns, breaks[i] ?? Infinity));
  for (let i = 1; i < tops.length; i++) for (let k = 0; k < columns.length; k++) tops[i][k] += tops[i - 1][k];
  return { columns, tops };
}
