/** Something that is drawn when it changed and can be seen. */
export interface Drawable {
  readonly element: Element;
  /** Draws; returns when it wants to be drawn again without being told (`performance.now()` time), or Infinity. */
  draw(now: number): number;
}

interface Entry {
  readonly drawable: Drawable;
  dirty: boolean;
  visible: boolean;
  wakeAt: number;
  /** Failures in a row; before `retryAt` it is not drawn again. */
  failed: number;
  retryAt: number;
}

const firstRetryMs = 1000;
const lastRetryMs = 30_000;

/** Told when a drawing throws (once until it works again), and with null when it works again. */
export type FailureListener = (drawable: Drawable, error: unknown) => void;

/** The page's one animation frame. Nothing is scheduled while nothing changed. */
export class FrameLoop {
  private readonly entries = new Map<Drawable, Entry>();
  private readonly byElement = new Map<Element, Entry>();
  private readonly sight: IntersectionObserver;
  private frame = 0;
  private timer = 0;
  private timerAt = Infinity;
  private readonly told: FailureListener;
  /** How often a drawing threw. */
  failures = 0;

  constructor(told: FailureListener = () => {}) {
    this.told = told;
    this.sight = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          const entry = this.byElement.get(target);
          if (!entry) continue;
          entry.visible = isIntersecting;
          if (isIntersecting) this.invalidate(entry.drawable);
        }
      },
      { rootMargin: '100px' },
    );
  }

  add(drawable: Drawable): void {
    const entry: Entry = { drawable, dirty: true, visible: false, wakeAt: Infinity, failed: 0, retryAt: -Infinity };
    this.entries.set(drawable, entry);
    this.byElement.set(drawable.element, entry);
    this.sight.observe(drawable.element);
  }

  remove(drawable: Drawable): void {
    this.entries.delete(drawable);
    this.byElement.delete(drawable.element);
    this.sight.unobserve(drawable.element);
  }

  invalidate(drawable: Drawable): void {
    const entry = this.entries.get(drawable);
    if (!entry) return;
    entry.dirty = true;
    if (entry.visible) this.request();
  }

  invalidateAll(): void {
    for (const drawable of this.entries.keys()) this.invalidate(drawable);
  }

  private request(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(this.run);
  }

  private readonly run = (now: number): void => {
    this.frame = 0;
    let wakeAt = Infinity;
    for (const entry of this.entries.values()) {
      if (!entry.visible) continue;
      if ((entry.dirty || entry.wakeAt <= now) && entry.retryAt <= now) this.draw(entry, now);
      if (entry.wakeAt < wakeAt) wakeAt = entry.wakeAt;
    }
    if (wakeAt < Infinity) this.wake(wakeAt, now);
  };

  /** One widget that cannot draw must not keep the others from it. */
  private draw(entry: Entry, now: number): void {
    entry.dirty = false;
    try {
      entry.wakeAt = entry.drawable.draw(now);
      if (entry.failed === 0) return;
      entry.failed = 0;
      this.told(entry.drawable, null);
    } catch (error) {
      this.failures++;
      entry.retryAt = entry.wakeAt = now + Math.min(lastRetryMs, firstRetryMs * 2 ** entry.failed);
      if (entry.failed++ === 0) this.told(entry.drawable, error);
    }
  }

  private wake(at: number, now: number): void {
    if (this.timer !== 0 && this.timerAt <= at) return;
    clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.request();
    }, Math.max(0, at - now));
  }
}
