import type { TableColumn } from '../connection/messages.ts';
import type { TableOptions } from '../dashboard/document.generated.ts';
import type { TableWindow } from '../store/table-window.ts';
import { element, type WidgetContext, type WidgetView } from '../widgets/widget-view.ts';
import { alignsRight, cellText, columnTexts, columnWidth, fillCell } from './cells.ts';
import { PausedWindow } from './paused-window.ts';
import { ScrollMap } from './scroll-map.ts';

const rowHeight = 32;
const rowsMax = 200;
const filterDelayMs = 150;

/** A table of which the server sends the part that is seen; the page holds a pool of rows no larger than its view. */
export class TableView implements WidgetView {
  readonly element = element('div', 'table');
  private readonly scroller = element('div', 'table-scroll');
  private readonly head = element('div', 'table-head');
  private readonly spacer = element('div', 'table-spacer');
  private readonly body = element('div', 'table-body');
  private readonly rows: PausedWindow;
  private readonly filter = element('input', 'table-filter');
  private readonly blocked = element('p', 'table-blocked', 'Paused: resume to see other rows');
  private filterTimer = 0;
  private readonly stop: () => void;
  private readonly resize: ResizeObserver;
  private columns: readonly TableColumn[] | null = null;
  private pool: { row: HTMLElement; cells: HTMLElement[] }[] = [];
  private viewHeight = 0;
  private sort: string | undefined;
  private descending: boolean;
  private offset = 0;
  private asked = 0;
  private active = -1;
  private readonly context: WidgetContext<TableOptions>;

  constructor(context: WidgetContext<TableOptions>) {
    this.context = context;
    const { dashboard, definition } = context;
    this.rows = new PausedWindow(dashboard.tableOf(definition.id), () => this.paused);
    this.sort = definition.sort;
    this.descending = definition.descending ?? false;
    const invalidate = () => dashboard.frames.invalidate(this);
    this.element.dataset.rows = String(definition.rows ?? 12);
    this.scroller.style.height = `${((definition.rows ?? 12) + 1) * rowHeight}px`;
    this.scroller.setAttribute('role', 'grid');
    this.scroller.setAttribute('aria-label', definition.title ?? definition.id);
    this.scroller.tabIndex = 0;
    this.head.setAttribute('role', 'row');
    this.body.setAttribute('role', 'rowgroup');
    this.spacer.append(this.body);
    this.scroller.append(this.head, this.spacer);
    this.blocked.hidden = true;
    this.element.append(...(definition.filterable ? [this.filterBox()] : []), this.scroller, this.blocked);
    this.scroller.addEventListener('scroll', invalidate, { passive: true });
    this.scroller.addEventListener('keydown', (event) => this.move(event));
    this.resize = new ResizeObserver(([entry]) => {
      this.viewHeight = Math.max(0, entry.contentRect.height - rowHeight);
      this.subscribe();
      invalidate();
    });
    this.resize.observe(this.scroller);
    const stops = [
      dashboard.watch(definition.id, invalidate),
      dashboard.viewport.pausedAt.subscribe((pausedAt) => {
        // What is shown is held before anything newer comes.
        void this.window;
        this.element.classList.toggle('paused', pausedAt !== null);
        this.filter.disabled = pausedAt !== null;
        for (const button of this.head.querySelectorAll<HTMLButtonElement>('.sort')) this.explain(button);
        // Scrolled or resized meanwhile: ask for what is seen now.
        if (pausedAt === null && this.asked > 0) this.subscribe();
        invalidate();
      }),
    ];
    this.stop = () => {
      clearTimeout(this.filterTimer);
      for (const stop of stops) stop();
    };
  }

  draw(): number {
    if (this.window.columns !== this.columns) this.buildHead();
    const { total } = this.window;
    const map = new ScrollMap(total, rowHeight, this.viewHeight);
    const height = `${Math.max(map.height, this.viewHeight)}px`;
    if (this.spacer.style.height !== height) this.spacer.style.height = height;
    const { scrollTop } = this.scroller;
    const exact = map.rowAt(scrollTop);
    const top = Math.floor(exact);
    const visible = Math.ceil(this.viewHeight / rowHeight) + 1;
    this.body.style.transform = `translateY(${Math.round(scrollTop - (exact - top) * rowHeight)}px)`;
    this.fitPool(Math.min(visible, Math.max(0, total - top)));
    const seen = this.pool.map((_, i) => this.window.row(top + i));
    const texts = (this.columns ?? []).map((column, c) => columnTexts(column, seen.map((values) => values?.[c])));
    this.blocked.hidden = !this.paused || seen.every((values) => values !== undefined);
    this.pool.forEach(({ row, cells }, i) => {
      const index = top + i;
      const values = seen[i];
      row.setAttribute('aria-rowindex', String(index + 2));
      row.classList.toggle('pending', values === undefined);
      row.classList.toggle('active', index === this.active);
      if (values) this.columns!.forEach((column, c) => fillCell(cells[c], column, values[c], texts[c][i]));
    });
    this.request(top, visible);
    return Infinity;
  }

  freshness(now: number) {
    // A table changes when it changes: silence does not make it stale.
    return { answered: this.window.answered, held: this.window.total > 0, newest: now, interval: Infinity };
  }

  held() {
    return { points: this.window.rows.length, newest: 0 };
  }

  summary(): string {
    const { title, id } = this.context.definition;
    const order = this.window.sort ? `, sorted by ${this.window.sort}` : '';
    return `${title ?? id}: table of ${this.window.total.toLocaleString('en')} rows${order}`;
  }

