import { effect } from '@preact/signals';
import { seriesColor } from '../charts/time-chart.ts';
import { isInverted, reached, thresholdColor } from '../charts/thresholds.ts';
import type { GaugeOptions } from '../dashboard/document.generated.ts';
import { quantity, quantityText } from '../scales/units.ts';
import type { WidgetColumns } from '../store/widget-columns.ts';
import { palette } from '../theme/theme.ts';
import { columnsFreshness, columnsHeld, currentValue, element, lastColumn, write, type WidgetContext, type WidgetView } from './widget-view.ts';

const svg = 'http://www.w3.org/2000/svg';
const textIntervalMs = 125;
const columnsAsked = 120;

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Part of a circle from one share of the sweep to another. */
function arc(radius: number, from: number, to: number, sweep: number): string {
  const begin = sweep === 1 ? -Math.PI / 2 : Math.PI * (1.5 - sweep);
  const point = (share: number) => {
    const angle = begin + 2 * Math.PI * sweep * share;
    return `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const middle = (from + to) / 2;
  return `M${point(from)}A${radius} ${radius} 0 0 1 ${point(middle)}A${radius} ${radius} 0 0 1 ${point(to)}`;
}

/** One value between two ends: an arc, a ring or a bar, with its threshold bands. */
export class GaugeView implements WidgetView {
  readonly element = element('div', 'gauge');
  private readonly number = element('span', 'number');
  private readonly unit = element('span', 'number-unit');
  private readonly track: SVGElement;
  private readonly columns: WidgetColumns;
  private readonly stop: (() => void)[] = [];
  private readonly min: number;
  private readonly max: number;
  private readonly kind: 'arc' | 'linear' | 'ring';
  private drawnAt = -Infinity;
  private readonly context: WidgetContext<GaugeOptions>;

  constructor(context: WidgetContext<GaugeOptions>) {
    this.context = context;
    const { dashboard, definition } = context;
    this.min = definition.min ?? 0;
    this.max = definition.max ?? 100;
    this.kind = definition.shape ?? 'arc';
    this.columns = dashboard.columnsOf(definition.id);
    this.element.dataset.shape = this.kind;
    const linear = this.kind === 'linear';
    const picture = shape('svg', { viewBox: linear ? '0 0 200 22' : this.kind === 'ring' ? '0 0 200 200' : '0 0 200 168', 'aria-hidden': 'true' });
    if (linear) picture.setAttribute('preserveAspectRatio', 'none');
    this.track = shape('path', { class: 'gauge-value', d: '' });
    picture.append(shape('path', { class: 'gauge-track', d: this.path(0, 1) }), ...this.bands(), this.track);
    const readout = element('div', 'readout');
    readout.append(this.number, this.unit);
    const ends = element('div', 'gauge-ends');
    ends.append(element('span', '', quantityText(this.min, definition.unit)), element('span', '', quantityText(this.max, definition.unit)));
    this.element.append(picture, readout);
    if (this.kind !== 'ring') this.element.append(ends);
    const invalidate = () => dashboard.frames.invalidate(this);
    this.stop.push(dashboard.watch(definition.id, invalidate), effect(() => {
      void palette.value;
      this.drawnAt = -Infinity;
      invalidate();
    }));
    dashboard.subscribeColumns(definition.id, columnsAsked, true);
  }

  draw(now: number): number {
    if (now - this.drawnAt < textIntervalMs) return this.drawnAt + textIntervalMs;
    this.drawnAt = now;
    const { definition } = this.context;
    const value = this.value();
    const shown = quantity(value, definition.unit);
    write(this.number, shown.value);
    write(this.unit, shown.unit);
    const share = Math.min(1, Math.max(0, (value - this.min) / (this.max - this.min)));
    this.track.setAttribute('d', share > 0 ? this.path(0, Math.max(0.004, share)) : '');
    const threshold = reached(definition.thresholds, value);
    this.track.setAttribute('stroke', threshold ? thresholdColor(threshold) : seriesColor(0));
    return Infinity;
  }

  freshness(now: number) {
    return columnsFreshness(this.columns, now);
  }

  held() {
    return columnsHeld(this.columns);
  }

  summary(): string {
    const { title, id, unit } = this.context.definition;
    return `${title ?? id}: ${quantityText(this.value(), unit)} of ${quantityText(this.max, unit)}`;
  }

  private value(): number {
    const view = this.columns.shown;
    return currentValue(view, 0, lastColumn(view, 0, this.context.dashboard.session.clock.now()));
  }

  destroy(): void {
    for (const stop of this.stop) stop();
  }

  private path(from: number, to: number): string {
    if (this.kind === 'linear') return `M${2 + 196 * from} 8L${2 + 196 * to} 8`;
    return arc(84, from, this.kind === 'ring' ? Math.min(to, 0.9999) : to, this.kind === 'ring' ? 1 : 0.68);
  }

  private bands(): SVGElement[] {
    const sorted = [...(this.context.definition.thresholds ?? [])].sort((a, b) => a.value - b.value);
    const share = (value: number) => Math.min(1, Math.max(0, (value - this.min) / (this.max - this.min)));
    const inverted = isInverted(sorted);
    return sorted.map((threshold, i) => {
      const [from, to] = inverted ? [i > 0 ? share(sorted[i - 1].value) : 0, share(threshold.value)] : [share(threshold.value), i + 1 < sorted.length ? share(sorted[i + 1].value) : 1];
      const d = this.kind === 'linear' ? `M${2 + 196 * from} 19L${2 + 196 * to} 19` : arc(97, from, this.kind === 'ring' ? Math.min(to, 0.9999) : to, this.kind === 'ring' ? 1 : 0.68);
      const band = shape('path', { class: 'gauge-band', d });
      if (threshold.color) band.style.stroke = thresholdColor(threshold);
      else band.setAttribute('data-severity', threshold.severity ?? 'warning');
      return band;
    });
  }
}
