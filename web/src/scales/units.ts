import { exponential, fixed, numberFormat } from './number-format.ts';

const decimal = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const small = ['', 'm', 'µ', 'n', 'p'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
/** Numbers below this are written in full: nobody wants 1.23k of 1,234. */
const inFull = 100_000;
/** Beyond these a number has no prefix left and is written with a power of ten. */
const largestScaled = 1e15;
const smallestScaled = 1e-12;
/** How many seconds a unit of time is. */
export const secondsOf: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };
const shownUnits: Readonly<Record<string, string>> = { count: '', us: 'µs', bytes: 'B', 'bytes/s': 'B/s', 'bits/s': 'bit/s' };

/** A number with its unit, in two parts so that the unit can be set smaller. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** A number in the unit that it is shown in, and how many decimals it takes; -1 when it takes a power of ten. */
interface Measure {
  readonly number: number;
  readonly digits: number;
  readonly unit: string;
}

function textOf({ number, digits }: Measure): string {
  return digits < 0 ? exponential(number, -digits - 1) : fixed(number, digits);
}

/** Decimals that make steps of `precision` tell apart; without one, three or four significant digits. */
function digitsFor(value: number, precision: number | undefined): number {
  if (precision !== undefined) {
    let digits = precision > 0 && precision < 1 ? Math.min(9, Math.floor(-Math.log10(precision) + 1e-9)) : 0;
    // A quarter takes two digits, not one.
    while (digits < 9 && Math.abs(precision * 10 ** digits - Math.round(precision * 10 ** digits)) > 1e-6 * precision * 10 ** digits) digits++;
    return digits;
  }
  const size = Math.abs(value);
  if (Number.isInteger(value)) return 0;
  return size >= 99.95 ? (size < 9999.95 && Math.round(size * 10) % 10 !== 0 ? 1 : 0) : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
}

/** The measure, or a power of ten where no prefix reaches. */
function measured(number: number, precision: number | undefined, unit: string, like = number): Measure {
  const size = Math.max(Math.abs(like), Math.abs(number));
  if (size !== 0 && (size >= largestScaled || (size < 5e-4 && (precision === undefined || precision < 1e-9)))) {
    const digits = precision === undefined || number === 0 ? (precision === undefined ? 2 : 0) : Math.min(15, Math.max(0, powerOf(number) - powerOf(precision)));
    return { number, digits: number === 0 ? 0 : -digits - 1, unit };
  }
  return { number, digits: digitsFor(number, precision), unit };
}

function powerOf(value: number): number {
  return Number(value.toExponential(9).split('e')[1]);
}

function scaled(value: number, base: number, names: readonly string[], precision: number | undefined, like = value, full = base - 0.05): Measure {
  if (Math.abs(like) >= largestScaled * base ** 2) return measured(value, precision, names[0], like);
  let power = 0;
  let rest = Math.abs(like);
  // 999.95 would be written as 1,000 with one digit.
  if (rest >= full)
    while (rest >= base - 0.05 && power < names.length - 1) {
      rest /= base;
      power++;
    }
  const number = value / base ** power;
  const step = precision === undefined ? undefined : precision / base ** power;
  // What was scaled keeps its decimals, so that a value does not change its width as it passes a whole number.
  if (power > 0 && step === undefined && Math.abs(number) < 99.95) return { number, digits: Math.abs(number) < 9.995 ? 2 : 1, unit: names[power] };
  return measured(number, step, names[power], like / base ** power);
}

/** The unit in which a time of so many seconds is read. */
export function timeUnitOf(seconds: number): readonly [unit: string, seconds: number] {
  const size = Math.abs(seconds);
  return size < 1e-6 ? ['ns', 1e-9] : size < 1e-3 ? ['µs', 1e-6] : size < 1 ? ['ms', 1e-3] : size < 120 ? ['s', 1] : size < 7200 ? ['min', 60] : size < 172_800 ? ['h', 3600] : ['d', 86_400];
}

