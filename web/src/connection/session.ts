import { signal } from '@preact/signals';
import { columnsKind } from '../wire/block.ts';
import { decodeMessage } from '../wire/decode.ts';
import { Allowance } from './allowance.ts';
import { Backoff } from './backoff.ts';
import type { PointsMessage, SentSubscription, ServerMessage, LossTotals, Subscription, ViewerMessage, ViewMessage, WindowMessage, DashboardDocument } from './messages.ts';
import type { ColumnsBlock } from '../wire/block.ts';
import { partsThatFit } from './parts.ts';
import { ServerClock } from './server-clock.ts';
import { address, openEventSource, openWebSocket, type Transport } from './transport.ts';

export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'behind' | 'disconnected';

/** Where a session puts what it receives. */
export interface Receiver {
  dashboard(document: DashboardDocument): void;
  view(message: ViewMessage): void;
  block(block: ColumnsBlock): void;
  points(message: PointsMessage): void;
  window(message: WindowMessage): void;
  error(code: string, message: string, widget: string | undefined): void;
  /** Sequence numbers by widget, to resume from. */
  sequences(): Record<string, number>;
}

const subscribeDelayMs = 100;
const failuresUntilEvents = 2;
/** After so many failures in a row "reconnecting" would be a euphemism. */
const failuresUntilDisconnected = 4;
const behindMs = 2000;
const documentRetryMs = 2000;

/** The page's one connection: opens, resumes, reopens, and says in one message all that the page wants. */
export class Session {
  readonly state = signal<ConnectionState>('connecting');
  readonly behind = signal(0);
  /** Points lost since the server began, and times this page got a catch-up in place of frames. */
  readonly losses = signal<LossTotals>({ lost: 0, late: 0, ahead: 0, conflated: 0 });
  readonly transportKind = signal<'ws' | 'sse'>('ws');
  readonly clock = new ServerClock();
  private transport: Transport | null = null;
  private readonly wanted = new Map<string, Subscription>();
  private readonly unsent = new Set<string>();
  private readonly unwanted = new Set<string>();
  /** Messages that wait until the server takes more. */
  private outbox: ViewerMessage[] = [];
  private readonly backoff = new Backoff();
  private readonly allowance = new Allowance(performance.now());
  private epoch: string | null = null;
  private greeted = false;
  private everOpened = false;
  private failures = 0;
  private paused = false;
  private heartbeatMs = 5000;
  private watchdog = 0;
  private flushTimer = 0;
  private documentWanted: symbol | null = null;
  private reopenAfter: number | null = null;
  private readonly dashboard: string | null;
  private readonly receiver: Receiver;

  constructor(receiver: Receiver, options: { dashboard: string | null; transport: string | null }) {
    this.receiver = receiver;
    this.dashboard = options.dashboard;
    if (options.transport === 'sse') this.transportKind.value = 'sse';
  }

  open(): void {
    this.greeted = false;
    this.outbox = [];
    let over = false;
    const events = {
      opened: () => {
        this.everOpened = true;
        this.watch();
      },
      message: (message: ServerMessage) => {
        this.watch();
        this.accept(message);
      },
      binary: (message: ArrayBuffer) => {
        this.watch();
        for (const block of decodeMessage(message)) if (block.kind === columnsKind) this.receiver.block(block);
      },
      closed: (code: number) => {
        if (!over) this.closed(code);
        over = true;
      },
    };
    this.transport = this.transportKind.value === 'sse' ? openEventSource(this.dashboard, events) : openWebSocket(this.dashboard, events);
  }

  subscribe(subscription: Subscription): void {
    const before = this.wanted.get(subscription.widget);
    if (before && JSON.stringify(before) === JSON.stringify(subscription)) return;
    this.wanted.set(subscription.widget, subscription);
    this.unsent.add(subscription.widget);
    this.unwanted.delete(subscription.widget);
    this.flushSoon(subscribeDelayMs);
  }

  unsubscribe(widget: string): void {
    if (!this.wanted.delete(widget)) return;
    this.unsent.delete(widget);
    this.unwanted.add(widget);
    this.flushSoon(subscribeDelayMs);
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    if (this.greeted) this.send({ type: 'pause' });
    this.watch();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    if (!this.greeted) return;
    this.watch();
    if (this.transportKind.value === 'sse') this.resubscribe();
    else this.send({ type: 'resume' });
  }

