import { effect } from '@preact/signals';
import { seriesColor } from '../charts/time-chart.ts';
import type { TableColumn } from '../connection/messages.ts';
import type { WidgetOptions } from '../dashboard/document.generated.ts';
import type { TableWindow } from '../store/table-window.ts';
import type { WidgetColumns } from '../store/widget-columns.ts';
import { colorOf, palette, type Palette } from '../theme/theme.ts';
import { addView } from './make-view.ts';
import { seriesNames } from './series-name.ts';
import { columnsFreshness, columnsHeld, currentValue, element, lastColumn, type WidgetContext, type WidgetView } from './widget-view.ts';

/** One series of a widget, in pixel columns of the width of the widget. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What tells it from the others. */
  readonly title: string;
  readonly color: string;
  /** The newest complete value; NaN while there is none. */
  readonly latest: number;
  /** Calls `visit` for each pixel column of the stretch on the screen that has points, oldest first. `time` is the column's begin, Unix ms. */
  each(visit: (time: number, first: number, min: number, max: number, last: number) => void): void;
}

export interface Rows {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly unknown[])[];
  /** Place of the first of `rows` in the whole table. */
  readonly offset: number;
  readonly total: number;
}

export interface RowsWanted {
  /** From 0; -1 for the end. */
  readonly offset: number;
  /** 1 to 200. */
  readonly count: number;
  readonly sort?: string;
  readonly descending?: boolean;
}

/** What a factory gets. Everything that is a function tells how things are when it is called. */
export interface WidgetHost<Options extends WidgetOptions = WidgetOptions> {
  /** Empty, as wide as the card; the drawing's own. */
  readonly element: HTMLElement;
  /** As the document has them: what has its default is left out. */
  readonly options: Options;
  /** Those that the queries of the options select. */
  series(): readonly Series[];
  /** Those of the table of the options that were asked for; the first 200 unless `want` says otherwise. */
  rows(): Rows;
  want(rows: RowsWanted): void;
  /** What the page shows, Unix ms. */
  stretch(): { readonly from: number; readonly to: number };
  /** The server's clock, Unix ms. */
  now(): number;
  /** Colors of the theme, and its font. */
  theme(): Palette;
  /** A color as `#rrggbb`: hex, a name of CSS, `series-1` to `series-8`, `warning` or `critical`; null when it is none. */
  color(name: string): string | null;
  /** Asks for a drawing with the next frame. New data, another size, theme or stretch ask for one by themselves. */
  invalidate(): void;
}

/** What a factory makes. */
export interface WidgetDrawing {
  /** Draws what is there now. Returns in how many ms it wants to be called again; nothing when only a change matters. */
  draw(): number | void;
  /** Width and height of the element in CSS pixels; before the first `draw`, and whenever they change. */
  resize?(width: number, height: number): void;
  /** The widget left the page, or its options changed: another one is made for those. */
  dispose?(): void;
  /** What a screen reader says. */
  summary?(): string;
}

export type WidgetFactory<Options extends WidgetOptions = WidgetOptions> = (host: WidgetHost<Options>) => WidgetDrawing;

/** Says what draws a kind that Weir does not know itself. The script of the kind calls this as `weir.registerWidget`. */
export function registerWidget(kind: string, factory: WidgetFactory): void {
  if (typeof factory !== 'function') throw new TypeError(`registerWidget("${kind}", …) needs a function that makes the drawing.`);
  addView(kind, (context) => new CustomView(context, factory));
}

const rowsMax = 200;

/** The body of a card that a script of another assembly draws. What goes wrong in there is said on the card and hurts no other. */
export class CustomView implements WidgetView {
  readonly element = element('div', 'custom');
  private readonly columns: WidgetColumns | null;
  private readonly window: TableWindow | null;
  private readonly stop: (() => void)[] = [];
  private readonly resize: ResizeObserver;
  private readonly context: WidgetContext<WidgetOptions>;
  private drawing: WidgetDrawing | null = null;
  private fault: unknown = null;
  private sized = false;

