/** A steadily refilled number of messages, kept a little under what the server allows so that it never has to refuse. */
export class Allowance {
  private level: number;
  private at: number;
  private readonly capacity: number;
  private readonly perMs: number;

  constructor(now: number, capacity = 60, perMinute = 80) {
    this.capacity = capacity;
    this.perMs = perMinute / 60_000;
    this.level = capacity;
    this.at = now;
  }

  /** Milliseconds until a message may be sent; 0 takes it. */
  take(now: number): number {
    this.level = Math.min(this.capacity, this.level + (now - this.at) * this.perMs);
    this.at = now;
    if (this.level < 1) return Math.ceil((1 - this.level) / this.perMs);
    this.level--;
    return 0;
  }

  /** Nothing for so long: the server said so. */
  hold(now: number, retryAfter: number): void {
    this.level = 1 - retryAfter * this.perMs;
    this.at = now;
  }
}
