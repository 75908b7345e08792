const samplesMax = 12;

/** What time it is at the server, from the times it tells. A message can only arrive late, so the least delayed of the last dozen is believed. */
export class ServerClock {
  private readonly offsets: number[] = [];
  private offset: number;
  private readonly monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now(), wall: () => number = Date.now) {
    this.monotonic = monotonic;
    this.offset = wall() - monotonic();
  }

  /** Server time, Unix milliseconds. */
  now(): number {
    return this.monotonic() + this.offset;
  }

  /** Takes a server time that just arrived; returns by how many milliseconds it was later than the best. */
  learn(time: number): number {
    const offset = time - this.monotonic();
    this.offsets.push(offset);
    if (this.offsets.length > samplesMax) this.offsets.shift();
    this.offset = Math.max(...this.offsets);
    return this.offset - offset;
  }

  /** Another server may have another clock. */
  forget(): void {
    this.offsets.length = 0;
  }
}
