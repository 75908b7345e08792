import { effect } from '@preact/signals';
import { crosshair } from '../charts/crosshair.ts';
import { cursorColumn } from '../charts/data-cursor.ts';
import { dashOf } from '../charts/dashes.ts';
import { seriesColor, TimeChart } from '../charts/time-chart.ts';
import { thresholdColor, reached } from '../charts/thresholds.ts';
import { tooltip } from '../charts/tooltip.ts';
import { instantLabel } from '../scales/time-ticks.ts';
import { quantity, quantityText } from '../scales/units.ts';
import type { ColumnsView } from '../store/columns-view.ts';
import type { WidgetColumns } from '../store/widget-columns.ts';
import { palette } from '../theme/theme.ts';
import { Legend } from './legend.ts';
import { seriesNames } from './series-name.ts';
import { columnsFreshness, columnsHeld, currentValue, element, write, type WidgetContext, type WidgetView } from './widget-view.ts';

const textIntervalMs = 125;

/** `metric` (a big number over its line) and `line` (many lines with a legend). */
export class ChartView implements WidgetView {
  readonly element = element('div', 'chart');
  private readonly host = element('div', 'chart-host');
  private readonly number = element('span', 'number');
  private readonly unit = element('span', 'number-unit');
  private readonly spoken = element('p', 'unseen');
  private readonly columns: WidgetColumns;
  private readonly legend: Legend | null;
  private readonly metric: boolean;
  private readonly resize: ResizeObserver;
  private readonly stop: (() => void)[] = [];
  private chart: TimeChart | null = null;
  private textAt = -Infinity;
  private namedSeries: ColumnsView['series'] | null = null;
  private shortNames: readonly string[] = [];
  private readonly context: WidgetContext;

