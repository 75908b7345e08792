/** Raw points of eight charts over a WebSocket, held in sliding windows of one minute that are handed out without copying. */
export const chartCount = 8;
const spanMs = 60_000;

/**
 * A typed array twice as long as the window: points are added at the end, and the window moves back to the begin when the end is reached.
 * `stride` is the number of values a point takes.
 */
export class SlidingWindow {
  constructor(stride) {
    this.stride = stride;
    this.values = new Float64Array(2 * 70_000 * stride);
    this.begin = 0;
    this.end = 0;
  }

  push(first, second) {
    if ((this.end + 1) * this.stride > this.values.length) {
      this.values.copyWithin(0, this.begin * this.stride, this.end * this.stride);
      this.end -= this.begin;
      this.begin = 0;
    }
    const at = this.end++ * this.stride;
    this.values[at] = first;
    if (this.stride === 2) this.values[at + 1] = second;
  }

  get view() {
    return this.values.subarray(this.begin * this.stride, this.end * this.stride);
  }
}

/** Calls `take(times, values)` for each message, `values` chart by chart, and `draw()` at most once a frame. */
export function listen(take, draw) {
  let pending = false;
  const socket = new WebSocket(`ws://${location.host}/feed`);
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data }) => {
    const all = new Float64Array(data);
    const count = all[0];
    const values = [];
    for (let chart = 0; chart < chartCount; chart++) values.push(all.subarray(1 + count * (1 + chart), 1 + count * (2 + chart)));
    take(all.subarray(1, 1 + count), values);
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      draw();
    });
  };
}

/** How many of the first points have left the minute. */
export function leaving(times, stride = 1) {
  const limit = times[times.length - stride] - spanMs;
  let left = 0;
  while (times[left * stride] <= limit) left++;
  return left;
}

export const hosts = () =>
  Array.from({ length: chartCount }, () => document.getElementById('charts').appendChild(document.createElement('div')));
