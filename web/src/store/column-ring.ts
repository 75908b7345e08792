/**
 * The newest `capacity` pixel columns of one series, by absolute column number. Everything is written twice, `capacity` apart, so that
 * any window of columns is one contiguous stretch of each array: column `n` of a window that begins at column `from` lies at
 * `start(from) + n - from`. A column is there if and only if `number` holds its number at that place; nothing is cleared as time goes on.
 */
export class ColumnRing {
  readonly capacity: number;
  readonly number: Float64Array;
  readonly first: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** Number of the newest column, -Infinity before the first. */
  newest = -Infinity;
  private changed = -Infinity;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`capacity is ${capacity}, it must be a whole number from 1.`);
    this.capacity = capacity;
    this.number = new Float64Array(2 * capacity).fill(NaN);
    this.first = new Float64Array(2 * capacity);
    this.min = new Float64Array(2 * capacity);
    this.max = new Float64Array(2 * capacity);
    this.last = new Float64Array(2 * capacity);
  }

  /** The oldest column number that can still be held. */
  get oldest(): number {
    return this.newest - this.capacity + 1;
  }

  /** Where column `from` lies; the following `capacity - 1` columns lie right after it. */
  start(from: number): number {
    const place = from % this.capacity;
    return place < 0 ? place + this.capacity : place;
  }

  /** The oldest column that changed since this was last asked, Infinity when none did; at first everything has. For the one who draws. */
  takeChanged(): number {
    const { changed } = this;
    this.changed = Infinity;
    return changed;
  }

  has(column: number): boolean {
    return column >= this.oldest && this.number[this.start(column)] === column;
  }

  write(column: number, first: number, min: number, max: number, last: number): void {
    if (column > this.newest) this.newest = column;
    else if (column < this.oldest) return;
    if (column < this.changed) this.changed = column;
    const place = this.start(column);
    const mirror = place + this.capacity;
    this.number[place] = this.number[mirror] = column;
    this.first[place] = this.first[mirror] = first;
    this.min[place] = this.min[mirror] = min;
    this.max[place] = this.max[mirror] = max;
    this.last[place] = this.last[mirror] = last;
  }

  /** Empties one column; `newest` stays what it is. */
  erase(column: number): void {
    if (this.has(column)) {
      if (column < this.changed) this.changed = column;
      const place = this.start(column);
      this.number[place] = this.number[place + this.capacity] = NaN;
    }
  }

  /** Empties column `from` and all newer ones. */
  clearFrom(from: number): void {
    if (from > this.newest) return;
    if (from < this.changed) this.changed = from;
    let column = this.newest;
    const stop = Math.max(from, this.oldest);
    for (; column >= stop; column--) {
      const place = this.start(column);
      if (this.number[place] === column) this.number[place] = this.number[place + this.capacity] = NaN;
    }
    // What was overwritten by the cleared columns is gone, so `oldest` must not move back over it.
    const oldest = this.oldest;
    while (column >= oldest && this.number[this.start(column)] !== column) column--;
    this.newest = column >= oldest ? column : -Infinity;
    if (this.newest !== -Infinity) this.forgetBefore(oldest);
    else this.number.fill(NaN);
  }

  /** How many columns are held. */
  count(): number {
    if (this.newest === -Infinity) return 0;
    let count = 0;
    const start = this.start(this.oldest);
    for (let i = 0; i < this.capacity; i++) if (this.number[start + i] === this.oldest + i) count++;
    return count;
  }

  /** The newest column at or before `column` that is there, or -Infinity. */
  previous(column: number): number {
    let n = Math.min(column, this.newest);
    const oldest = this.oldest;
    if (n === -Infinity || n < oldest) return -Infinity;
    let place = this.start(n);
    for (; n >= oldest; n--) {
      if (this.number[place] === n) return n;
      if (--place < 0) place += this.capacity;
    }
    return -Infinity;
  }

  private forgetBefore(oldest: number): void {
    for (let column = this.oldest; column < oldest; column++) {
      const place = this.start(column);
      this.number[place] = this.number[place + this.capacity] = NaN;
    }
  }
}