  constructor(context: WidgetContext) {
    this.context = context;
    const { dashboard, definition } = context;
    this.columns = dashboard.columnsOf(definition.id);
    this.metric = definition.kind === 'metric';
    const invalidate = () => dashboard.frames.invalidate(this);
    if (this.metric) {
      const readout = element('div', 'readout');
      readout.append(this.number, this.unit);
      this.element.append(readout);
    }
    this.spoken.setAttribute('aria-live', 'polite');
    this.element.append(this.host, this.spoken);
    this.legend = !this.metric && definition.legend !== false ? new Legend(invalidate) : null;
    if (this.legend) this.element.append(this.legend.element);
    this.resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width, entry.contentRect.height));
    this.resize.observe(this.host);
    this.stop.push(
      dashboard.watch(definition.id, invalidate),
      effect(() => this.point(crosshair.value)),
      effect(() => {
        void palette.value;
        this.textAt = -Infinity;
        this.chart?.redraw();
        invalidate();
      }),
    );
  }

  draw(now: number): number {
    if (!this.chart) return Infinity;
    const wakeAt = this.chart.draw(this.columns.shown, now);
    if (now - this.textAt < textIntervalMs) return Math.min(wakeAt, this.textAt + textIntervalMs);
    this.textAt = now;
    this.writeText();
    return wakeAt;
  }

  freshness(now: number) {
    return columnsFreshness(this.columns, now);
  }

  held() {
    return columnsHeld(this.columns);
  }

  summary(): string {
    const { title, id, unit } = this.context.definition;
    const view = this.columns.shown;
    if (!view) return title ?? id;
    const names = this.names(view);
    const values = names.slice(0, 8).map((name, i) => `${this.metric ? 'now' : name} ${quantityText(currentValue(view, i), unit)}`);
    return `${title ?? id}: ${values.join(', ')}`;
  }

  /** The data cursor: arrows go from point to point, with Shift by ten. */
  key({ key, shiftKey }: KeyboardEvent): boolean {
    const { id, unit } = this.context.definition;
    const view = this.columns.shown;
    const at = crosshair.peek();
    const mine = at?.widget === id;
    if (key === 'Escape' && mine) {
      crosshair.value = null;
      return true;
    }
    if (!view || !this.chart) return false;
    const { from, to } = this.chart.shown;
    const rings = view.series.filter((one) => !this.legend?.hidden.has(one.key)).map(({ ring }) => ring);
    const column = cursorColumn(rings, key, shiftKey, mine ? view.columnOf(at.time) : null, view.columnOf(from) + 1, view.columnOf(to));
    if (column === null) return key === 'ArrowLeft' || key === 'ArrowRight';
    const time = (column + 0.5) * view.step;
    crosshair.value = { time, widget: id, y: 24 };
    const values = this.names(view).slice(0, 8).map((name, i) => `${this.metric ? '' : `${name} `}${quantityText(currentValue(view, i, column), unit)}`);
    write(this.spoken, `${instantLabel(time, view.step)}: ${values.join(', ')}`);
    return true;
  }

  destroy(): void {
    this.resize.disconnect();
    for (const stop of this.stop) stop();
    this.chart?.destroy();
  }

  private resized(width: number, height: number): void {
    if (width < 20 || height < 20) return;
    const { dashboard, definition } = this.context;
    const [w, h] = [Math.floor(width), Math.floor(height)];
    if (this.chart) this.chart.resize(w, h);
    else {
      const { axis } = definition;
      this.chart = new TimeChart(this.host, w, h, dashboard.viewport, {
        widget: definition.id,
        unit: definition.unit,
        area: definition.area ?? this.metric,
        points: definition.points,
        smooth: definition.smooth,
        stacked: definition.stacked,
        thresholds: definition.thresholds,
        min: definition.min ?? axis?.min,
        max: definition.max ?? axis?.max,
        log: axis?.log,
        label: axis?.label,
        zero: definition.area ?? this.metric,
        colorOf: (_series, index) => this.colorOf(index),
        hidden: (one) => this.legend?.hidden.has(one.key) ?? false,
        resized: () => {
          if (this.chart) dashboard.subscribeColumns(definition.id, this.chart.width);
          dashboard.frames.invalidate(this);
        },
      });
    }
    dashboard.subscribeColumns(definition.id, this.chart.width);
    dashboard.frames.invalidate(this);
  }

  /** Short names of the series; made anew when others join. */
  private names(view: ColumnsView): readonly string[] {
    if (view.series !== this.namedSeries) {
      this.namedSeries = view.series;
      this.shortNames = seriesNames(view.series.map((one) => one.identity), this.context.definition.legendLabel);
    }
    return this.shortNames;
  }

  private colorOf(index: number): string {
    const { color } = this.context.definition;
    return index === 0 && color?.startsWith('#') ? color : seriesColor(index);
  }

  /** The values in words: at the crosshair while there is one, else the newest. */
  private writeText(): void {
    const view = this.columns.shown;
    const { unit, thresholds } = this.context.definition;
    const at = crosshair.peek();
    const column = at && view ? view.columnOf(at.time) : Infinity;
    if (this.metric) {
      const value = currentValue(view, 0, column);
      const shown = quantity(value, unit);
      write(this.number, shown.value);
      write(this.unit, shown.unit);
      const threshold = reached(thresholds, value);
      this.number.style.color = threshold ? thresholdColor(threshold) : '';
      this.number.classList.toggle('pointed', at !== null);
    } else if (view)
      this.legend?.update(
        view.series,
        this.names(view),
        dashOf,
        (i) => this.colorOf(i),
        (i) => quantityText(currentValue(view, i, column), unit),
      );
  }

  private point(at: { time: number; widget: string; y: number } | null): void {
    this.textAt = -Infinity;
    const { chart } = this;
    if (!chart) return;
    chart.drawCrosshair();
    this.writeText();
    if (at?.widget !== this.context.definition.id) {
      if (at === null) tooltip().hide();
      return;
    }
    const view = this.columns.shown;
    if (!view) return;
    const { from, to } = chart.shown;
    const names = this.names(view);
    const column = view.columnOf(at.time);
    const lines = view.series
      .map((one, i) => ({ key: one.key, color: this.colorOf(i), dash: dashOf(i), name: names[i], number: currentValue(view, i, column) }))
      .filter(({ key }) => !this.legend?.hidden.has(key))
      .sort((a, b) => (this.metric ? 0 : b.number - a.number))
      .slice(0, 12)
      .map((line) => ({ ...line, value: quantityText(line.number, this.context.definition.unit) }));
    const box = chart.over.getBoundingClientRect();
    tooltip().show(box.left + ((at.time - from) / (to - from)) * box.width, box.top + at.y, instantLabel(at.time, view.step), lines);
  }
}