function measure(value: number, unit: string, precision?: number, like = value): Measure {
  if (unit in secondsOf) {
    const inSeconds = secondsOf[unit];
    if (like === 0) return { number: 0, digits: 0, unit: shownUnits[unit] ?? unit };
    const [shown, seconds] = timeUnitOf(like * inSeconds);
    const factor = inSeconds === seconds ? 1 : inSeconds / seconds;
    return measured(value * factor, precision === undefined ? undefined : precision * factor, shown, like * factor);
  }
  if (unit === '%') return measured(value, precision, unit, like);
  if (unit === 'bytes') return scaled(value, 1024, binary, precision, like);
  if (unit === 'bytes/s') {
    const made = scaled(value, 1024, binary, precision, like);
    return { ...made, unit: `${made.unit}/s` };
  }
  const size = Math.abs(like);
  if (size > 0 && size < 1e-3 && size >= smallestScaled && (precision === undefined || precision < 1e-3)) {
    const power = Math.min(small.length - 1, Math.ceil(-Math.log10(size) / 3));
    const factor = 1000 ** power;
    return { ...measured(value * factor, precision && precision * factor, '', like * factor), unit: join(small[power], unit) };
  }
  const made = scaled(value, 1000, decimal, precision, like, unit === 'bits/s' ? undefined : inFull - 0.5);
  return { ...made, unit: join(made.unit, unit) };
}

function join(prefix: string, unit: string): string {
  if (unit === 'bits/s') return `${prefix}bit/s`;
  if (unit === '/s') return `${prefix}/s`;
  return unit === '' || unit === 'count' ? prefix : prefix === '' ? unit : `${prefix} ${unit}`;
}

function notFinite(value: number): Quantity | null {
  if (Number.isNaN(value)) return { value: '–', unit: '' };
  return Number.isFinite(value) ? null : { value: value > 0 ? '∞' : '−∞', unit: '' };
}

/**
 * `precision` is the difference that must stay visible, in the unit of the value: an axis gives its tick distance. `like` is the value
 * whose prefix is taken, so that all ticks of an axis have the same.
 */
export function quantity(value: number, unit = '', precision?: number, like?: number): Quantity {
  const special = notFinite(value);
  if (special) return special;
  const made = measure(value, unit, precision, like);
  return { value: textOf(made), unit: made.unit };
}

/** A quantity in a format of the document's; the unit stands behind it as it is. Without a format, or with one that is none, as `quantity`. */
export function formattedQuantity(value: number, unit = '', format?: string): Quantity {
  const special = notFinite(value);
  if (special) return special;
  const made = format ? numberFormat(format) : null;
  if (!made) return quantity(value, unit);
  const { value: text, unit: own } = made(value);
  // A currency is written with its own sign, which is the unit.
  const shown = shownUnits[unit] ?? unit;
  return { value: shown !== '' ? text.replace('¤', '') : text, unit: own === '%' ? '%' : shown };
}

export function joined({ value, unit }: Quantity): string {
  return unit === '' ? value : unit === '%' || /^[kMGTPEmµnp]$/.test(unit) ? value + unit : `${value}\u202f${unit}`;
}

export function quantityText(value: number, unit = '', precision?: number, like?: number): string {
  if (like !== undefined && value === 0 && unit !== '%') return '0';
  return joined(quantity(value, unit, precision, like));
}

/** Texts of several values, of which those in one unit have the same decimals: their points lie below each other. */
export function alignedTexts(values: readonly number[], unit = '', decimalsMax = 3): string[] {
  const made = values.map((value) => (Number.isFinite(value) ? measure(value, unit) : null));
  const digits = new Map<string, number>();
  for (const one of made) if (one) digits.set(one.unit, Math.max(digits.get(one.unit) ?? 0, Math.min(decimalsMax, one.digits)));
  return values.map((value, i) => {
    const one = made[i];
    if (!one) return joined(notFinite(value)!);
    return joined({ value: textOf(one.digits < 0 ? one : { ...one, digits: digits.get(one.unit)! }), unit: one.unit });
  });
}

/** As `quantityText`, with the decimals that six significant digits take: for reading one value off. */
export function exactText(value: number, unit = ''): string {
  const special = notFinite(value);
  if (special) return joined(special);
  const made = measure(value, unit);
  if (made.digits < 0 || made.number === 0) return joined({ value: textOf(made), unit: made.unit });
  const most = Math.max(0, 5 - Math.max(0, powerOf(made.number)));
  let digits = made.digits;
  while (digits < most && Number(made.number.toFixed(digits)) !== made.number) digits++;
  return joined({ value: fixed(made.number, digits), unit: made.unit });
}
