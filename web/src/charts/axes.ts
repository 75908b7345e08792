import uPlot from 'uplot';
import { logTicks, niceStep, ticks } from '../scales/ticks.ts';
import { tickLabel, timeStep, timeTicks } from '../scales/time-ticks.ts';
import { quantityText } from '../scales/units.ts';
import { palette } from '../theme/theme.ts';

const leastValueAxis = 52;
const valueGap = 8;
/** An axis grows in steps of this, so that a longer label does not shift the chart by a pixel. */
const valueAxisStep = 6;
const labelHeight = 18;
export const timeAxisHeight = 26;

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
  const instants = remembered((first, last, step) => timeTicks(first, last, step));
  let labelsOf: number[] | null = null;
  let labels: string[] = [];
  return {
    font: font() as string,
    stroke: () => palette.peek().muted,
    grid,
    ticks: { show: false },
    size: timeAxisHeight,
    gap: 6,
    space: 68,
    incrs: (_u, _axis, min, max, size, space) => [timeStep(((max - min) * space) / size)],
    splits: (u, _axis, min, max, step) => {
      // Before its first draw a chart has no stretch of time yet.
      if (max <= 1) return [];
      const last = max - ((max - min) * labelHalf * uPlot.pxRatio) / u.bbox.width;
      return instants(Math.ceil(min / step) * step, last - (last % step), step);
    },
    values: (_u, splits, _axis, _space, step) => {
      if (splits !== labelsOf) {
        labelsOf = splits;
        labels = splits.map((tick) => tickLabel(tick, step));
      }
      return labels;
    },
  };
}

export function valueAxis(unit: string | undefined, log: boolean, label?: string): uPlot.Axis {
  // It only grows: a chart that follows its data to and fro would be worse than a bit of room.
  let width = leastValueAxis;
  const values = remembered((min, max, step) => (log ? logTicks(min, max, 5) : ticks(min, max, step)));
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
        if (wanted > width) width = wanted;
      }
      return width;
    },
    gap: valueGap,
    ...(label && { label, labelSize: labelHeight, labelFont: font(), labelGap: 0 }),
    space: 38,
    incrs: (_u, _axis, min, max, size, space) => [niceStep(((max - min) * space) / size, unit)],
    splits: (_u, _axis, min, max, step) => values(min, max, step),
    values: (_u, splits, _axis, _space, step) => {
      if (splits !== labelsOf) {
        labelsOf = splits;
        const largest = Math.max(...splits.map(Math.abs));
        labels = splits.map((tick) => (log ? quantityText(tick, unit) : quantityText(tick, unit, step, largest)));
      }
      return labels;
    },
  };
}
