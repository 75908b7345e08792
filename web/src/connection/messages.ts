import type { WidgetOptions } from '../dashboard/document.generated.ts';

/** What travels as JSON; docs/protocol.md is the text of it. */
export type JsonValue = number | string | null;
export type JsonPoint = readonly [time: number, value: JsonValue];

export interface LayoutNode {
  readonly type: string;
  readonly widget?: string;
  readonly title?: string;
  readonly weights?: readonly number[];
  readonly expanded?: boolean;
  readonly children?: readonly LayoutNode[];
}

export interface PageDefinition {
  readonly id: string;
  readonly title?: string;
  readonly root: LayoutNode;
}

export interface DashboardDocument {
  readonly schema: number;
  readonly id: string;
  readonly title?: string;
  readonly theme?: 'auto' | 'dark' | 'light';
  readonly logo?: string;
  readonly range?: number;
  readonly version?: number;
  readonly pages: readonly PageDefinition[];
  readonly widgets: Readonly<Record<string, WidgetOptions>>;
}

export interface SeriesIdentity {
  readonly slot: number;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ViewMessage {
  readonly type: 'view';
  readonly widget: string;
  readonly view: number;
  readonly step: number;
  readonly live: boolean;
  readonly from: number | null;
  readonly to: number | null;
  readonly sequence: number;
  readonly resumed: boolean;
  /** Slot of the first series named here; those before it were named in messages before. */
  readonly first?: number;
  readonly total?: number;
  /** Series that match and are left out, since a view holds no more. */
  readonly leftOut?: number;
  readonly series: readonly SeriesIdentity[];
}

export interface PointsMessage {
  readonly type: 'history' | 'data';
  readonly widget: string;
  readonly series: string;
  readonly slot: number;
  readonly sequence: number;
  readonly from?: number;
  readonly data: readonly JsonPoint[];
}

export interface TableColumn {
  readonly name: string;
  readonly title?: string;
  readonly type: string;
  readonly unit?: string;
  readonly max?: number;
  readonly colors?: Readonly<Record<string, string>>;
}

export interface WindowMessage {
  readonly type: 'window';
  readonly widget: string;
  readonly version: number;
  readonly offset: number;
  readonly total: number;
  readonly sort?: string;
  readonly descending?: boolean;
  readonly columns?: readonly TableColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface HelloMessage {
  readonly type: 'hello';
  readonly protocol: number;
  readonly server: string;
  readonly epoch: string;
  readonly time: number;
  readonly heartbeat: number;
  /** Null when it is larger than a message: then it is at `document`. */
  readonly dashboard: DashboardDocument | null;
  readonly document?: string;
}

/** Points that were sent and did not reach a series since the server began, by what took them. */
export interface Losses {
  readonly overwritten: number;
  readonly full: number;
  readonly late: number;
  readonly ahead: number;
}

/** What a page tells of losses: points that no longer are, by reason, and how often this page was given the newest in place of everything. */
export interface LossTotals {
  readonly lost: number;
  readonly late: number;
  readonly ahead: number;
  readonly conflated: number;
}

export interface ErrorMessage {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  readonly widget?: string;
  readonly retryAfter?: number;
}

export type ServerMessage =
  | HelloMessage
  | { readonly type: 'dashboard'; readonly dashboard: DashboardDocument | null; readonly document?: string }
  | ViewMessage
  | PointsMessage
  | WindowMessage
  | { readonly type: 'heartbeat'; readonly time: number; readonly lost?: Losses; readonly conflated?: number }
  | ErrorMessage
  | { readonly type: 'bye'; readonly code: number; readonly reason: string; readonly reconnect: boolean };

export type Subscription =
  | { readonly widget: string; readonly range: number; readonly width: number; readonly newest?: boolean }
  | { readonly widget: string; readonly from: number; readonly to: number; readonly width: number; readonly newest?: boolean }
  | { readonly widget: string; readonly offset: number; readonly count: number; readonly sort?: string; readonly descending?: boolean; readonly filter?: string };

/** A subscription on its way: with the sequence to resume from. */
export type SentSubscription = Subscription & { readonly sequence?: number };

export type ViewerMessage =
  | { readonly type: 'subscribe'; readonly views: readonly SentSubscription[]; readonly epoch?: string }
  | { readonly type: 'unsubscribe'; readonly widgets: readonly string[] }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' };
