import { render } from 'preact';
import type { MarkdownOptions, TextOptions } from '../dashboard/document.generated.ts';
import type { TableWindow } from '../store/table-window.ts';
import { markdown, type Block } from './markdown.tsx';
import { element, type WidgetContext, type WidgetView } from './widget-view.ts';

/** `text` and `markdown`. */
export class TextView implements WidgetView {
  readonly element = element('div', 'prose');
  private readonly window: TableWindow;
  private readonly stop: () => void;
  private drawn: string | null = null;
  private readonly context: WidgetContext<TextOptions | MarkdownOptions>;

  constructor(context: WidgetContext<TextOptions | MarkdownOptions>) {
    this.context = context;
    const { dashboard, definition } = context;
    this.window = dashboard.tableOf(definition.id);
    this.element.dataset.style = definition.style ?? 'body';
    this.element.classList.toggle('markdown', definition.kind === 'markdown');
    this.stop = dashboard.watch(definition.id, () => dashboard.frames.invalidate(this));
    dashboard.session.subscribe({ widget: definition.id, offset: 0, count: 1 });
  }

  draw(): number {
    const text = this.text();
    if (text === this.drawn) return Infinity;
    this.drawn = text;
    if (this.context.definition.kind === 'markdown') render(markdown(text ? (JSON.parse(text) as Block[]) : []), this.element);
    else this.element.textContent = text;
    return Infinity;
  }

  freshness(now: number) {
    return { answered: this.window.answered, held: this.window.rows.length > 0, newest: now, interval: Infinity };
  }

  held() {
    return null;
  }

  summary(): string {
    return '';
  }

  destroy(): void {
    this.stop();
    render(null, this.element);
  }

  private text(): string {
    return String(this.window.cell(0, 'text') ?? '');
  }
}
