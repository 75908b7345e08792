/** Made from the kinds of widgets in C#; WEIR_ACCEPT=1 makes it anew. */

/** What a widget is and shows: the record that a program writes is the one that the document holds. Immutable: a change is another record with the same id. */
export interface WidgetOptions {
  readonly kind: string;
  /** Name of the widget on its dashboard. Calls such as `Live.Metric(id)` set it. */
  readonly id: string;
  /** What the header says; the id when null. */
  readonly title?: string;
  /** What the question mark beside the title tells. */
  readonly help?: string;
  /** Columns of the grid to take, 1 to 12. */
  readonly span?: number;
  /** File and line of the call that made the widget, such as `Program.cs:12`; null when no program did. Never a path, which would tell where it was built. */
  readonly source?: string;
}

/** What every widget can be told that shows series. */
export interface SeriesWidgetOptions extends WidgetOptions {
  /** What is shown: selectors (a name, a glob such as `system.cpu.*`, either with label matchers as in `{core!="0"}`) or one PromQL expression. A line chart shows its own series besides; other kinds show the series that is sent to when it is empty. */
  readonly queries?: readonly string[];
  /** A unit that Weir scales (`%`, `bytes`, `bytes/s`, `bits/s`, `s`, `ms`, `us`, `ns`, `/s`, `count`) or any text of up to 16 characters. */
  readonly unit?: string;
  /** Shows one point for each stretch of this length, such as `"10s"`, in place of every point sent. */
  readonly window?: string;
  /** How far one `Window` begins after the one before, such as `"1s"`; the windows lie side by side when null. */
  readonly slide?: string;
  /** How the points of a `Window` become one; the average when null. */
  readonly aggregation?: 'sum' | 'avg' | 'min' | 'max' | 'count' | 'rate' | 'first' | 'last' | 'delta' | 'stddev' | 'p50' | 'p90' | 'p95' | 'p99' | 'quantile' | 'distinct';
  /** Which quantile `Quantile` is, 0 to 1: 0.999 for the value that one in a thousand is above. */
  readonly quantile?: number;
}

/** What every widget can be told that shows from where on a value is bad. */
export interface ZonedWidgetOptions extends SeriesWidgetOptions {
  /** Zones of any number, ascending by value, those of `Warning` and `Critical` among them; null for none. */
  readonly thresholds?: readonly ({ readonly severity?: 'warning' | 'critical'; readonly value: number; readonly color?: string })[];
}

/** One value over time: the newest as a number, the rest as a line. */
export interface MetricOptions extends ZonedWidgetOptions {
  readonly kind: 'metric';
  /** A color such as `#3b82f6` or a name of CSS such as `orange`; the next of the palette when null. */
  readonly color?: string;
  /** Points to keep, 1 or more (the newest 1,000 stay in any case); as many as the memory limit allows when null. */
  readonly maxPoints?: number;
  /** Rounds the line between points. */
  readonly smooth?: boolean;
  /** Fills the area under the line. */
  readonly area?: boolean;
  /** Lower end of the y axis; by the data when null. */
  readonly min?: number;
  /** Upper end of the y axis; by the data when null. */
  readonly max?: number;
}

/** One large number, its difference to before and a small line. */
export interface StatOptions extends ZonedWidgetOptions {
  readonly kind: 'stat';
  /** A .NET or d3 number format of up to 32 characters, such as `N1` or `.1f`; by size and unit when null. */
  readonly format?: string;
  /** Shows the difference to before. */
  readonly delta?: boolean;
  /** Whether a rise is good, bad or neither. */
  readonly deltaColor?: 'auto' | 'inverse' | 'off';
  /** Shows a small line under the number. */
  readonly sparkline?: boolean;
}

/** The newest value between two ends. */
export interface GaugeOptions extends ZonedWidgetOptions {
  readonly kind: 'gauge';
  /** Lower end of the scale. */
  readonly min?: number;
  /** Upper end of the scale, above `Min`. */
  readonly max?: number;
  /** What the scale looks like. */
  readonly shape?: 'arc' | 'linear' | 'ring';
}

/** Several series over time. */
export interface LineChartOptions extends ZonedWidgetOptions {
  readonly kind: 'line';
  /** Shows the series by name under the chart. */
  readonly legend?: boolean;
  /** Label whose value names a series in the legend; for series of the chart itself that is their name. */
  readonly legendLabel?: string;
  /** Names the series in the legend by their labels, such as `{{host}}: {{core}}`; `{{__name__}}` is the name of the series. By what tells them apart when null. */
  readonly legendTemplate?: string;
  /** Stacks the series, so that the top line is their sum. */
  readonly stacked?: boolean;
  /** Fills the area under each line. */
  readonly area?: boolean;
  /** Rounds the lines between points. */
  readonly smooth?: boolean;
  /** Marks single points. */
  readonly points?: boolean;
  /** The y axis; by the data when null. */
  readonly axis?: { readonly label?: string; readonly min?: number; readonly max?: number; readonly log?: boolean };
}

/** What every widget can be told that shows rows, lines or text. */
export interface RowsWidgetOptions extends WidgetOptions {
  /** Name of the table whose rows are shown; the widget's own when null. */
  readonly table?: string;
}

/** Rows that change while they are looked at. */
export interface TableOptions extends RowsWidgetOptions {
  readonly kind: 'table';
  /** 1 to 64 columns; those of the first row sent when null. */
  readonly columns?: readonly ({ readonly name: string; readonly type?: 'text' | 'number' | 'datetime' | 'date' | 'badge' | 'bar' | 'link' | 'level'; readonly title?: string; readonly unit?: string; readonly max?: number })[];
  /** Column that identifies a row: a row with a known key takes the place of the old one. Rows are only appended when null. */
  readonly key?: string;
  /** Rows to keep, 1 to 10,000,000; the oldest go first. */
  readonly maxRows?: number;
  /** Lets viewers sort. */
  readonly sortable?: boolean;
  /** Lets viewers filter. */
  readonly filterable?: boolean;
  /** Column to sort by at first; as the rows came when null. */
  readonly sort?: string;
  /** Sorts the largest first. */
  readonly descending?: boolean;
  /** Rows that are visible without scrolling, 1 to 200. */
  readonly rows?: number;
}

/** Lines as they come, the newest last. */
export interface LogOptions extends RowsWidgetOptions {
  readonly kind: 'log';
  /** Lines to keep, 1 to 1,000,000; the oldest go first. */
  readonly maxRows?: number;
  /** Lowest level shown; all when null. */
  readonly level?: 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical';
}

/** Text that can be replaced. */
export interface TextOptions extends RowsWidgetOptions {
  readonly kind: 'text';
  /** How large the text is. */
  readonly style?: 'caption' | 'body' | 'heading' | 'title';
}

/** Markdown that can be replaced. */
export interface MarkdownOptions extends RowsWidgetOptions {
  readonly kind: 'markdown';
  /** How large the text is. */
  readonly style?: 'caption' | 'body' | 'heading' | 'title';
}

export type KnownWidget =
  | MetricOptions
  | StatOptions
  | GaugeOptions
  | LineChartOptions
  | TableOptions
  | LogOptions
  | TextOptions
  | MarkdownOptions;
