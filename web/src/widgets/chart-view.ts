import { effect } from '@preact/signals';
import { crosshair, type Crosshair } from '../charts/crosshair.ts';
import { cursorColumn } from '../charts/data-cursor.ts';
import { dashOf } from '../charts/dashes.ts';
import { seriesColor, TimeChart } from '../charts/time-chart.ts';
import { thresholdColor, reached } from '../charts/thresholds.ts';
import { tooltip } from '../charts/tooltip.ts';
import type { LineChartOptions, MetricOptions } from '../dashboard/document.generated.ts';
import { momentLabel, zoneLabel } from '../scales/time-ticks.ts';
import { alignedTexts, exactText, quantity, quantityText } from '../scales/units.ts';
import type { ColumnsView } from '../store/columns-view.ts';
import type { WidgetColumns } from '../store/widget-columns.ts';
import { colorOf, palette } from '../theme/theme.ts';
import { Legend } from './legend.ts';
import { seriesNames } from './series-name.ts';
import { columnsFreshness, columnsHeld, currentValue, element, lastColumn, write, type WidgetContext, type WidgetView } from './widget-view.ts';

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
  private pointed = false;
  private namedSeries: ColumnsView['series'] | null = null;
  private shortNames: readonly string[] = [];
  private readonly context: WidgetContext<MetricOptions | LineChartOptions>;

  constructor(context: WidgetContext<MetricOptions | LineChartOptions>) {
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
    this.legend = definition.kind === 'line' && definition.legend !== false ? new Legend(invalidate) : null;
    if (this.legend) this.element.append(this.legend.element);
    this.resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width, entry.contentRect.height));
    this.resize.observe(this.host);
    this.stop.push(
      dashboard.watch(definition.id, invalidate),
      effect(() => {
        const at = crosshair.value;
        // Drawn with the next frame, and only where it is seen.
        this.pointed = true;
        if (at === null) tooltip().hide();
        invalidate();
      }),
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
    const at = crosshair.peek();
    if (at?.widget === this.context.definition.id) this.tell(at);
    if (this.pointed) {
      this.pointed = false;
      this.textAt = -Infinity;
    }
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

  isEmpty(): boolean {
    return this.chart?.isEmpty ?? false;
  }

  summary(): string {
    const { title, id, unit } = this.context.definition;
    const view = this.columns.shown;
    if (!view) return title ?? id;
    const names = this.names(view);
    const values = names.slice(0, 8).map((name, i) => `${this.metric ? 'now' : name} ${quantityText(this.valueAt(view, i), unit)}`);
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
    const values = this.names(view).slice(0, 8).map((name, i) => `${this.metric ? '' : `${name} `}${quantityText(this.valueAt(view, i, time), unit)}`);
    write(this.spoken, `${momentLabel(time, view.step, this.now())}: ${values.join(', ')}`);
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
      const line = definition.kind === 'line' ? definition : undefined;
      const ends = definition.kind === 'line' ? definition.axis : definition;
      this.chart = new TimeChart(this.host, w, h, dashboard.viewport, {
        widget: definition.id,
        unit: definition.unit,
        area: definition.area === true,
        points: line?.points,
        smooth: definition.smooth,
        stacked: line?.stacked,
        thresholds: definition.thresholds,
        min: ends?.min,
        max: ends?.max,
        log: line?.axis?.log,
        label: line?.axis?.label,
        zero: definition.area === true,
        colorOf: (_series, index) => this.colorOf(index),
        hidden: (one) => this.legend?.hidden.has(one.key) ?? false,
        until: (one) => lastColumn(this.columns.shown, this.columns.shown?.series.indexOf(one) ?? -1, this.now()),
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
      const { definition } = this.context;
      const line = definition.kind === 'line' ? definition : undefined;
      this.shortNames = seriesNames(view.series.map((one) => one.identity), line?.legendLabel, line?.legendTemplate);
    }
    return this.shortNames;
  }

  private colorOf(index: number): string {
    const { definition } = this.context;
    return (index === 0 && definition.kind === 'metric' && colorOf(definition.color)) || seriesColor(index);
  }

  private now(): number {
    return this.context.dashboard.session.clock.now();
  }

  /** What the line of a series shows at a time; its newest complete value without one. */
  private valueAt(view: ColumnsView, index: number, time?: number): number {
    if (time === undefined || !this.chart) return currentValue(view, index, lastColumn(view, index, this.now()));
    return this.chart.read(view.series[index], time)?.value ?? NaN;
  }

  /** The values in words: at the crosshair while there is one on this chart's stretch, else the newest. */
  private writeText(): void {
    const view = this.columns.shown;
    const { unit, thresholds } = this.context.definition;
    const pointed = crosshair.peek()?.time;
    const shown = this.chart?.shown;
    const time = pointed !== undefined && shown && pointed >= shown.from && pointed <= shown.to ? pointed : undefined;
    if (this.metric) {
      const value = view ? this.valueAt(view, 0, time) : NaN;
      const text = quantity(value, unit);
      write(this.number, text.value);
      write(this.unit, text.unit);
      const threshold = reached(thresholds, value);
      this.number.style.color = threshold ? thresholdColor(threshold) : '';
      this.number.classList.toggle('pointed', time !== undefined);
    } else if (view && this.legend) {
      const texts = alignedTexts(view.series.map((_, i) => this.valueAt(view, i, time)), unit);
      this.legend.update(view.series, this.names(view), dashOf, (i) => this.colorOf(i), (i) => texts[i]);
    }
  }

  /** The tooltip: what lies under the crosshair as the chart is drawn now. A value between two points is marked as such. */
  private tell(at: Crosshair): void {
    const view = this.columns.shown;
    const { chart } = this;
    if (!view || !chart) return;
    const { from, to } = chart.shown;
    if (at.time < from || at.time > to) return tooltip().hide();
    const { unit } = this.context.definition;
    const names = this.names(view);
    const lines = view.series
      .map((one, i) => ({ key: one.key, color: this.colorOf(i), dash: dashOf(i), name: names[i], reading: chart.read(one, at.time) }))
      .filter(({ key }) => !this.legend?.hidden.has(key))
      .sort((a, b) => (this.metric ? 0 : (b.reading?.value ?? -Infinity) - (a.reading?.value ?? -Infinity)))
      .slice(0, 12)
      .map((line) => ({ ...line, value: line.reading ? `${line.reading.exact ? '' : '≈ '}${exactText(line.reading.value, unit)}` : '–' }));
    const box = chart.over.getBoundingClientRect();
    const when = `${momentLabel(at.time, Math.min(view.step, 999), this.now())} ${zoneLabel(at.time)}`;
    tooltip().show(box.left + ((at.time - from) / (to - from)) * box.width, box.top + at.y, when, lines);
  }
}
