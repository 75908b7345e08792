import { secondsOf, timeUnitOf } from './units.ts';

const countMax = 1000;
/** Steps of one or more in the unit that a time is read in; below one they are decimal. */
const timeSteps: Readonly<Record<string, readonly number[]>> = {
  s: [1, 2, 5, 10, 15, 20, 30, 60],
  min: [1, 2, 5, 10, 15, 20, 30, 60, 120],
  h: [1, 2, 3, 6, 12, 24, 48],
};

function decimalStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  // Below the smallest normal number there is nothing to round.
  if (!(power > 0) || !Number.isFinite(atLeast)) return Number.isFinite(atLeast) ? Math.max(atLeast, Number.MIN_VALUE) : Number.MAX_VALUE / 4;
  const rest = atLeast / power;
  return Math.min(Number.MAX_VALUE / 2, (rest <= 1.000001 ? 1 : rest <= 2.000001 ? 2 : rest <= 5.000001 ? 5 : 10) * power);
}

/**
 * The roundest distance of at least `atLeast`: 1, 2 or 5 times a power of ten, or of two for bytes; for times a round part of the unit that
 * `like`, the largest value of the axis, is read in.
 */
export function niceStep(atLeast: number, unit = '', like = atLeast): number {
  if ((unit === 'bytes' || unit === 'bytes/s') && atLeast >= 1) {
    const group = 1024 ** Math.max(0, Math.floor(Math.log(atLeast) / Math.log(1024)));
    const rest = atLeast / group;
    if (rest <= 1) return group;
    return rest > 500 ? 1024 * group : rest >= 100 ? 2 ** Math.ceil(Math.log2(rest)) * group : decimalStep(rest) * group;
  }
  const seconds = secondsOf[unit];
  if (seconds !== undefined) {
    const [shown, size] = timeUnitOf(like * seconds);
    const inShown = (atLeast * seconds) / size;
    const step = inShown > 0.5 ? (timeSteps[shown]?.find((one) => one >= inShown - 1e-9) ?? decimalStep(inShown)) : decimalStep(inShown);
    return (step * size) / seconds;
  }
  return decimalStep(atLeast);
}

export function ticks(min: number, max: number, step: number): number[] {
  const found: number[] = [];
  // Adding zero turns -0, which would be written with a sign, into 0.
  const first = Math.ceil(min / step - 1e-9) + 0;
  for (let k = 0; k < countMax; k++) {
    const tick = (first + k) * step;
    if (!(tick <= max + step * 1e-9) || !Number.isFinite(tick) || (k > 0 && tick === found[k - 1])) break;
    found.push(tick);
  }
  return found;
}

const dayInSeconds = 86_400;
const timeMarks = [1, 10, 60, 600, 3600, 36_000, dayInSeconds];

/** Powers of ten, with 2 and 5 between them where there is room; powers of two for bytes, round times for times. */
export function logTicks(min: number, max: number, room: number, unit = ''): number[] {
  const inside = (tick: number) => tick >= min * 0.999999 && tick <= max * 1.000001;
  const everyFew = (all: number[]) => {
    const stride = Math.max(1, Math.ceil(all.length / (room + 1)));
    return all.filter((_, i) => i % stride === 0);
  };
  if (unit in secondsOf) {
    const marks = [...timeMarks];
    for (let tick = 10 * dayInSeconds; tick <= max * secondsOf[unit] && marks.length < 400; tick *= 10) marks.push(tick);
    for (let power = -1; 10 ** power >= min * secondsOf[unit] * 0.999999 && power > -330; power--) marks.unshift(10 ** power);
    return everyFew(marks.map((mark) => mark / secondsOf[unit]).filter(inside));
  }
  if (unit === 'bytes' || unit === 'bytes/s') {
    const all: number[] = [];
    for (let power = Math.floor(Math.log2(min)); power <= Math.ceil(Math.log2(max)); power++) if (inside(2 ** power)) all.push(2 ** power);
    const tens = all.filter((tick) => Math.round(Math.log2(tick)) % 10 === 0);
    return tens.length >= 3 ? everyFew(tens) : everyFew(all);
  }
  const found: number[] = [];
  const decades = Math.log10(max) - Math.log10(min);
  const factors = decades * 3 <= room ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / room));
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power += stride)
    for (const factor of factors) {
      const tick = Number(`${factor}e${power}`);
      if (inside(tick)) found.push(tick);
    }
  return found;
}
