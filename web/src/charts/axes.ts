import uPlot from 'uplot';
import { logTicks, niceStep, ticks } from '../scales/ticks.ts';
import { tickLabels, timeStep, timeTicks } from '../scales/time-ticks.ts';
import { quantityText } from '../scales/units.ts';
import { palette } from '../theme/theme.ts';

const leastValueAxis = 52;
const valueGap = 8;
/** An axis grows in steps of this, so that a longer label does not shift the chart by a pixel. */
const valueAxisStep = 6;
const labelHeight = 18;
export const timeAxisHeight = 26;

const spaceOfTimes = 72;
/** The first label of another year carries it. */
const spaceOfDatedTimes = 112;

/** A label this near to the right edge would be cut, in CSS pixels. */
const labelHalf = 28;

const grid = { stroke: () => palette.peek().grid, width: 1 };
const font = () => `11px ${palette.peek().font}`;
let ruler: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/** Width of a label in CSS pixels; every text is measured once. */
function labelWidth(text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    ruler ??= document.createElement('canvas').getContext('2d')!;
    ruler.font = font();
    if (widths.size > 2000) widths.clear();
    widths.set(text, (width = ruler.measureText(text).width));
  }
  return width;
}

/** Remembers what it made of the last arguments: between two ticks passing, an axis asks the same again and again. */
function remembered<T>(make: (...key: number[]) => T): (...key: number[]) => T {
  let lastKey: number[] = [];
  let last: T;
  return (...key) => {
    if (key.length !== lastKey.length || key.some((part, i) => part !== lastKey[i])) {
      last = make(...key);
      lastKey = key;
    }
    return last;
  };
}

export function timeAxis(): uPlot.Axis {
  // A step more on both sides: the same list serves while the picture slides by less than a step.
  const instants = remembered((first, last, step) => timeTicks(first * step, last * step, step));
  let shown: number[] = [];
  let space = spaceOfTimes;
  let labelsOf: number[] | null = null;
  let labels: string[] = [];
  return {
    font: font() as string,
    stroke: () => palette.peek().muted,
    grid,
    ticks: { show: false },
    size: timeAxisHeight,
    gap: 6,
    space: (_u, _axis, min) => (space = new Date(min).getFullYear() === new Date().getFullYear() ? spaceOfTimes : spaceOfDatedTimes),
    incrs: (_u, _axis, min, max, size) => [timeStep(((max - min) * space) / size)],
    splits: (u, _axis, min, max, step) => {
      // Before its first draw a chart has no stretch of time yet.
      if (max <= 1) return [];
      const last = max - ((max - min) * labelHalf * uPlot.pxRatio) / u.bbox.width;
      const all = instants(Math.floor(min / step) - 1, Math.ceil(max / step) + 1, step);
      const inside = all.filter((tick) => tick >= min && tick <= last);
      if (inside.length !== shown.length || inside[0] !== shown[0]) shown = inside;
      return shown;
    },
    values: (_u, splits, _axis, _space, step) => {
      if (splits !== labelsOf) {
        labelsOf = splits;
        labels = tickLabels(splits, step, Date.now());
      }
      return labels;
    },
  };
}

/** One width for all value axes of the page, so that plots below each other align. It only grows: a chart that follows its data to and fro would be worse than a bit of room. */
let width = leastValueAxis;
const widestShared = 96;

export function valueAxis(unit: string | undefined, log: boolean, label: string | undefined, hasValues: () => boolean): uPlot.Axis {
  let own = leastValueAxis;
  const values = remembered((min, max, step) => (log ? logTicks(min, max, 5, unit) : ticks(min, max, step)));
  let labelsOf: number[] | null = null;
  let labels: string[] = [];
  return {
    font: font() as string,
    stroke: () => palette.peek().muted,
    grid,
    ticks: { show: false },
    size: (_u, labels) => {
      for (const text of labels ?? []) {
        const wanted = Math.ceil((labelWidth(text) + valueGap + 6) / valueAxisStep) * valueAxisStep;
        if (wanted > own) own = wanted;
        if (wanted > width && wanted <= widestShared) width = wanted;
      }
      return Math.max(own, width);
    },
    gap: valueGap,
    ...(label && { label, labelSize: labelHeight, labelFont: font(), labelGap: 0 }),
    space: 38,
    incrs: (_u, _axis, min, max, size, space) => [niceStep(((max - min) * space) / size, unit, Math.max(Math.abs(min), Math.abs(max)))],
    splits: (_u, _axis, min, max, step) => values(min, max, step),
    values: (_u, splits, _axis, _space, step) => {
      // Ends that no value has set yet would be an invention.
      if (!hasValues()) return [];
      if (splits !== labelsOf) {
        labelsOf = splits;
        const largest = Math.max(...splits.map(Math.abs));
        labels = splits.map((tick) => (log ? quantityText(tick, unit, tick) : quantityText(tick, unit, step, largest)));
      }
      return labels;
    },
  };
}
