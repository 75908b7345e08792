import type { Column } from './encode.ts';

/** A made-up series: a value for every instant, at so many points a second. */
export interface Signal {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly perSecond: number;
  value(ms: number): number;
}

/** Repeatable noise in [0, 1): the same instant always has the same value. */
export function noise(ms: number, seed: number): number {
  let x = Math.imul(Math.floor(ms) ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 4_294_967_296;
}

/** Noise that changes slowly: between two instants `every` ms apart it is smooth. */
function drift(ms: number, every: number, seed: number): number {
  const step = Math.floor(ms / every);
  const part = ms / every - step;
  const ease = part * part * (3 - 2 * part);
  return noise(step, seed) * (1 - ease) + noise(step + 1, seed) * ease;
}

function busy(seed: number, base: number, swing: number, rough: number) {
  return (ms: number) => base + swing * (drift(ms, 9000, seed) - 0.5) + 0.4 * swing * (drift(ms, 1700, seed + 1) - 0.5) + rough * (noise(ms, seed + 2) - 0.5);
}

const cores = ['0', '1', '2', '3'].map((core, i): Signal => ({ name: 'system.cpu.core', labels: { core }, perSecond: 10, value: busy(20 + i, 30 + 12 * i, 34, 4) }));

export const signals: readonly Signal[] = [
  { name: 'cpu', perSecond: 10, value: (ms) => Math.min(100, Math.max(0, 62 + 44 * (drift(ms, 11_000, 1) - 0.5) + 16 * (drift(ms, 1300, 2) - 0.5) + 3 * (noise(ms, 3) - 0.5))) },
  { name: 'memory', perSecond: 2, value: (ms) => 6.1e9 + 1.4e9 * drift(ms, 40_000, 5) },
  { name: 'orders', perSecond: 4, value: (ms) => Math.round(420 + 260 * drift(ms, 15_000, 6) + 40 * noise(ms, 7)) },
  { name: 'latency', labels: { quantile: 'p50' }, perSecond: 20, value: busy(8, 18, 9, 5) },
  { name: 'latency', labels: { quantile: 'p95' }, perSecond: 20, value: busy(9, 42, 22, 14) },
  { name: 'latency', labels: { quantile: 'p99' }, perSecond: 20, value: busy(10, 78, 50, 32) },
  { name: 'disk.read', perSecond: 20, value: (ms) => Math.max(0, 3e7 * (drift(ms, 3000, 11) - 0.2) + 8e6 * noise(ms, 12)) },
  { name: 'disk.write', perSecond: 20, value: (ms) => Math.max(0, 2e7 * (drift(ms, 5000, 13) - 0.3) + 4e6 * noise(ms, 14)) },
  { name: 'sparse', perSecond: 0.5, value: (ms) => 40 + 20 * Math.sin(ms / 9000) },
  { name: 'gappy', perSecond: 10, value: (ms) => (Math.floor(ms / 1000) % 20 < 4 ? NaN : 20 + 8 * Math.sin(ms / 2500)) },
  ...cores,
  ...Array.from({ length: 8 }, (_, i): Signal => ({ name: `fast.${i}`, perSecond: 1000, value: busy(40 + i, 50, 50, 18) })),
];

/** The columns of a signal that touch [from, to). */
export function columnsOf(signal: Signal, step: number, from: number, to: number): Column[] {
  const interval = 1000 / signal.perSecond;
  const columns: Column[] = [];
  for (let number = Math.floor(from / step); number * step < to; number++) {
    const begin = Math.ceil((number * step) / interval);
    const end = Math.min(Math.ceil(((number + 1) * step) / interval), Math.ceil(to / interval));
    if (end <= begin) continue;
    const stride = Math.max(1, Math.floor((end - begin) / 12));
    let [first, min, max, last] = [NaN, NaN, NaN, NaN];
    for (let i = begin; i < end; i += stride) {
      const value = signal.value(i * interval);
      if (i === begin) first = value;
      last = value;
      if (!(value >= min)) min = Number.isNaN(value) ? min : value;
      if (!(value <= max)) max = Number.isNaN(value) ? max : value;
    }
    columns.push([number, first, min, max, last]);
  }
  return columns;
}
