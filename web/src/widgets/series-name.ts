import type { SeriesIdentity } from '../connection/messages.ts';

interface Parts {
  readonly path: readonly string[];
  /** What follows the name: the aggregation, such as `:rate:5s`. */
  readonly suffix: string;
}

function partsOf(name: string): Parts {
  const colon = name.indexOf(':');
  return { path: (colon < 0 ? name : name.slice(0, colon)).split('.'), suffix: colon < 0 ? '' : name.slice(colon) };
}

/** How many of the first parts (or the last, when reversed) all paths share; each keeps one of its own. */
function shared(paths: readonly (readonly string[])[]): number {
  const shortest = Math.min(...paths.map((path) => path.length)) - 1;
  let count = 0;
  while (count < shortest && paths.every((path) => path[count] === paths[0][count])) count++;
  return count;
}

/** The names without what all of them have in common: `system.cpu.user` and `system.cpu.system` become `user` and `system`. */
function shortNames(names: readonly string[]): string[] {
  const all = names.map(partsOf);
  // The last part alone may be as bare as `count`.
  if (new Set(names).size === 1) return all.map(({ path }) => words(path.slice(path.length > 2 ? -2 : -1)));
  const oneSuffix = all.every(({ suffix }) => suffix === all[0].suffix);
  const begin = shared(all.map(({ path }) => path));
  const tails = all.map(({ path }) => path.slice(begin));
  const end = shared(tails.map((tail) => [...tail].reverse()));
  return tails.map((tail, i) => words(tail.slice(0, tail.length - end)) + (oneSuffix ? '' : all[i].suffix));
}

function words(path: readonly string[]): string {
  return path.join(' ').replaceAll('_', ' ');
}

/** A bare number says nothing without its label's name: `core 0`, `status code 404`. Quantiles are called as people call them: `p99`. */
function labelText(key: string, value: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (key === 'quantile') return `p${Number((Number(value) * 100).toPrecision(12))}`;
  return `${words([key.slice(key.lastIndexOf('.') + 1)])} ${value}`;
}

/** Name and labels in full, as a selector is written. */
export function fullName({ name, labels = {} }: SeriesIdentity): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

/** A template with the labels of a series put in: `{{host}}` is the value of `host`, nothing where there is none, `{{__name__}}` the name. */
function fromTemplate(template: string, { name, labels = {} }: SeriesIdentity): string {
  return template.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, label: string) => (label === '__name__' ? name : (labels[label] ?? ''))).trim();
}

/** What tells series apart in a legend: what a template says, the named label, else the labels that differ, and of the names what they do not share. */
export function seriesNames(all: readonly SeriesIdentity[], legendLabel?: string, template?: string): string[] {
  if (all.length === 0) return [];
  const names = shortNames(all.map(({ name }) => name));
  const oneName = all.every(({ name }) => name === all[0].name);
  const keys = new Set(all.flatMap(({ labels }) => Object.keys(labels ?? {})));
  const differing = [...keys].filter((key) => all.some(({ labels }) => labels?.[key] !== all[0].labels?.[key]));
  const made = all.map((one, i) => {
    const { labels = {} } = one;
    const written = template && fromTemplate(template, one);
    if (written) return written;
    const chosen = legendLabel && labels[legendLabel] !== undefined ? [legendLabel] : differing;
    const telling = chosen.filter((key) => labels[key] !== undefined).map((key) => labelText(key, labels[key]));
    if (telling.length === 0) return names[i];
    return oneName ? telling.join(' · ') : `${telling.join(' · ')} ${names[i]}`;
  });
  return made.map((name, i) => (made.indexOf(name) === made.lastIndexOf(name) ? name : fullName(all[i])));
}
