const firstMs = 250;
const longestMs = 5000;

/** Waits that double from a quarter of a second to five seconds, each drawn from its upper half so that viewers do not return in step. */
export class Backoff {
  private failures = 0;
  private readonly random: () => number;

  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  next(): number {
    const ceiling = Math.min(longestMs, firstMs * 2 ** this.failures++);
    return ceiling * (0.5 + 0.5 * this.random());
  }

  reset(): void {
    this.failures = 0;
  }
}
