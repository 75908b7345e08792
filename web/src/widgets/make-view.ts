import { signal } from '@preact/signals';
import type { KnownWidget, WidgetOptions } from '../dashboard/document.generated.ts';
import { LogView } from '../table/log-view.ts';
import { TableView } from '../table/table-view.ts';
import { ChartView } from './chart-view.ts';
import { GaugeView } from './gauge-view.ts';
import { StatView } from './stat-view.ts';
import { TextView } from './text-view.tsx';
import type { WidgetContext, WidgetView } from './widget-view.ts';

export type MakeView<Options extends WidgetOptions> = (context: WidgetContext<Options>) => WidgetView;

type BuiltIn = { readonly [Kind in KnownWidget['kind']]: MakeView<Extract<KnownWidget, { kind: Kind }>> };

const builtIn: BuiltIn = {
  metric: (context) => new ChartView(context),
  line: (context) => new ChartView(context),
  stat: (context) => new StatView(context),
  gauge: (context) => new GaugeView(context),
  table: (context) => new TableView(context),
  log: (context) => new LogView(context),
  text: (context) => new TextView(context),
  markdown: (context) => new TextView(context),
};

/** What draws each kind. The document says of a widget what kind it is, and so which options it has. */
const views = new Map(Object.entries(builtIn) as [string, MakeView<never>][]);
const joined = signal(0);

/** What draws a kind; undefined while nothing does. Whoever asks in an effect or a component is asked again when a kind joins. */
export function viewOf(kind: string): MakeView<WidgetOptions> | undefined {
  void joined.value;
  return views.get(kind) as MakeView<WidgetOptions> | undefined;
}

/** Throws when the kind has a view. */
export function addView<Options extends WidgetOptions>(kind: string, make: MakeView<Options>): void {
  if (views.has(kind)) throw new Error(`Kind “${kind}” is drawn already${kind in builtIn ? ' by Weir itself; choose another name' : ''}.`);
  views.set(kind, make as MakeView<never>);
  joined.value++;
}
