import type { DashboardDocument, LayoutNode } from '../src/connection/messages.ts';
import type { KnownWidget, LineChartOptions, WidgetOptions } from '../src/dashboard/document.generated.ts';

const widget = (id: string): LayoutNode => ({ type: 'widget', widget: id });

function documentOf(id: string, title: string, widgets: readonly WidgetOptions[], pages: DashboardDocument['pages']): DashboardDocument {
  return { schema: 1, id, title, theme: 'auto', range: 60_000, version: 1, pages, widgets: Object.fromEntries(widgets.map((one) => [one.id, one])) };
}

const thresholds = [{ value: 80, severity: 'warning' as const }, { value: 95, severity: 'critical' as const }];

const widgets: readonly KnownWidget[] = [
  { id: 'orders', kind: 'stat', title: 'Orders', unit: '/s', queries: ['orders'] },
  { id: 'memory', kind: 'stat', title: 'Memory', unit: 'bytes', queries: ['memory'], deltaColor: 'inverse' },
  { id: 'load', kind: 'gauge', title: 'Load', unit: '%', queries: ['cpu'], thresholds },
  { id: 'disk-full', kind: 'gauge', title: 'Core 3', unit: '%', queries: ['system.cpu.core{core="3"}'], shape: 'ring', thresholds },
  { id: 'cpu', kind: 'metric', title: 'CPU', unit: '%', queries: ['cpu'], min: 0, max: 100, thresholds },
  { id: 'latency', kind: 'line', title: 'Latency', unit: 'ms', queries: ['latency'], legendLabel: 'quantile' },
  { id: 'disk', kind: 'line', title: 'Disk throughput', unit: 'bytes/s', queries: ['disk.*'], area: true },
  { id: 'cores', kind: 'line', title: 'Cores, stacked', unit: '%', queries: ['system.cpu.core'], stacked: true, legendLabel: 'core' },
  { id: 'processes', kind: 'table', title: 'Processes', table: 'processes', sort: 'cpu', descending: true, rows: 9 },
  { id: 'log', kind: 'log', title: 'Log', table: 'log' },
  { id: 'sparse', kind: 'line', title: 'Backup size', unit: 'count', queries: ['sparse'], points: true },
  { id: 'gappy', kind: 'metric', title: 'Sensor with gaps', unit: '°C', queries: ['gappy'] },
  { id: 'notes', kind: 'markdown', title: 'About', table: 'notes' },
  { id: 'slider', kind: 'gauge', title: 'Queue', unit: '%', queries: ['cpu'], shape: 'linear', thresholds },
  { id: 'nothing', kind: 'metric', title: 'Not sent yet', queries: ['nothing'] },
];

const main = documentOf(
  'main',
  'Checkout',
  [...widgets, { id: 'future', kind: 'hologram', title: 'Hologram' }],
  [
    {
      id: 'overview',
      title: 'Overview',
      root: {
        type: 'grid',
        children: [
          { type: 'row', children: ['orders', 'memory', 'load', 'disk-full'].map(widget) },
          ...['cpu', 'latency', 'disk', 'cores', 'processes', 'log'].map(widget),
        ],
      },
    },
    {
      id: 'more',
      title: 'More',
      root: {
        type: 'grid',
        children: [
          { type: 'columns', weights: [2, 1], children: [{ type: 'column', children: [widget('sparse')] }, { type: 'column', children: [widget('slider'), widget('notes')] }] },
          { type: 'tabs', children: [{ type: 'tab', title: 'Gaps', children: [widget('gappy')] }, { type: 'tab', title: 'Unknown', children: [widget('future')] }] },
          { type: 'expander', title: 'Nothing here', expanded: true, children: [widget('nothing')] },
        ],
      },
    },
  ],
);

const fast = Array.from({ length: 8 }, (_, i): LineChartOptions => ({ id: `fast-${i}`, kind: 'line', title: `Channel ${i}`, queries: [`fast.${i}`], legend: false }));

export const documents: Readonly<Record<string, DashboardDocument>> = {
  main,
  fast: documentOf('fast', 'Eight fast charts', fast, [{ id: 'fast', title: 'Fast', root: { type: 'grid', children: fast.map(({ id }) => widget(id)) } }]),
  empty: documentOf('empty', 'Weir', [], [{ id: 'home', title: 'Home', root: { type: 'grid', children: [] } }]),
};