  constructor(context: WidgetContext<WidgetOptions>, factory: WidgetFactory) {
    this.context = context;
    const { dashboard, definition } = context;
    this.columns = 'queries' in definition ? dashboard.columnsOf(definition.id) : null;
    this.window = 'table' in definition ? dashboard.tableOf(definition.id) : null;
    const invalidate = () => dashboard.frames.invalidate(this);
    this.guard(() => (this.drawing = factory(this.host(invalidate))));
    if (this.window) this.want({ offset: 0, count: rowsMax });
    this.resize = new ResizeObserver(([entry]) => this.resized(Math.floor(entry.contentRect.width), Math.floor(entry.contentRect.height)));
    this.resize.observe(this.element);
    this.stop.push(dashboard.watch(definition.id, invalidate), effect(() => {
      void palette.value;
      invalidate();
    }));
  }

  draw(now: number): number {
    // The page says on the card what a drawing throws.
    if (this.fault !== null) throw this.fault;
    if (!this.sized) return Infinity;
    const wait = this.drawing!.draw();
    return typeof wait === 'number' && wait >= 0 ? now + wait : Infinity;
  }

  freshness(now: number) {
    if (this.columns) return columnsFreshness(this.columns, now);
    return { answered: this.window?.answered ?? true, held: !this.window || this.window.total > 0, newest: now, interval: Infinity };
  }

  held() {
    return this.columns ? columnsHeld(this.columns) : this.window && { points: this.window.rows.length, newest: 0 };
  }

  summary(): string {
    const { title, id } = this.context.definition;
    return this.drawing?.summary?.() ?? title ?? id;
  }

  destroy(): void {
    this.resize.disconnect();
    for (const stop of this.stop) stop();
    this.guard(() => this.drawing?.dispose?.());
    if (this.fault !== null) console.error('weir: a widget could not be taken away cleanly', this.context.definition.id, this.fault);
  }

  private host(invalidate: () => void): WidgetHost {
    const { dashboard, definition } = this.context;
    return {
      element: this.element,
      options: definition,
      series: () => this.series(),
      rows: () => {
        const { columns, rows, offset, total } = this.window ?? { columns: [], rows: [], offset: 0, total: 0 };
        return { columns, rows, offset, total };
      },
      want: (rows) => this.want(rows),
      stretch: () => dashboard.viewport.stretch(),
      now: () => dashboard.session.clock.now(),
      theme: () => palette.peek(),
      color: colorOf,
      invalidate,
    };
  }

  private want({ offset, count, sort, descending }: RowsWanted): void {
    const { dashboard, definition } = this.context;
    const rows = Math.min(rowsMax, Math.max(1, Math.floor(count)));
    if (this.window) dashboard.session.subscribe({ widget: definition.id, offset, count: rows, ...(sort !== undefined && { sort, descending: descending ?? false }) });
  }

  private series(): Series[] {
    const view = this.columns?.shown;
    if (!view) return [];
    const titles = seriesNames(view.series.map((one) => one.identity));
    const now = this.context.dashboard.session.clock.now();
    return view.series.map(({ identity, ring }, i) => ({
      name: identity.name,
      labels: identity.labels ?? {},
      title: titles[i],
      color: seriesColor(i),
      latest: currentValue(view, i, lastColumn(view, i, now)),
      each: (visit) => {
        const { from, to } = this.context.dashboard.viewport.stretch();
        const end = Math.min(view.columnOf(to), ring.newest);
        for (let column = Math.max(view.columnOf(from), ring.oldest); column <= end; column++) {
          if (!ring.has(column)) continue;
          const place = ring.start(column);
          visit(column * view.step, ring.first[place], ring.min[place], ring.max[place], ring.last[place]);
        }
      },
    }));
  }

  private resized(width: number, height: number): void {
    if (width < 1) return;
    const { dashboard, definition } = this.context;
    if (this.columns) dashboard.subscribeColumns(definition.id, width);
    this.sized = true;
    this.guard(() => this.drawing?.resize?.(width, height));
    dashboard.frames.invalidate(this);
  }

  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.fault = error;
    }
  }
}
