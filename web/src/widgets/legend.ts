import type { HeldSeries } from '../store/columns-view.ts';
import { fullName } from './series-name.ts';
import { element, write } from './widget-view.ts';

interface Item {
  readonly button: HTMLButtonElement;
  readonly mark: HTMLElement;
  readonly name: HTMLElement;
  readonly value: HTMLElement;
}

/** Names, colors and values of a chart's series; a click hides a series, a click with Alt or a double click shows it alone. */
export class Legend {
  readonly element = element('div', 'legend');
  readonly hidden = new Set<string>();
  private items: Item[] = [];
  private series: readonly HeldSeries[] = [];
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  update(series: readonly HeldSeries[], names: readonly string[], dash: (index: number) => number, color: (index: number) => string, value: (index: number) => string): void {
    if (series !== this.series) this.rebuild(series);
    this.items.forEach((item, i) => {
      write(item.name, names[i]);
      write(item.value, value(i));
      item.mark.dataset.dash = String(dash(i));
      if (item.mark.dataset.color !== color(i)) item.mark.style.color = item.mark.dataset.color = color(i);
    });
  }

  private rebuild(series: readonly HeldSeries[]): void {
    this.series = series;
    this.items = series.map((one) => {
      const button = element('button', 'legend-item');
      button.type = 'button';
      button.title = fullName(one.identity);
      const item: Item = { button, mark: element('i'), name: element('span', 'legend-name'), value: element('b') };
      button.append(item.mark, item.name, item.value);
      button.setAttribute('aria-pressed', String(!this.hidden.has(one.key)));
      button.onclick = (event) => this.toggle(one.key, event.altKey);
      button.ondblclick = () => this.toggle(one.key, true);
      return item;
    });
    this.element.replaceChildren(...this.items.map(({ button }) => button));
  }

  private toggle(key: string, alone: boolean): void {
    if (alone) {
      const others = this.series.filter((one) => one.key !== key);
      const already = others.every((one) => this.hidden.has(one.key));
      this.hidden.clear();
      if (!already) for (const one of others) this.hidden.add(one.key);
    } else if (!this.hidden.delete(key)) this.hidden.add(key);
    this.series.forEach((one, i) => this.items[i].button.setAttribute('aria-pressed', String(!this.hidden.has(one.key))));
    this.changed();
  }
}
