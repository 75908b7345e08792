/** Browsers cap the height of an element near 33.5 million pixels; far below it, scrolling stays exact. */
const tallest = 12_000_000;

/** Between the place of a scroll bar and rows: one to one while the table is short, in proportion when it is longer than a page can be tall. */
export class ScrollMap {
  readonly height: number;
  private readonly rows: number;
  private readonly rowHeight: number;
  private readonly viewHeight: number;

  constructor(rows: number, rowHeight: number, viewHeight: number) {
    this.rows = rows;
    this.rowHeight = rowHeight;
    this.viewHeight = viewHeight;
    this.height = Math.min(rows * rowHeight, tallest);
  }

  /** The row at the top of the view, with its fraction scrolled past. */
  rowAt(scroll: number): number {
    const travel = this.height - this.viewHeight;
    if (travel <= 0) return 0;
    return (Math.min(Math.max(0, scroll), travel) / travel) * this.lastTop;
  }

  scrollTo(row: number): number {
    if (this.lastTop <= 0) return 0;
    return (Math.min(Math.max(0, row), this.lastTop) / this.lastTop) * (this.height - this.viewHeight);
  }

  private get lastTop(): number {
    return Math.max(0, this.rows - this.viewHeight / this.rowHeight);
  }
}