  private accept(message: ServerMessage): void {
    switch (message.type) {
      case 'hello': {
        const first = !this.greeted;
        if (this.epoch !== message.epoch) this.clock.forget();
        const resumable = this.epoch === message.epoch;
        this.clock.learn(message.time);
        this.epoch = message.epoch;
        this.heartbeatMs = message.heartbeat;
        this.greeted = true;
        this.failures = 0;
        this.backoff.reset();
        this.state.value = 'live';
        this.acceptDocument(message.dashboard, message.document);
        if (first) this.resubscribe(resumable);
        break;
      }
      case 'heartbeat': {
        const { lost, conflated = 0 } = message;
        const losses = { lost: (lost?.overwritten ?? 0) + (lost?.full ?? 0), late: lost?.late ?? 0, ahead: lost?.ahead ?? 0, conflated };
        if (JSON.stringify(losses) !== JSON.stringify(this.losses.peek())) this.losses.value = losses;
        const late = this.clock.learn(message.time);
        this.behind.value = late > behindMs ? late : 0;
        this.state.value = late > behindMs ? 'behind' : 'live';
        break;
      }
      case 'dashboard': this.acceptDocument(message.dashboard, message.document); break;
      case 'view': this.receiver.view(message); break;
      case 'history':
      case 'data': this.receiver.points(message); break;
      case 'window': this.receiver.window(message); break;
      case 'error':
        if (message.code === 'rate-limited') this.limited(message.retryAfter ?? 1000);
        else this.receiver.error(message.code, message.message, message.widget);
        break;
      case 'bye':
        this.reopenAfter = message.reconnect ? (message.code === 4004 ? 60_000 : null) : Infinity;
        break;
    }
  }

  /** A document larger than a message is fetched; what is shown meanwhile stays. */
  private acceptDocument(document: DashboardDocument | null, path: string | undefined): void {
    if (document) return this.receiver.dashboard(document);
    if (!path) return;
    const wanted = (this.documentWanted = Symbol(path));
    fetch(address(path, null))
      .then((answer) => (answer.ok ? (answer.json() as Promise<DashboardDocument>) : Promise.reject(new Error(`${answer.status}`))))
      .then(
        (found) => {
          if (wanted === this.documentWanted) this.receiver.dashboard(found);
        },
        (reason: unknown) => {
          console.warn(`weir: the dashboard at ${path} could not be read: ${String(reason)}`);
          if (wanted === this.documentWanted) window.setTimeout(() => this.acceptDocument(null, path), documentRetryMs);
        },
      );
  }

  /** What was sent last was not acted upon: all of it goes again, later. */
  private limited(retryAfter: number): void {
    this.allowance.hold(performance.now(), retryAfter);
    for (const widget of this.wanted.keys()) this.unsent.add(widget);
    this.flushSoon(retryAfter);
  }

  private resubscribe(resumable = true): void {
    for (const widget of this.wanted.keys()) this.unsent.add(widget);
    this.unwanted.clear();
    this.flush(resumable ? this.epoch : null);
    if (this.paused) this.send({ type: 'pause' });
  }

  private flushSoon(delay: number): void {
    clearTimeout(this.flushTimer);
    this.flushTimer = window.setTimeout(() => this.flush(), delay);
  }

  /** Says all that changed, in as many messages as it takes; what the allowance does not let pass yet waits its turn. */
  private flush(resumeIn: string | null = null): void {
    clearTimeout(this.flushTimer);
    if (!this.greeted) return;
    if (this.transportKind.value === 'sse') this.outbox = [];
    for (const widgets of partsThatFit([...this.unwanted])) this.outbox.push({ type: 'unsubscribe', widgets });
    this.unwanted.clear();
    const sequences = resumeIn ? this.receiver.sequences() : {};
    const views = [...this.unsent].map((widget): SentSubscription => {
      const sequence = sequences[widget];
      return sequence === undefined ? this.wanted.get(widget)! : { ...this.wanted.get(widget)!, sequence };
    });
    this.unsent.clear();
    // A stream of events is opened anew for each subscription, and so says all of it at once.
    const parts = this.transportKind.value === 'sse' ? (views.length > 0 ? [views] : []) : partsThatFit(views);
    for (const part of parts) this.outbox.push({ type: 'subscribe', views: part, ...(resumeIn && { epoch: resumeIn }) });
    while (this.outbox.length > 0) {
      const wait = this.allowance.take(performance.now());
      if (wait > 0) return this.flushSoon(wait);
      this.transport?.send(this.outbox.shift()!);
    }
  }

  private send(message: ViewerMessage): void {
    this.allowance.take(performance.now());
    this.transport?.send(message);
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    // A paused stream of events is closed and says nothing until it is asked for again.
    if (this.paused && this.transportKind.value === 'sse') return;
    this.watchdog = window.setTimeout(() => this.transport?.close(), 3 * this.heartbeatMs);
  }

  private closed(code: number): void {
    clearTimeout(this.watchdog);
    const greeted = this.greeted;
    this.greeted = false;
    this.transport = null;
    this.failures++;
    const after = code === 4000 || code === 4001 ? Infinity : code === 4004 ? 60_000 : this.reopenAfter;
    this.reopenAfter = null;
    if (after === Infinity) {
      this.state.value = 'disconnected';
      return;
    }
    this.state.value = !greeted && this.failures >= failuresUntilDisconnected ? 'disconnected' : 'reconnecting';
    window.setTimeout(() => void this.reopen(), after ?? this.backoff.next());
  }

  private async reopen(): Promise<void> {
    // A proxy that answers pages but refuses upgrades will go on refusing; events pass where pages pass.
    if (!this.everOpened && this.failures >= failuresUntilEvents && this.transportKind.value === 'ws') {
      const answered = await fetch(address('.', null), { method: 'HEAD' }).then(({ ok }) => ok, () => false);
      if (answered) this.transportKind.value = 'sse';
    }
    this.open();
  }
}
