const decimal = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const small = ['', 'm', 'µ', 'n', 'p'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const perSecond: Record<string, string> = { 'bytes/s': 'bytes', 'bits/s': 'bits', '/s': '' };
/** Counts below this are written in full: nobody wants 1.23k of 1,234. */
const countedInFull = 100_000;
const inSeconds: Record<string, number> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/** A number with its unit, in two parts so that the unit can be set smaller. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

const formats = new Map<number, Intl.NumberFormat>();

function plain(value: number, digits: number): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: true });
    formats.set(digits, format);
  }
  const text = format.format(value);
  return text.startsWith('-0') && Number(text) === 0 ? text.slice(1) : text.replace('-', '\u2212');
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
  if (size < 1000 && Number.isInteger(value)) return 0;
  return size >= 99.95 ? (size < 999.95 && Math.round(size * 10) % 10 !== 0 ? 1 : 0) : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
}

function scaled(value: number, base: number, names: readonly string[], precision: number | undefined, like = value): Quantity {
  let power = 0;
  let rest = like;
  // 999.95 would be written as 1,000 with one digit.
  while (Math.abs(rest) >= base - 0.05 && power < names.length - 1) {
    rest /= base;
    power++;
  }
  rest = value / base ** power;
  const step = precision === undefined ? undefined : precision / base ** power;
  // What was scaled keeps its decimals, so that a value does not change its width as it passes a whole number.
  const digits = power > 0 && step === undefined && Math.abs(rest) < 10 ? 2 : power > 0 && step === undefined && Math.abs(rest) < 100 ? 1 : digitsFor(rest, step);
  return { value: plain(rest, digits), unit: names[power] };
}

function duration(seconds: number, precision: number | undefined): Quantity {
  const size = Math.abs(seconds);
  const [factor, unit] =
    size < 1e-6 ? [1e9, 'ns'] : size < 1e-3 ? [1e6, 'µs'] : size < 1 ? [1e3, 'ms'] : size < 120 ? [1, 's'] : size < 7200 ? [1 / 60, 'min'] : size < 172_800 ? [1 / 3600, 'h'] : [1 / 86_400, 'd'];
  const value = seconds * (factor as number);
  return { value: plain(value, digitsFor(value, precision && precision * (factor as number))), unit: unit as string };
}

/**
 * `precision` is the difference that must stay visible, in the unit of the value: an axis gives its tick distance. `like` is the value
 * whose prefix is taken, so that all ticks of an axis have the same.
 */
export function quantity(value: number, unit = '', precision?: number, like?: number): Quantity {
  if (Number.isNaN(value)) return { value: '–', unit: '' };
  if (!Number.isFinite(value)) return { value: value > 0 ? '∞' : '−∞', unit: '' };
  if (unit in inSeconds && value === 0) return { value: '0', unit: unit === 'us' ? 'µs' : unit };
  if (unit in inSeconds) return duration(value * inSeconds[unit], precision && precision * inSeconds[unit]);
  if (unit === '%') return { value: plain(value, digitsFor(value, precision)), unit };
  if (unit === 'bytes') return scaled(value, 1024, binary, precision, like);
  if (unit in perSecond) {
    const { value: text, unit: prefix } = unit === 'bytes/s' ? scaled(value, 1024, binary, precision, like) : scaled(value, 1000, decimal, precision, like);
    return { value: text, unit: unit === 'bits/s' ? `${prefix}bit/s` : `${prefix}/s` };
  }
  const size = Math.abs(value);
  if (unit === 'count' && size < countedInFull) return { value: plain(value, digitsFor(value, precision)), unit: '' };
  if (size > 0 && size < 1e-3 && (precision === undefined || precision < 1e-3)) {
    const power = Math.min(small.length - 1, Math.ceil(-Math.log10(size) / 3));
    return { value: plain(value * 1000 ** power, digitsFor(value * 1000 ** power, precision && precision * 1000 ** power)), unit: join(small[power], unit) };
  }
  const text = scaled(value, 1000, decimal, precision, like);
  return { value: text.value, unit: join(text.unit, unit) };
}

function join(prefix: string, unit: string): string {
  return unit === '' || unit === 'count' ? prefix : prefix === '' ? unit : `${prefix} ${unit}`;
}

export function quantityText(value: number, unit = '', precision?: number, like?: number): string {
  const { value: text, unit: shown } = quantity(value, unit, precision, like);
  if (like !== undefined && value === 0 && shown !== '%') return '0';
  return shown === '' ? text : shown === '%' || /^[kMGTPEmµnp]$/.test(shown) ? text + shown : `${text}\u202f${shown}`;
}