  emptyText(): string | undefined {
    return this.filter.value !== '' && this.window.answered && this.window.total === 0 ? `No row contains “${this.filter.value}”` : undefined;
  }

  destroy(): void {
    this.resize.disconnect();
    this.stop();
  }

  private get paused(): boolean {
    return this.context.dashboard.viewport.pausedAt.peek() !== null;
  }

  private get window(): TableWindow {
    return this.rows.shown;
  }

  private explain(button: HTMLButtonElement): void {
    button.setAttribute('aria-disabled', String(this.paused));
    button.title = this.paused ? 'Paused: resume to sort' : '';
  }

  private filterBox(): HTMLElement {
    const { filter } = this;
    filter.type = 'search';
    filter.placeholder = 'Filter rows';
    filter.setAttribute('aria-label', `Filter ${this.context.definition.title ?? this.context.definition.id}`);
    filter.oninput = () => {
      clearTimeout(this.filterTimer);
      this.filterTimer = window.setTimeout(() => this.refilter(), filterDelayMs);
    };
    filter.onkeydown = (event) => {
      if (event.key === 'ArrowDown') this.scroller.focus();
      if (event.key !== 'Escape' || filter.value === '') return;
      event.stopPropagation();
      event.preventDefault();
      filter.value = '';
      this.refilter();
    };
    return filter;
  }

  private refilter(): void {
    this.offset = 0;
    this.active = -1;
    this.scroller.scrollTop = 0;
    this.subscribe();
  }

  private request(top: number, visible: number): void {
    if (this.paused) return;
    const end = Math.min(this.window.total, top + visible);
    if (top >= this.offset && end <= this.offset + this.asked) return;
    this.asked = Math.min(rowsMax, visible * 5);
    this.offset = Math.max(0, Math.round(top - (this.asked - visible) / 2));
    this.subscribe();
  }

  private subscribe(): void {
    if (this.paused && this.asked > 0) return;
    if (this.asked === 0) this.asked = Math.min(rowsMax, Math.max(20, Math.ceil(this.viewHeight / rowHeight) * 4));
    const { dashboard, definition } = this.context;
    dashboard.session.subscribe({
      widget: definition.id, offset: this.offset, count: this.asked,
      ...(this.sort !== undefined && { sort: this.sort, descending: this.descending }),
      ...(this.filter.value !== '' && { filter: this.filter.value }),
    });
  }

  private buildHead(): void {
    this.columns = this.window.columns;
    this.pool = [];
    this.body.replaceChildren();
    this.element.style.setProperty('--columns', this.columns.map((column, i) => columnWidth(column, this.longest(i))).join(' '));
    this.head.replaceChildren(...this.columns.map((column) => this.headCell(column)));
    this.markSort();
  }

  /** Length of the longest text of a column among the rows at hand, its title included. */
  private longest(index: number): number {
    const { title, name } = this.columns![index];
    return Math.max((title ?? name).length, ...this.window.rows.map((row) => cellText(this.columns![index], row[index]).length));
  }

  private headCell(column: TableColumn): HTMLElement {
    const cell = element('div', alignsRight(column) ? 'cell right' : 'cell');
    cell.setAttribute('role', 'columnheader');
    cell.dataset.column = column.name;
    if (this.context.definition.sortable === false) {
      cell.textContent = column.title ?? column.name;
      return cell;
    }
    const button = element('button', 'sort', column.title ?? column.name);
    button.type = 'button';
    this.explain(button);
    button.onclick = () => {
      if (this.paused) return;
      const numeric = column.type === 'number' || column.type === 'bar' || column.type === 'date' || column.type === 'datetime';
      this.descending = this.sort === column.name ? !this.descending : numeric;
      this.sort = column.name;
      this.markSort();
      this.subscribe();
    };
    cell.append(button);
    return cell;
  }

  private markSort(): void {
    for (const cell of this.head.children as unknown as HTMLElement[])
      cell.setAttribute('aria-sort', cell.dataset.column === this.sort ? (this.descending ? 'descending' : 'ascending') : 'none');
  }

  private fitPool(size: number): void {
    while (this.pool.length > size) this.pool.pop()!.row.remove();
    while (this.pool.length < size) {
      const row = element('div', 'table-row');
      row.setAttribute('role', 'row');
      const cells = this.columns!.map((column) => {
        const cell = element('div', alignsRight(column) ? 'cell right' : 'cell');
        cell.dataset.type = column.type;
        cell.setAttribute('role', 'gridcell');
        return cell;
      });
      row.append(...cells);
      this.body.append(row);
      this.pool.push({ row, cells });
    }
    if (this.scroller.getAttribute('aria-rowcount') !== String(this.window.total + 1)) this.scroller.setAttribute('aria-rowcount', String(this.window.total + 1));
  }

  private move(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.viewHeight / rowHeight) - 1);
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const move = moves[event.key];
    if (move === undefined || event.target !== this.scroller) return;
    event.preventDefault();
    event.stopPropagation();
    const { total } = this.window;
    this.active = Math.max(0, Math.min(total - 1, this.active < 0 && Number.isFinite(move) ? 0 : this.active + move));
    const map = new ScrollMap(total, rowHeight, this.viewHeight);
    const top = map.rowAt(this.scroller.scrollTop);
    const shown = this.viewHeight / rowHeight;
    if (this.active < top) this.scroller.scrollTop = map.scrollTo(this.active);
    else if (this.active + 1 > top + shown) this.scroller.scrollTop = map.scrollTo(this.active + 1 - shown);
    this.context.dashboard.frames.invalidate(this);
  }
}
