import type { LogOptions } from '../dashboard/document.generated.ts';
import { momentLabel } from '../scales/time-ticks.ts';
import type { TableWindow } from '../store/table-window.ts';
import { element, write, type WidgetContext, type WidgetView } from '../widgets/widget-view.ts';
import { PausedWindow } from './paused-window.ts';
import { ScrollMap } from './scroll-map.ts';

const rowHeight = 22;
const rowsMax = 200;
const visibleRows = 14;
/** Scrolled this near to the end counts as being there. */
const nearEndPx = 12;
/** A smooth scroll away from the end begins near the end. */
const settleMs = 300;
const levelNames: Record<string, string> = { information: 'info', warning: 'warn', critical: 'crit' };

/** The tail of a log. It follows the end until someone scrolls up, and then says how much came since. */
export class LogView implements WidgetView {
  readonly element = element('div', 'log');
  private readonly scroller = element('div', 'log-scroll');
  private readonly spacer = element('div', 'log-spacer');
  private readonly body = element('div', 'log-body');
  private readonly chip = element('button', 'log-new');
  private readonly rows: PausedWindow;
  private readonly blocked = element('p', 'table-blocked', 'Paused: resume to see older lines');
  private readonly stop: () => void;
  private readonly resize: ResizeObserver;
  private pool: HTMLElement[] = [];
  private viewHeight = 0;
  private following = true;
  private leftAt = -Infinity;
  private totalSeen = 0;
  private offset = -1;
  private readonly context: WidgetContext<LogOptions>;

  constructor(context: WidgetContext<LogOptions>) {
    this.context = context;
    const { dashboard, definition } = context;
    this.rows = new PausedWindow(dashboard.tableOf(definition.id), () => this.paused);
    this.blocked.hidden = true;
    const invalidate = () => dashboard.frames.invalidate(this);
    this.scroller.style.height = `${visibleRows * rowHeight}px`;
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute('role', 'log');
    this.scroller.setAttribute('aria-live', 'off');
    this.scroller.setAttribute('aria-label', definition.title ?? definition.id);
    this.chip.type = 'button';
    this.chip.hidden = true;
    this.chip.onclick = () => {
      this.following = true;
      invalidate();
    };
    this.spacer.append(this.body);
    this.scroller.append(this.spacer);
    this.element.append(this.scroller, this.chip, this.blocked);
    // Only a hand on the wheel, the bar or the keys leaves the end; our own scrolling and new rows do not.
    const listen = (name: string, listener: (event: never) => void) => this.scroller.addEventListener(name, listener as EventListener, { passive: true });
    listen('wheel', ({ deltaY }: WheelEvent) => deltaY < 0 && this.leave());
    listen('keydown', ({ key }: KeyboardEvent) => ['ArrowUp', 'PageUp', 'Home'].includes(key) && this.leave());
    listen('pointerdown', () => this.leave());
    listen('touchmove', () => this.leave());
    listen('pointerup', () => this.returned());
    listen('scroll', () => {
      if (performance.now() - this.leftAt > settleMs) this.returned();
      invalidate();
    });
    this.resize = new ResizeObserver(([entry]) => {
      this.viewHeight = entry.contentRect.height;
      invalidate();
    });
    this.resize.observe(this.scroller);
    const stops = [
      dashboard.watch(definition.id, invalidate),
      dashboard.viewport.pausedAt.subscribe(() => {
        // What is shown is held before anything newer comes.
        void this.window;
        invalidate();
      }),
    ];
    this.stop = () => stops.forEach((stop) => stop());
    this.subscribe();
  }

  draw(): number {
    const { total } = this.window;
    const map = new ScrollMap(total, rowHeight, this.viewHeight);
    const height = `${Math.max(map.height, this.viewHeight)}px`;
    if (this.spacer.style.height !== height) this.spacer.style.height = height;
    const visible = Math.ceil(this.viewHeight / rowHeight) + 1;
    if (this.following) {
      this.totalSeen = total;
      this.scroller.scrollTop = map.height;
    }
    const { scrollTop } = this.scroller;
    const exact = map.rowAt(scrollTop);
    const top = Math.floor(exact);
    this.body.style.transform = `translateY(${Math.round(scrollTop - (exact - top) * rowHeight)}px)`;
    this.fill(top, Math.min(visible, Math.max(0, total - top)));
    this.request(top, visible, total);
    const fresh = total - this.totalSeen;
    this.chip.hidden = this.following || fresh <= 0;
    if (!this.chip.hidden) write(this.chip, `${fresh.toLocaleString('en')} new ↓`);
    return Infinity;
  }

  freshness(now: number) {
    return { answered: this.window.answered, held: this.window.total > 0, newest: now, interval: Infinity };
  }

  held() {
    return { points: this.window.rows.length, newest: 0 };
  }

  summary(): string {
    const { title, id } = this.context.definition;
    const last = this.window.cell(this.window.rows.length - 1, 'message');
    return `${title ?? id}: log of ${this.window.total.toLocaleString('en')} lines${last ? `, the last: ${String(last)}` : ''}`;
  }

  destroy(): void {
    this.resize.disconnect();
    this.stop();
  }

  private leave(): void {
    this.leftAt = performance.now();
    if (!this.following) return;
    this.following = false;
    this.totalSeen = this.window.total;
  }

  /** Scrolled back to the end: follows it again. */
  private returned(): void {
    if (this.following) return;
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - clientHeight - scrollTop > nearEndPx) return;
    this.following = true;
    this.context.dashboard.frames.invalidate(this);
  }

  private get paused(): boolean {
    return this.context.dashboard.viewport.pausedAt.peek() !== null;
  }

  private get window(): TableWindow {
    return this.rows.shown;
  }

  private request(top: number, visible: number, total: number): void {
    this.blocked.hidden = !this.paused || (top >= this.window.offset && Math.min(total, top + visible) <= this.window.offset + this.window.rows.length);
    if (this.paused) return;
    if (this.following) {
      if (this.offset !== -1) {
        this.offset = -1;
        this.subscribe();
      }
      return;
    }
    const begin = this.offset === -1 ? this.window.offset : this.offset;
    if (top >= begin && Math.min(total, top + visible) <= begin + rowsMax) return;
    this.offset = Math.max(0, Math.round(top - (rowsMax - visible) / 2));
    this.subscribe();
  }

  private subscribe(): void {
    const { dashboard, definition } = this.context;
    dashboard.session.subscribe({ widget: definition.id, offset: this.offset, count: rowsMax });
  }

  private fill(top: number, size: number): void {
    while (this.pool.length > size) this.pool.pop()!.remove();
    while (this.pool.length < size) {
      const row = element('div', 'log-row');
      row.append(element('time'), element('span', 'log-level'), element('span', 'log-source'), element('span', 'log-message'));
      this.body.append(row);
      this.pool.push(row);
    }
    this.pool.forEach((row, i) => {
      const index = top + i - this.window.offset;
      const time = this.window.cell(index, 'time');
      const level = String(this.window.cell(index, 'level') ?? '').toLowerCase();
      const message = String(this.window.cell(index, 'message') ?? '');
      write(row.children[0], typeof time === 'number' ? momentLabel(time, 1, this.context.dashboard.session.clock.now()) : String(time ?? ''));
      if (row.dataset.level !== level) row.dataset.level = level;
      write(row.children[1], levelNames[level] ?? level);
      write(row.children[2], String(this.window.cell(index, 'source') ?? ''));
      write(row.children[3], message);
      // A line is cut at the right edge; the whole of it is a hover away.
      const line = row.children[3] as HTMLElement;
      if (line.title !== message) line.title = message;
    });
  }
}
