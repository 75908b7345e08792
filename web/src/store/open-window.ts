const growing = /:(?:rate|sum|count|delta|distinct):([\d.a-zµ]+)(?:\/([\d.a-zµ]+))?$/;
const unitMs: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Points of a window need this long to arrive after it has ended. */
const arrivalMs = 300;

function durationMs(text: string): number {
  let total = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h|d)/g)) total += Number(number) * unitMs[unit];
  return total;
}

const slides = new Map<string, number>();

/** By how much the windows of a series follow each other, ms; 0 for a series whose value does not grow while its window fills. */
function slideOf(name: string): number {
  let slide = slides.get(name);
  if (slide === undefined) {
    const found = growing.exec(name);
    slide = found ? durationMs(found[2] ?? found[1]) : 0;
    if (slides.size > 4096) slides.clear();
    slides.set(name, slide);
  }
  return slide;
}

/** When the window of a series that is still being filled begins, Unix ms; Infinity where there is none: its value so far is not that of a full one. */
export function openWindowFrom(name: string, now: number): number {
  const slide = slideOf(name);
  return slide > 0 ? Math.floor((now - arrivalMs) / slide) * slide : Infinity;
}
