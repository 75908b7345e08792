import type { ColumnRing } from '../store/column-ring.ts';
import type { PixelMap } from './pixels.ts';

/** Fewer distances than this tell no rhythm. */
const distancesMin = 6;
/** A gap is this many times the usual distance, the median, and so many times what nine of ten distances stay below. */
const timesMedian = 8;
const timesNinth = 4;
const leastPixels = 8;
const distanceMax = 1024;
const counts = new Uint32Array(distanceMax + 1);

/**
 * How many columns two points may lie apart and still be joined by a line. Points that come at random are joined across every distance that
 * chance explains; where a stream stopped there is a gap. Infinity where too few points tell.
 */
export function breakAfter(ring: ColumnRing, map: Pick<PixelMap, 'from' | 'to' | 'pitch' | 'ratio'>): number {
  const first = Math.max(map.from, ring.oldest);
  const end = Math.min(map.to, ring.newest);
  if (!(first <= end)) return Infinity;
  counts.fill(0);
  const { number } = ring;
  let place = ring.start(first);
  let last = -Infinity;
  let distances = 0;
  for (let column = first; column <= end; column++, place++) {
    if (number[place] !== column) continue;
    if (last !== -Infinity) {
      counts[Math.min(distanceMax, column - last)]++;
      distances++;
    }
    last = column;
  }
  if (distances < distancesMin) return Infinity;
  const wanted = Math.max(timesMedian * quantile(0.5, distances), timesNinth * quantile(0.9, distances), (leastPixels * map.ratio) / map.pitch);
  // In steps: a picture is painted anew whenever this changes.
  return Math.ceil(2 ** (Math.ceil(2 * Math.log2(wanted)) / 2));
}

function quantile(share: number, distances: number): number {
  let seen = 0;
  for (let distance = 0; distance <= distanceMax; distance++) {
    seen += counts[distance];
    if (seen >= share * distances) return distance;
  }
  return distanceMax;
}
