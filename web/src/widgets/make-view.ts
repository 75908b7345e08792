import { LogView } from '../table/log-view.ts';
import { TableView } from '../table/table-view.ts';
import { ChartView } from './chart-view.ts';
import { GaugeView } from './gauge-view.ts';
import { StatView } from './stat-view.ts';
import { TextView } from './text-view.tsx';
import type { WidgetContext, WidgetView } from './widget-view.ts';

type MakeView = new (context: WidgetContext) => WidgetView;

/** What draws each kind of widget; a server newer than this page may know more. */
export const viewOf: Readonly<Record<string, MakeView | undefined>> = {
  metric: ChartView,
  line: ChartView,
  stat: StatView,
  gauge: GaugeView,
  table: TableView,
  log: LogView,
  text: TextView,
  markdown: TextView,
};
