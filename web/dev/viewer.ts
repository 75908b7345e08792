import type { DashboardDocument, Subscription, ViewerMessage } from '../src/connection/messages.ts';
import type { RowsWidgetOptions, SeriesWidgetOptions, WidgetOptions } from '../src/dashboard/document.generated.ts';
import { documents } from './documents.ts';
import { encodeColumns, type Column } from './encode.ts';
import { columnsOf, signals, type Signal } from './signals.ts';
import { tables, tableWindow } from './tables.ts';

interface Sink {
  json(message: unknown): void;
  /** Absent for viewers that read JSON only. */
  binary?(message: Buffer): void;
}

interface Feed {
  readonly widget: WidgetOptions;
  readonly view: number;
  readonly step: number;
  readonly signals: readonly Signal[];
  readonly live: boolean;
  sequence: number;
  sentTo: number;
}

const frameMs = 33;
const tableMs = 500;
const heartbeatMs = 5000;
const epoch = Date.now().toString(36);
/** Data started so long ago; before that there is none. */
const begun = Date.now() - 20 * 60_000;

const jsonValue = (value: number) => (Number.isNaN(value) ? null : value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : value);

function matches(selector: string, { name, labels }: Signal): boolean {
  const [, pattern, condition] = /^([^{]*)(?:\{(.*)\})?$/.exec(selector)!;
  if (!new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name)) return false;
  const label = /^(\w+)="(.*)"$/.exec(condition ?? '');
  return !label || labels?.[label[1]] === label[2];
}

/** One viewer of the development feed. */
export class Viewer {
  private readonly document: DashboardDocument;
  private readonly feeds = new Map<string, Feed>();
  private readonly asked = new Map<string, Extract<Subscription, { offset: number }> & { version: number; told: boolean }>();
  private readonly timers: NodeJS.Timeout[] = [];
  private views = 0;
  private paused = false;
  private readonly sink: Sink;

  constructor(sink: Sink, dashboard: string) {
    this.sink = sink;
    this.document = documents[dashboard] ?? documents.main;
    sink.json({ type: 'hello', protocol: 1, server: 'development', epoch, time: this.now(), heartbeat: heartbeatMs, dashboard: this.document });
    this.timers.push(
      setInterval(() => !this.paused && this.sendColumns(), frameMs),
      setInterval(() => !this.paused && this.sendTables(), tableMs),
      setInterval(() => sink.json({ type: 'heartbeat', time: this.now() }), heartbeatMs),
    );
  }

  accept(message: ViewerMessage): void {
    if (message.type === 'pause') this.paused = true;
    else if (message.type === 'resume') this.paused = false;
    else if (message.type === 'unsubscribe')
      for (const widget of message.widgets) {
        this.feeds.delete(widget);
        this.asked.delete(widget);
      }
    else for (const view of message.views) this.subscribe(view);
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private now(): number {
    return performance.timeOrigin + performance.now();
  }

  private subscribe(view: Subscription): void {
    const widget = this.document.widgets[view.widget];
    if (!widget) return this.sink.json({ type: 'error', code: 'unknown-widget', message: `There is no widget '${view.widget}'.`, widget: view.widget });
    if ('offset' in view) {
      this.asked.set(view.widget, { ...view, version: 0, told: false });
      return this.sendTable(view.widget);
    }
    const live = 'range' in view;
    const now = this.now();
    const [from, to] = live ? [now - view.range, now] : [view.from, view.to];
    const step = Math.max(0.001, Math.round(((to - from) / view.width) * 1e6) / 1e6);
    const found = signals.filter((signal) => (widget as SeriesWidgetOptions).queries?.some((selector) => matches(selector, signal)));
    const feed: Feed = { widget, view: ++this.views, step, signals: found, live, sequence: 1, sentTo: Math.min(to, now) };
    this.feeds.set(view.widget, feed);
    this.sink.json({
      type: 'view', widget: view.widget, view: feed.view, step, live, from: live ? null : from, to: live ? null : to, sequence: 1, resumed: false,
      series: found.map(({ name, labels }, slot) => ({ slot, name, labels: labels ?? {} })),
    });
    this.sendFeed(feed, Math.max(begun, from), Math.min(to, now), true);
  }

  private sendColumns(): void {
    const now = this.now();
    for (const feed of this.feeds.values()) {
      if (!feed.live) continue;
      feed.sequence++;
      this.sendFeed(feed, feed.sentTo, now, false);
      feed.sentTo = now;
    }
  }

  private sendFeed(feed: Feed, from: number, to: number, snapshot: boolean): void {
    const columns = feed.signals.map((signal) => {
      const all = columnsOf(signal, feed.step, from, to);
      const interval = 1000 / signal.perSecond;
      // Only what has a point since the last frame; the column it is in goes again as a whole.
      return snapshot ? all : all.filter(([number]) => Math.floor(Math.min(to, (number + 1) * feed.step) / interval) * interval >= Math.max(from, number * feed.step));
    });
    if (this.sink.binary) {
      const parts = columns.map((part, slot) => encodeColumns(feed.view, slot, feed.sequence, feed.step, part, snapshot)).filter(({ length }) => length > 0);
      if (parts.length > 0) this.sink.binary(Buffer.concat(parts));
    } else columns.forEach((part, slot) => this.sendPoints(feed, slot, part, snapshot));
  }

  private sendPoints(feed: Feed, slot: number, columns: readonly Column[], snapshot: boolean): void {
    if (columns.length === 0) return;
    const data = columns.flatMap(([number, first, min, max, last]) =>
      [first, min, max, last].map((value, i) => [(number + (i + 0.5) / 4) * feed.step, jsonValue(value)]),
    );
    this.sink.json({
      type: snapshot ? 'history' : 'data', widget: feed.widget.id, series: feed.signals[slot].name, slot, sequence: feed.sequence,
      ...(!snapshot && { from: columns[0][0] * feed.step }), data,
    });
  }

  private sendTables(): void {
    for (const widget of this.asked.keys()) if (this.document.widgets[widget].kind !== 'markdown') this.sendTable(widget);
  }

  private sendTable(widget: string): void {
    const asked = this.asked.get(widget)!;
    const name = (this.document.widgets[widget] as RowsWidgetOptions | undefined)?.table ?? widget;
    const columns = asked.told ? {} : { columns: tables[name].columns };
    asked.told = true;
    this.sink.json({ type: 'window', widget, version: ++asked.version, sort: asked.sort, descending: asked.descending, ...columns, ...tableWindow(name, this.now(), asked) });
  }
}
