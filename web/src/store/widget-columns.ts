import type { PointsMessage, ViewMessage } from '../connection/messages.ts';
import { snapshotFlag, type ColumnsBlock } from '../wire/block.ts';
import { ColumnsView } from './columns-view.ts';

/** How long the old picture stays, stretched, when the answer to a new range holds nothing. */
const emptyAnswerMs = 250;

/**
 * What one widget shows. A view of another column width or stretch is gathered beside the one on the screen and takes its place with its first
 * columns, so that a zoom never blinks. A view like the one on the screen continues it: a restarted server adds to what is seen.
 */
export class WidgetColumns {
  shown: ColumnsView | null = null;
  sequence = 0;
  /** When data last came, by `performance.now()`; snapshots do not count. */
  arrived = -Infinity;
  answered = false;
  private next: ColumnsView | null = null;
  private viewId = -1;
  private readonly changed: () => void;

  private readonly now: () => number;

  /** `now` tells the server's time, Unix ms. */
  constructor(changed: () => void, now: () => number = () => Infinity) {
    this.changed = changed;
    this.now = now;
  }

  accept(message: ViewMessage, capacity: number): void {
    const current = this.next ?? this.shown;
    this.sequence = message.sequence;
    this.viewId = message.view;
    this.answered = true;
    if (current && continues(current, message) && current.capacity >= capacity) {
      current.join(message.first ? [...current.identities(message.first), ...message.series] : message.series);
      this.changed();
      return;
    }
    const view = new ColumnsView(message, capacity, this.now);
    if (!this.shown) {
      this.shown = view;
      this.changed();
      return;
    }
    this.next = view;
    setTimeout(() => {
      if (this.next === view) this.swap();
    }, emptyAnswerMs);
  }

  writeBlock(block: ColumnsBlock, now: number): void {
    if (block.view !== this.viewId) return;
    this.target()?.writeBlock(block);
    this.wrote(block.sequence, (block.flags & snapshotFlag) === 0, now);
  }

  writePoints(message: PointsMessage, now: number): void {
    const view = this.target();
    if (!view) return;
    if (message.from !== undefined) view.clearFrom(message.slot, message.from);
    if (message.type === 'history') view.writeHistory(message.slot, message.data);
    else view.writePoints(message.slot, message.data);
    this.wrote(message.sequence, message.type === 'data', now);
  }

  private wrote(sequence: number, fresh: boolean, now: number): void {
    if (sequence > this.sequence) this.sequence = sequence;
    if (fresh) this.arrived = now;
    if (this.next) this.swap();
    else this.changed();
  }

  private target(): ColumnsView | null {
    return this.next ?? this.shown;
  }

  private swap(): void {
    this.shown = this.next;
    this.next = null;
    this.changed();
  }
}

function continues(view: ColumnsView, message: ViewMessage): boolean {
  return view.step === message.step && view.live === message.live && (message.live || (view.from === message.from && view.to === message.to));
}
