import { format as d3Format } from 'd3-format';

/** A number as text, and what the format itself puts behind it. */
export interface Formatted {
  readonly value: string;
  readonly unit: string;
}

export type NumberFormat = (value: number) => Formatted;

/** Longer texts become exponential: a card cannot hold them and nobody can read them. */
const longest = 32;
const standard = /^([CDEFGNPRXB])(\d{0,2})$/i;
const d3Shape = /^(?:.?[<>=^])?[+\-( ]?[$#]?0?\d*,?(?:\.\d+)?~?([bcdefgnoprsxX%]?)$/;
/** Digits of a .NET standard format that names none. */
const defaultDigits: Record<string, number> = { C: 2, E: 6, F: 2, N: 2, P: 2 };

export function exponential(value: number, digits = 2): string {
  return value.toExponential(digits).replace('e+', 'e').replace(/^-/, '\u2212');
}

/** Decimals fixed, thousands grouped when asked, a true minus sign, and no minus before zero. */
export function fixed(value: number, digits: number, grouped = true): string {
  if (Math.abs(value) >= 1e21) return exponential(value);
  const [whole, decimals] = Math.abs(value).toFixed(digits).split('.');
  const text = (grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole) + (decimals === undefined ? '' : `.${decimals}`);
  return value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text;
}

function standardFormat(type: string, digits: number | undefined, value: number): Formatted {
  const places = digits ?? defaultDigits[type.toUpperCase()] ?? 0;
  const negative = value < 0 ? '\u2212' : '';
  switch (type.toUpperCase()) {
    case 'C': return { value: `${negative}¤${fixed(Math.abs(value), places)}`, unit: '' };
    case 'E': {
      const [mantissa, power] = value.toExponential(places).split('e');
      const sign = power.startsWith('-') ? '-' : '+';
      return { value: `${mantissa}${type}${sign}${power.replace(/^[+-]/, '').padStart(3, '0')}`.replace(/^-/, '\u2212'), unit: '' };
    }
    case 'F': return { value: fixed(value, places, false), unit: '' };
    case 'N': return { value: fixed(value, places), unit: '' };
    case 'P': return { value: fixed(value * 100, places), unit: '%' };
    case 'D': return { value: negative + fixed(Math.abs(value), 0, false).padStart(digits ?? 1, '0'), unit: '' };
    case 'X': return { value: negative + hexadecimal(value, type === 'X').padStart(digits ?? 1, '0'), unit: '' };
    case 'B': return { value: negative + Math.round(Math.abs(value)).toString(2).padStart(digits ?? 1, '0'), unit: '' };
    default: {
      const text = digits ? String(Number(value.toPrecision(digits))) : String(value);
      return { value: text.replace('e+', 'e').replace(/^-/, '\u2212'), unit: '' };
    }
  }
}

function hexadecimal(value: number, upper: boolean): string {
  const text = Math.round(Math.abs(value)).toString(16);
  return upper ? text.toUpperCase() : text;
}

/** A .NET custom format: `0.00`, `#,##0.0`, `0.0%`, `0.00E+0`, with text around it in quotes or not, and sections for negative and zero. */
function customFormat(pattern: string, value: number): Formatted {
  const sections = splitSections(pattern);
  const section = value < 0 && sections[1] ? sections[1] : value === 0 && sections[2] ? sections[2] : sections[0];
  const signed = value < 0 && section === sections[0];
  const found = /^((?:'[^']*'|"[^"]*"|\\.|[^0#.])*)([0#][0#,]*)?(?:\.([0#]*))?(,*)(?:([eE])([+-]?)(0+))?(.*)$/s.exec(section)!;
  const [, before, whole = '', decimals = '', scale, e, sign, power, after] = found;
  const percent = /%/.test(unquoted(before + after));
  const trailing = /,*$/.exec(whole)![0].length + scale.length;
  let size = Math.abs(value) * (percent ? 100 : 1) / 1000 ** trailing;
  let exponent = '';
  if (e) {
    const [mantissa, ten] = size.toExponential(decimals.length).split('e');
    size = Number(mantissa);
    exponent = e + (ten.startsWith('-') ? '-' : sign === '+' ? '+' : '') + ten.replace(/^[+-]/, '').padStart(power.length, '0');
  }
  const least = decimals.lastIndexOf('0') + 1;
  let [integral, rest = ''] = fixed(size, decimals.length, false).split('.');
  while (rest.length > least && rest.endsWith('0')) rest = rest.slice(0, -1);
  const places = whole.replace(/,/g, '');
  const leastWhole = places.includes('0') ? places.length - places.indexOf('0') : 0;
  integral = integral.replace(/^0+/, '').padStart(leastWhole, '0');
  if (/[0#],+[0#]/.test(whole)) integral = integral.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = unescape(before) + integral + (rest ? `.${rest}` : '') + exponent;
  const tail = unescape(after);
  return { value: (signed && /[1-9]/.test(text) ? '\u2212' : '') + text + (tail.endsWith('%') ? tail.slice(0, -1).trimEnd() : tail), unit: tail.endsWith('%') ? '%' : '' };
}

function splitSections(pattern: string): string[] {
  return pattern.match(/(?:'[^']*'|"[^"]*"|\\.|[^;])+/g) ?? [pattern];
}

function unquoted(text: string): string {
  return text.replace(/'[^']*'|"[^"]*"|\\./g, '');
}

function unescape(text: string): string {
  return text.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, (_, single, double, escaped) => single ?? double ?? escaped);
}

const parsed = new Map<string, NumberFormat | null>();

/** What a .NET format (`N2`, `P1`, `#,##0.0`) or a d3 format (`.1f`, `,.0f`, `.2s`) makes of a number; null when it is neither. */
export function numberFormat(text: string): NumberFormat | null {
  let found = parsed.get(text);
  if (found === undefined) {
    found = make(text);
    if (parsed.size > 1000) parsed.clear();
    parsed.set(text, found);
  }
  return found;
}

function make(text: string): NumberFormat | null {
  const net = standard.exec(text);
  if (net) return bounded((value) => standardFormat(net[1], net[2] === '' ? undefined : Number(net[2]), value));
  const d3 = d3Shape.exec(text);
  // "0.00" and "0.0%" are .NET's: d3's flag 0 says nothing without a width.
  const custom = /^[0#]/.test(text) && (d3?.[1] === '' || text.endsWith('%'));
  if (d3 && text !== '' && !custom) {
    try {
      const format = d3Format(text);
      return bounded((value) => {
        const made = format(value);
        return made.endsWith('%') ? { value: made.slice(0, -1), unit: '%' } : { value: made, unit: '' };
      });
    } catch {
      return null;
    }
  }
  return /[0#]/.test(unquoted(text)) && !/[a-df-z]/i.test(unquoted(text)) ? bounded((value) => customFormat(text, value)) : null;
}

function bounded(format: NumberFormat): NumberFormat {
  return (value) => {
    const made = format(value);
    return made.value.length > longest ? { value: exponential(made.unit === '%' ? value * 100 : value), unit: made.unit } : made;
  };
}
