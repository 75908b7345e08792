import type { TableWindow } from '../store/table-window.ts';

/** The rows to show: the newest, or while the page is paused those of that moment, whatever comes. */
export class PausedWindow {
  private held: TableWindow | null = null;
  private readonly live: TableWindow;
  private readonly isPaused: () => boolean;

  constructor(live: TableWindow, isPaused: () => boolean) {
    this.live = live;
    this.isPaused = isPaused;
  }

  get shown(): TableWindow {
    if (!this.isPaused()) {
      this.held = null;
      return this.live;
    }
    // A page that was opened paused takes the first rows that come.
    if (!this.held?.answered) this.held = this.live.copy();
    return this.held;
  }
}
