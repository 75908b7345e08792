import { signal } from '@preact/signals';
import { FrameLoop, type Drawable } from '../charts/frame-loop.ts';
import type { DashboardDocument, PointsMessage, ViewMessage, WindowMessage } from '../connection/messages.ts';
import { Session, type Receiver } from '../connection/session.ts';
import { TableWindow } from '../store/table-window.ts';
import { WidgetColumns } from '../store/widget-columns.ts';
import type { ColumnsBlock } from '../wire/block.ts';
import { Viewport } from './viewport.ts';

/** How far beyond the screen columns are kept, as a multiple of its width: panning back a little needs no answer. */
const margin = 2;

/** All that the page holds: the document, what its widgets show, and the connection that feeds them. */
export class Dashboard implements Receiver {
  readonly document = signal<DashboardDocument | null>(null);
  readonly errors = signal<Readonly<Record<string, string>>>({});
  /** Beats twice a second while the page is seen; everything that ages is looked at then. */
  readonly beat = signal(0);
  readonly frames = new FrameLoop((drawable, error) => this.drawn(drawable, error));
  /** State of each chart that is mounted, by widget: a page of which all are stale is not live. */
  readonly states = new Map<string, string>();
  /** What keeps a widget from being drawn, by widget. */
  readonly failures = signal<Readonly<Record<string, string>>>({});
  readonly session: Session;
  readonly viewport: Viewport;
  private readonly columns = new Map<string, WidgetColumns>();
  private readonly tables = new Map<string, TableWindow>();
  private readonly byView = new Map<number, Set<WidgetColumns>>();
  /** What each widget asked for: columns across, and whether the newest value is all it shows. */
  private readonly asked = new Map<string, { readonly columns: number; readonly newest: boolean }>();
  private readonly watchers = new Map<string, Set<() => void>>();

  constructor(options: { dashboard: string | null; transport: string | null }) {
    this.session = new Session(this, options);
    this.viewport = new Viewport(() => this.session.clock.now());
  }

  columnsOf(widget: string): WidgetColumns {
    let held = this.columns.get(widget);
    if (!held) this.columns.set(widget, (held = new WidgetColumns(() => this.changed(widget), () => this.session.clock.now())));
    return held;
  }

  tableOf(widget: string): TableWindow {
    let held = this.tables.get(widget);
    if (!held) this.tables.set(widget, (held = new TableWindow(() => this.changed(widget))));
    return held;
  }

  watch(widget: string, changed: () => void): () => void {
    let watchers = this.watchers.get(widget);
    if (!watchers) this.watchers.set(widget, (watchers = new Set()));
    watchers.add(changed);
    return () => watchers.delete(changed);
  }

  /** Asks for the viewport's stretch in as many columns as the widget is pixels wide; of its past for the newest column alone, where a single number is shown. */
  subscribeColumns(widget: string, width: number, newest = false): void {
    const columns = Math.min(8192, Math.max(16, Math.round(width)));
    this.asked.set(widget, { columns, newest });
    const fixed = this.viewport.fixed.peek();
    const stretch = fixed ? { from: fixed.from, to: fixed.to } : { range: this.viewport.range.peek() };
    this.session.subscribe({ widget, ...stretch, width: columns, ...(newest && { newest }) });
  }

  /** The viewport moved: every widget with columns asks again. */
  resubscribeColumns(): void {
    for (const [widget, { columns, newest }] of this.asked) this.subscribeColumns(widget, columns, newest);
  }

  forget(widget: string): void {
    this.asked.delete(widget);
    this.states.delete(widget);
    this.fail(widget, null);
    this.session.unsubscribe(widget);
  }

  dashboard(document: DashboardDocument): void {
    if (JSON.stringify(document) !== JSON.stringify(this.document.peek())) this.document.value = document;
  }

  view(message: ViewMessage): void {
    const held = this.columnsOf(message.widget);
    // Widgets that show the same share a view, and each takes all of its blocks.
    const sharing = this.byView.get(message.view) ?? new Set();
    this.byView.set(message.view, sharing.add(held));
    held.accept(message, margin * (this.asked.get(message.widget)?.columns ?? 600));
    this.clearError(message.widget);
  }

  block(block: ColumnsBlock): void {
    for (const held of this.byView.get(block.view) ?? []) held.writeBlock(block, performance.now());
  }

  points(message: PointsMessage): void {
    this.columns.get(message.widget)?.writePoints(message, performance.now());
  }

  window(message: WindowMessage): void {
    this.tableOf(message.widget).accept(message, performance.now());
    this.clearError(message.widget);
  }

  error(code: string, message: string, widget: string | undefined): void {
    console.warn(`weir: ${code}: ${message}`);
    if (widget) this.errors.value = { ...this.errors.peek(), [widget]: message };
  }

  sequences(): Record<string, number> {
    const found: Record<string, number> = {};
    for (const [widget, held] of this.columns) if (held.answered) found[widget] = held.sequence;
    return found;
  }

  private drawn({ element }: Drawable, error: unknown): void {
    const widget = element.closest<HTMLElement>('[data-widget]')?.dataset.widget;
    if (error !== null) console.error('weir: a widget could not be drawn', widget, error);
    if (widget) this.fail(widget, error === null ? null : `It could not be drawn: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** Says on a widget what is wrong with it; null when it is not any more. */
  fail(widget: string, message: string | null): void {
    const { [widget]: _, ...rest } = this.failures.peek();
    this.failures.value = message === null ? rest : { ...rest, [widget]: message };
  }

  private clearError(widget: string): void {
    if (!(widget in this.errors.peek())) return;
    const { [widget]: _, ...rest } = this.errors.peek();
    this.errors.value = rest;
  }

  private changed(widget: string): void {
    for (const watcher of this.watchers.get(widget) ?? []) watcher();
  }
}
