import { effect } from '@preact/signals';
import { Sparkline } from '../charts/sparkline.ts';
import { seriesColor } from '../charts/time-chart.ts';
import { reached, thresholdColor } from '../charts/thresholds.ts';
import type { StatOptions } from '../dashboard/document.generated.ts';
import { durationLabel } from '../scales/time-ticks.ts';
import { formattedQuantity, joined, quantityText } from '../scales/units.ts';
import type { WidgetColumns } from '../store/widget-columns.ts';
import { palette } from '../theme/theme.ts';
import { columnsFreshness, columnsHeld, currentValue, element, lastColumn, write, type WidgetContext, type WidgetView } from './widget-view.ts';

const textIntervalMs = 125;

/** A big number, how it changed over the time seen, and its course. */
export class StatView implements WidgetView {
  readonly element = element('div', 'stat');
  private readonly number = element('span', 'number');
  private readonly unit = element('span', 'number-unit');
  private readonly delta = element('span', 'delta');
  private readonly against = element('span', 'delta-against');
  private readonly host = element('div', 'sparkline');
  private readonly line: Sparkline | null;
  private readonly columns: WidgetColumns;
  private readonly resize: ResizeObserver;
  private readonly stop: (() => void)[] = [];
  private textAt = -Infinity;
  private readonly context: WidgetContext<StatOptions>;

  constructor(context: WidgetContext<StatOptions>) {
    this.context = context;
    const { dashboard, definition } = context;
    this.columns = dashboard.columnsOf(definition.id);
    const readout = element('div', 'readout');
    readout.append(this.number, this.unit);
    const change = element('div', 'change');
    change.append(this.delta, this.against);
    this.element.append(readout, change, this.host);
    this.line = definition.sparkline === false ? null : new Sparkline();
    if (this.line) this.host.append(this.line.canvas);
    const invalidate = () => dashboard.frames.invalidate(this);
    this.resize = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      if (width < 1) return;
      dashboard.subscribeColumns(definition.id, this.line ? this.line.resize(width, height) : width, !this.line && definition.delta === false);
      invalidate();
    });
    this.resize.observe(this.host);
    this.stop.push(dashboard.watch(definition.id, invalidate), effect(() => {
      void palette.value;
      invalidate();
    }));
  }

  draw(now: number): number {
    const { viewport } = this.context.dashboard;
    const view = this.columns.shown;
    const live = viewport.live.peek();
    const stretch = viewport.stretch();
    this.line?.draw(view, stretch, live, seriesColor(0), now, lastColumn(view, 0, this.context.dashboard.session.clock.now()));
    if (now - this.textAt < textIntervalMs) return this.textAt + textIntervalMs;
    this.textAt = now;
    this.writeText(stretch.from);
    return live && view && this.line ? now + Math.max(33, view.step) : Infinity;
  }

  freshness(now: number) {
    return columnsFreshness(this.columns, now);
  }

  held() {
    return columnsHeld(this.columns);
  }

  summary(): string {
    const { title, id, unit, format } = this.context.definition;
    return `${title ?? id}: ${joined(formattedQuantity(this.value(), unit, format))} ${this.delta.textContent}`;
  }

  private value(): number {
    const view = this.columns.shown;
    return currentValue(view, 0, lastColumn(view, 0, this.context.dashboard.session.clock.now()));
  }

  destroy(): void {
    this.resize.disconnect();
    for (const stop of this.stop) stop();
  }

  private writeText(from: number): void {
    const { definition } = this.context;
    const view = this.columns.shown;
    const value = this.value();
    const shown = formattedQuantity(value, definition.unit, definition.format);
    write(this.number, shown.value);
    write(this.unit, shown.unit);
    const threshold = reached(definition.thresholds, value);
    this.number.style.color = threshold ? thresholdColor(threshold) : '';
    if (definition.delta === false || !view) return;
    const ring = view.series[0]?.ring;
    if (!ring) return;
    const begin = Math.max(view.columnOf(from), ring.oldest);
    let first = begin;
    while (first < ring.newest && !ring.has(first)) first++;
    const before = ring.has(first) ? ring.first[ring.start(first)] : NaN;
    const change = value - before;
    if (!Number.isFinite(change)) return;
    // From 10 % to 15 % is 5 percentage points, which is not 5 % more.
    const isShare = definition.unit === '%';
    const relative = before !== 0 && !isShare;
    const text = relative ? quantityText((100 * Math.abs(change)) / Math.abs(before), '%', 0.1) : isShare ? quantityText(Math.abs(change), 'pp') : joined(formattedQuantity(Math.abs(change), definition.unit, definition.format));
    const direction = change === 0 ? 'same' : change > 0 ? 'up' : 'down';
    write(this.delta, `${direction === 'up' ? '↑' : direction === 'down' ? '↓' : '→'} ${text}`);
    const good = definition.deltaColor === 'inverse' ? 'down' : 'up';
    this.delta.dataset.tone = definition.deltaColor === 'off' || direction === 'same' ? 'plain' : direction === good ? 'good' : 'bad';
    write(this.against, `in ${durationLabel((ring.newest - first) * view.step)}`);
  }
}
